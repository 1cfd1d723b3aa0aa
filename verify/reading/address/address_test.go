package address

import (
	"cmp"
	"image"
	"strings"
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
		"http://xn--mnchen-3ya.de/":               "xn--mnchen-3ya.de",
		"MÜNCHEN.de":                              "xn--mnchen-3ya.de",
		"www.münchen.de":                          "xn--mnchen-3ya.de",
		"https://xn—-mnchen-3ya.de/":              "xn--mnchen-3ya.de",
		"xn——mnchen—3ya.de":                       "xn--mnchen-3ya.de",
		"shop.xn—mnchen-3ya.de/x":                 "shop.xn--mnchen-3ya.de",
		"xn-—-pypal-4ve.com":                      "xn--pypal-4ve.com",
		"xn--fsqu00a.xn--4rr70v":                  "",
		"ofﬁce.com":                               "office.com",
		"a@b.example":                             "",
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
		"the claimed host is a piece":      {"winterhafen-online.de", "winterhafen-online.de", 92, "winterhafen.de", Alike},
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

func TestANameInOtherLettersIsTheClaimedOneOnlyWhereTheReadingLostItsAccents(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		read, again string // "" again is the same
		sure        float64
		claimed     string
		want        Outcome
		how         Likeness
	}{
		// The claim's own name, in all its spellings.
		{"münchen.de", "", 90, "münchen.de", Claimed, Either},
		{"xn--mnchen-3ya.de", "", 40, "münchen.de", Claimed, Either},
		{"münchen.de", "", 90, "xn--mnchen-3ya.de", Claimed, Either},
		{"munchen.de", "", 90, "münchen.de", Claimed, Either},
		{"creme-brulée.fr", "", 90, "crème-brûlée.fr", Claimed, Either},
		{"smørrebrød.dk", "", 90, "smørrebrød.dk", Claimed, Either},
		// One that the reading gave accents, or others, or that is another.
		{"münchen.de", "", 90, "munchen.de", Alike, Either},
		{"mùnchen.de", "", 90, "münchen.de", Alike, Either},
		{"miinchen.de", "", 90, "münchen.de", Alike, Either},
		{"smorrebrod.dk", "", 90, "smørrebrød.dk", Alike, Either},
		// Punycode is another name, whatever it looks like.
		{"xn--mnchen-3ya.de", "", 50, "munchen.de", Alike, Letters},
		{"xn--bcher-kva.de", "", 50, "bucher.de", Alike, Letters},
		{"xn--pypal-4ve.com", "", 50, "paypal.com", Alike, Letters},
		{"xn--80ak6aa92e.com", "", 50, "apple.com", Alike, Letters},
		{"xn--ggle-0nda.com", "", 50, "google.com", Alike, Letters},
		{"login.xn--pypal-4ve.com", "", 90, "login.paypal.com", Alike, Letters},
		{"xn--mnchen-3ya.de", "", 50, "mùnchen.de", Alike, Either},
		{"xn--bcher-kva.de", "", 90, "kutwa.go.th", Other, Either},
		{"xn--e1afmkfd.xn--p1ai", "", 90, "kutwa.go.th", Other, Either},
		{"xn--bcher-kva.de", "", 60, "kutwa.go.th", Unsure, Either},
		// One letter misread.
		{"xn--pypal-4vc.com", "", 90, "paypal.com", Unsure, Either},
		{"xn--pypal-4v.com", "", 90, "paypal.com", Unsure, Either},
		{"xn--pypa1-4ve.com", "xn--pypal-4ve.com", 90, "paypal.com", Unsure, Either},
		{"xn--pypal-4ve.com", "xn-pypal-4ve.com", 90, "paypal.com", Unsure, Either},
		{"xn-pypal-4ve.com", "", 90, "kutwa.go.th", Unsure, Either},
		{"xn--mnchen-3ye.de", "", 90, "kutwa.go.th", Unsure, Either}, // a theta among Latin letters
		{"xn--mnchen-3ga.de", "", 90, "kutwa.go.th", Unsure, Either}, // a cent sign
		{"xn--pypal-4vk.com", "", 90, "pypal.com", Unsure, Either},   // an Arabic mark on a p
		{"xx--mnchen-3ya.de", "", 90, "kutwa.go.th", Unsure, Either},
		{"xn--mnchen-3ya.de", "xn--mnchen-3va.de", 90, "kutwa.go.th", Unsure, Either},
		{"r3---sn.kutwa.go.th", "", 90, "r3---sn.kutwa.go.th", Claimed, Either},
		{"r3---sn.kutwa.go.th", "", 90, "winterhafen.de", Unsure, Either},
		{"winterhafen.de", "", 90, "r3---sn.kutwa.go.th", Other, Either},
		// Names that cannot be compared.
		{"winterhafen.de", "", 90, "例子.com", Unsure, Either},
		{"xn--fsqu00a.com", "", 90, "例子.com", Unsure, Either},
		{"xn--a.com", "", 90, "xn--a.com", Unsure, Either},
		{"straße.de", "", 90, "straße.de", Unsure, Either},
	} {
		again := cmp.Or(c.again, c.read)
		v := Judge(hostsIn(readingtest.Words(c.sure, c.read)), hostsIn(readingtest.Words(c.sure, again)), c.claimed)
		if v.Outcome != c.want || v.Likeness != c.how {
			t.Errorf("%s, %s at %v against %s: %+v, want %s %s", c.read, again, c.sure, c.claimed, v, c.want, c.how)
		}
	}
}

func TestOneWrongLetterInPunycodeAccusesNobody(t *testing.T) {
	t.Parallel()
	letters := "abcdefghijklmnopqrstuvwxyz0123456789-"
	for _, claimed := range []string{"münchen.de", "café.example", "crème-brûlée.fr", "smørrebrød.dk", "łódź.pl", "łód.pl", "é.fr"} {
		shown, ok := asciiOf(claimed)
		if !ok {
			t.Fatalf("%s is no name", claimed)
		}
		for i := range len(shown) - 3 {
			for _, wrong := range letters {
				misread := shown[:i] + string(wrong) + shown[i+1:]
				h := hostsIn(readingtest.Words(90, misread))
				v := Judge(h, h, claimed)
				if v.Outcome == Other || v.Likeness != Either {
					t.Errorf("%s read as %s: %+v", claimed, misread, v)
				}
			}
		}
	}
}

func TestAHostThatHasTheClaimedNameWholeIsToldAsAnotherDomain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		read    string
		sure    float64
		claimed string
		held    string // "" is Unsure
	}{
		{"paypal.com.evil.ru", 90, "paypal.com", "paypal.com"},
		{"paypal.com-secure.ru", 90, "www.paypal.com", "paypal.com"},
		{"paypal-secure.com", 90, "paypal.com", "paypal"},
		{"secure-paypal.com", 90, "paypal.com", "paypal.com"},
		{"login.paypal.secure-site.net", 90, "paypal.com", "paypal"},
		{"paypal.de", 90, "paypal.com", "paypal"},
		{"kutwa.go.th.evil.com", 90, "kutwa.go.th", "kutwa.go.th"},
		{"kutwa-go-th.translate.goog", 90, "kutwa.go.th", "kutwa.go.th"},
		{"ab.de.winter.com", 90, "ab.de", "ab.de"},
		{"münchen-info.de", 90, "münchen.de", "münchen"},
		// Not read surely, once only, or cut.
		{"paypal.com.evil.ru", 60, "paypal.com", ""},
		{"…paypal.com.evil.ru", 90, "paypal.com", ""},
		// No whole part, or a short word.
		{"mypaypal.com", 90, "paypal.com", ""},
		{"bank-secure.com", 90, "bank.com", ""},
		{"town-hall.winter.com", 90, "town.com", ""},
		{"munchen-info.de", 90, "münchen.de", ""},
		// The same domain, or a piece of the claimed host.
		{"mail.paypal.com", 90, "www1.paypal.com", ""},
		{"paypal.com", 90, "login.paypal.com.br", ""},
		{"paypal.com", 90, "secure-paypal.com.br", ""},
		// What stands beside a host, read into it.
		{"https-paypal.com", 90, "paypal.com", ""},
		{"www-paypal.net", 90, "paypal.com", ""},
		{"ae-winterhafen.net", 90, "winterhafen.de", ""},
		{"winterhafen.delcontact.pl", 90, "winterhafen.de", ""},
		{"winterhafen.de.index.pl", 90, "winterhafen.de", ""},
	} {
		h := hostsIn(readingtest.Words(c.sure, c.read))
		v, want := Judge(h, h, c.claimed), Verdict{Outcome: Unsure}
		if c.held != "" {
			want = Verdict{Outcome: Alike, Likeness: Contains, Held: c.held}
		}
		if v.Outcome != want.Outcome || v.Likeness != want.Likeness || v.Held != want.Held {
			t.Errorf("%s at %v against %s: %+v, want %+v", c.read, c.sure, c.claimed, v, want)
		}
	}
	two := hostsIn(readingtest.Words(90, "paypal.com.evi1.ru"))
	if v := Judge(hostsIn(readingtest.Words(90, "paypal.com.evil.ru")), two, "paypal.com"); v.Outcome != Unsure {
		t.Errorf("read in two ways: %+v", v)
	}
	led := hostsIn(readingtest.Words(90, "town.winterhafen.de"))
	if v := Judge(led, led, "town-winter.example.org", "winterhafen.de"); v.Outcome != Unsure {
		t.Errorf("a host of a domain that the page leads to: %+v", v)
	}
}

func TestWhatIsSurelyAnotherNameStaysSoWhereTheStrongPartReadsTheClaimedOne(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"paypal.com.evil.ru", "xn--pypal-4ve.com"} {
		h := hostsIn(readingtest.Words(90, name))
		r := Reading{One: h, Two: h, Strong: hostsIn(readingtest.Words(90, "paypal.com")), Bare: []string{"paypalcom"}}
		if v := r.Judge("paypal.com"); v.Outcome != Alike {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

func TestScriptsThatAreWrittenTogetherCountAsOne(t *testing.T) {
	t.Parallel()
	for letters, want := range map[string]bool{
		"winterhafen-24.de": true, "bücher.de": true, "президент.рф": true, "president.рф": true, "東京タワーまで.jp": true,
		"pаypal.com": false, "mθnchen.de": false, "b炎cher.de": false, "m¢nchen.de": false, "كتاب۲.com": true,
	} {
		if got := oneScript(letters); got != want {
			t.Errorf("%s: %v", letters, got)
		}
	}
}

func FuzzHosts(f *testing.F) {
	for _, s := range [][2]string{
		{"https://www.kutwa.go.th/a?b", "kutwa.go.th"}, {"xn--\xff.com ... .. . https://", "münchen.de"},
		{"xn--mnchen-3ya.de", "munchen.de"}, {"munchen.de", "münchen.de"}, {"münchen.de", "munchen.de"},
		{"xn--bcher-kva.de", "bucher.de"}, {"xn--pypal-4ve.com", "paypal.com"}, {"xn——pypal—4ve.com/a", "paypal.com"},
		{"paypal.com.evil.ru/x", "paypal.com"}, {"paypal-secure.com", "paypal.com"}, {"kutwa.go.th.evil.com", "kutwa.go.th"},
		{"xn--fsqu00a.com", "例子.com"}, {"ệ.ß.æ.com", "xn--a.com"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, text, claimed string) {
		if len(text) > 400 || len(claimed) > maxName {
			return // more than a bar and a name can hold, and slow
		}
		all := hostsIn(readingtest.Words(90, text))
		for _, h := range all {
			if d, ok := registrable(h.Name); !ok || d != h.Domain {
				t.Fatalf("host %+v", h)
			}
			if s := spell(h.Name); !s.doubt {
				if again, ok := asciiOf(s.letters); !ok || again != strings.TrimPrefix(h.Name, "www.") {
					t.Fatalf("host %+v: %q encodes to %q", h, s.letters, again)
				}
			}
		}
		v := Judge(all, all, claimed)
		n, ok := claimedName(claimed)
		if !ok {
			if len(all) > 0 && v.Outcome != Unsure {
				t.Fatalf("%+v against what cannot be compared", v)
			}
			return
		}
		switch own := v.Host.Name == n.ascii; {
		case v.Outcome == Claimed && !own && (n.plain() || v.Host.coded || look(v.Host.Letters) != n.look):
			t.Fatalf("%+v is not %s", v, claimed)
		case v.Outcome != Claimed && own, v.Likeness == Contains && v.Host.Domain == n.own().ascii:
			t.Fatalf("%+v is of %s", v, claimed)
		}
	})
}
