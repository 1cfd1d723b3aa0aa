package address

import (
	"image"
	"testing"

	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

func TestMistakenLettersAreNearAndOthersFar(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b     string
		from, to float64
	}{
		{"example.com", "example.com", 0, 0},
		{"paypal.com", "paypa1.com", 0.05, 0.2},
		{"rnobile.de", "mobile.de", 0.05, 0.2},
		{"vvinter.de", "winter.de", 0.05, 0.2},
		{"cornerorg.tw", "corner.org.tw", 0.3, 0.5},
		{"l1lll.com", "iiili.com", 0.2, 0.6},
		{"example.com", "sample.com", 1, 2},
		{"winterhafen.example.com", "winterhafen.org", 3, 12},
		{"", "abc", 3, 3},
	} {
		d, back := Distance(c.a, c.b), Distance(c.b, c.a)
		if d < c.from || d > c.to || d != back {
			t.Errorf("%s and %s: %v, %v the other way, want %v to %v", c.a, c.b, d, back, c.from, c.to)
		}
	}
}

func TestAHostIsFoundAmongWhatElseABarHolds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"& Not secure | kutwa.go.th/news/2025 a":  "kutwa.go.th",
		"@ https://www.winterhafen.example.com/x": "winterhafen.example.com",
		"https:/bank.de/":                         "bank.de",
		"https//bank.de/":                         "bank.de",
		"https.'college-center.com/wp/":           "college-center.com",
		"& hitps.!'college-center.com/wp/":        "college-center.com",
		"|.tourism.ru/images":                     "l.tourism.ru",
		"Not secure | tourism.ru":                 "tourism.ru",
		"https.com/x":                             "https.com",
		"typster.com":                             "typster.com",
		"mos. gov.ly/wp":                          "mos.gov.ly",
		"mos .gov.ly/wp":                          "mos.gov.ly",
		"Search Google or type a URL":             "",
		"“’shop.portal—one.co.id":                 "shop.portal-one.co.id",
		"index.php":                               "",
		"192.168.1.1/admin":                       "",
		"http://xn--mnchen-3ya.de/":               "munchen.de",
		"MÜNCHEN.de":                              "munchen.de",
		"-bad-.com":                               "",
		"com.tw":                                  "",
	} {
		got := ""
		if h := hostsIn(readingtest.Words(90, text)); len(h) > 0 {
			got = h[0].Name
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAHostReadInTwoPiecesIsPutTogetherWithoutConfidence(t *testing.T) {
	t.Parallel()
	pieces := func(gap int) []Host {
		return hostsIn([]reading.Word{
			{Text: "per", Confidence: 92, Box: image.Rect(27, 12, 43, 24)},
			{Text: "fectplus.co.il/x", Confidence: 90, Box: image.Rect(43+gap, 12, 162, 24)},
		})
	}
	if all := pieces(2); len(all) != 3 || all[1].Name != "perfectplus.co.il" || all[1].Confidence != 0 || all[2].Name != "per.fectplus.co.il" {
		t.Errorf("close together: %+v", all)
	}
	if all := pieces(9); len(all) != 1 || all[0].Name != "fectplus.co.il" {
		t.Errorf("apart: %+v", all)
	}
	if v := Judge(pieces(2), pieces(2), "perfectplus.co.il"); v.Outcome != Claimed {
		t.Errorf("%+v", v)
	}
}

func TestAHostBeforeACloseWordMayHaveLostItsEnd(t *testing.T) {
	t.Parallel()
	pieces := func(gap int) []Host {
		return hostsIn([]reading.Word{
			{Text: "museum.com", Confidence: 87, Box: image.Rect(35, 11, 92, 20)},
			{Text: "br/", Confidence: 88, Box: image.Rect(92+gap, 11, 102+gap, 20)},
		})
	}
	for gap, want := range map[int]Outcome{3: Unsure, 9: Other} {
		if v := Judge(pieces(gap), pieces(gap), "winterhafen.de"); v.Outcome != want {
			t.Errorf("%d pixels apart: %+v, want %s", gap, v, want)
		}
	}
	if v := Judge(pieces(3), pieces(3), "museum.com.br"); v.Outcome != Claimed {
		t.Errorf("%+v", v)
	}
}

func TestThePartOfABarWithTextEndsBeforeItsButtons(t *testing.T) {
	t.Parallel()
	bar := image.Rect(100, 40, 900, 70)
	text := []reading.Word{{Text: "kutwa.go.th/x", Box: image.Rect(130, 45, 260, 65)}, {Text: "w", Box: image.Rect(860, 45, 880, 65)}}
	if got := worded(text, bar); got != image.Rect(100, 40, 275, 70) {
		t.Errorf("text at %v", got)
	}
	for _, none := range [][]reading.Word{nil, text[1:], {{Text: "kutwa.go.th"}}} {
		if got := worded(none, bar); got != bar {
			t.Errorf("%v: text at %v", none, got)
		}
	}
}

func TestOnlyWhatIsSurelyAnotherHostIsCalledAnother(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		one, two string
		sure     float64
		claimed  string
		want     Outcome
	}{
		"the claimed host":                 {"kutwa.go.th", "kutwa.go.th", 90, "kutwa.go.th", Claimed},
		"with www":                         {"kutwa.go.th", "kutwa.go.th", 90, "www.kutwa.go.th", Claimed},
		"read right once":                  {"kutvva.go.th", "kutwa.go.th", 30, "kutwa.go.th", Claimed},
		"a look-alike":                     {"paypa1.com", "paypa1.com", 96, "paypal.com", Alike},
		"misread":                          {"kutwa.qo.th", "kutwa.90.th", 60, "kutwa.go.th", Alike},
		"another host":                     {"winterhafen.de", "winterhafen.de", 92, "kutwa.go.th", Other},
		"another host, once unsure":        {"winterhafen.de", "winterhafen.de", 60, "kutwa.go.th", Unsure},
		"another host, read in two ways":   {"winterhafen.de", "wintershaven.de", 92, "kutwa.go.th", Unsure},
		"another host, read once":          {"winterhafen.de", "", 92, "kutwa.go.th", Unsure},
		"a piece of the claimed host":      {"hafen.de", "hafen.de", 92, "winterhafen.de", Unsure},
		"the claimed host is a piece":      {"winterhafen-online.de", "winterhafen-online.de", 92, "winterhafen.de", Unsure},
		"cut by an ellipsis":               {"winter…hafen.de", "winter…hafen.de", 92, "kutwa.go.th", Nothing},
		"another host of the same domain":  {"mail.winterhafen.de", "mail.winterhafen.de", 92, "portal.winterhafen.de", Unsure},
		"two words of a search":            {"winter. world", "winter. world", 92, "kutwa.go.th", Unsure},
		"another host under a shared name": {"council.gov.tw", "council.gov.tw", 92, "hospital.gov.tw", Other},
		"another host, a point lost":       {"wwwwilliams.net", "wwwwilliams.net", 92, "kutwa.go.th", Unsure},
		"a claim about an address":         {"winterhafen.de", "winterhafen.de", 92, "192.0.2.1", Unsure},
		"a claim in another script":        {"winterhafen.de", "winterhafen.de", 92, "xn--fsqu00a.xn--4rr70v", Unsure},
		"nothing read":                     {"", "", 92, "kutwa.go.th", Nothing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := Judge(hostsIn(readingtest.Words(c.sure, c.one)), hostsIn(readingtest.Words(c.sure, c.two)), c.claimed)
			if v.Outcome != c.want {
				t.Errorf("got %+v, want %s", v, c.want)
			}
		})
	}
	a := hostsIn(readingtest.Words(92, "winterhafen.de"))
	if v := Judge(a, a, "kutwa.go.th", "winterhafen.de"); v.Outcome != Claimed {
		t.Errorf("where the page leads to: %+v", v)
	}
	if v := Judge(a, a); v.Outcome != Nothing {
		t.Errorf("without a claim: %+v", v)
	}
}

func FuzzHosts(f *testing.F) {
	f.Add("https://www.kutwa.go.th/a?b", "kutwa.go.th")
	f.Add("xn--\xff.com ... .. . https://", "münchen.de")
	f.Fuzz(func(t *testing.T, text, claimed string) {
		all := hostsIn(readingtest.Words(90, text))
		for _, h := range all {
			if d, ok := registrable(h.Name); !ok || d != h.Domain {
				t.Fatalf("host %+v", h)
			}
		}
		if v := Judge(all, all, claimed); v.Outcome == Other && canonical(claimed) == v.Host.Name {
			t.Fatalf("%+v", v)
		}
	})
}
