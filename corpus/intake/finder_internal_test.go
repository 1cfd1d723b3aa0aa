package intake

import (
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestAddressesAreFoundAsChannelsWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://victim.example.org/index.php":                "https://victim.example.org/index.php",
		"hxxp://victim.com":                                   "http://victim.com/",
		"hXXps://victim[.]com/x.html":                         "https://victim.com/x.html",
		"h**p://victim.com and h__ps://other.org":             "http://victim.com/ https://other.org/",
		"hxxps[:]//victim(.)com":                              "https://victim.com/",
		"http[://]victim{.}co{.}uk":                           "http://victim.co.uk/",
		"victim[dot]gov[dot]il/wp":                            "http://victim.gov.il/wp",
		"www.victim (dot) com":                                "http://www.victim.com/",
		"victim [.] com":                                      "http://victim.com/",
		"victim[.com and other.]org":                          "http://victim.com/ http://other.org/",
		`victim\.com`:                                         "http://victim.com/",
		"Target: victim.go.th.":                               "http://victim.go.th/",
		"(http://victim.com/a_(b))":                           "http://victim.com/a_(b)",
		"\"victim.com\", «http://other.org»!":                 "http://victim.com/ http://other.org/",
		"vic\u200btim.com \u202eother.org":                    "http://victim.com/ http://other.org/",
		"пример.рф/страница":                                  "http://xn--e1afmkfd.xn--p1ai/%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0",
		"1. a.com\n2. b.com\n3. A.com":                        "http://a.com/ http://b.com/",
		"victim.com:8080/x?y=1#z":                             "http://victim.com:8080/x?y=1",
		"http://192.0.2.7/x":                                  "http://192.0.2.7/x",
		"mail me@victim.com or contact.me@other.org":          "",
		"deface.py and readme.md, shell.sh":                   "",
		"shell.sh/x is an address":                            "http://shell.sh/x",
		"index.php was e.g. replaced... at 10.30":             "",
		"ftp://victim.com tg://resolve?domain=x":              "",
		"/var/www/victim.com/index.html":                      "",
		"no address. None at all.But still":                   "",
		"192.0.2.7 without a scheme":                          "",
		"http://":                                             "",
		"https://example.com/?u=http://other.com":             "https://example.com/?u=http://other.com",
		"**victim.com** _other.org_ `third.net`":              "http://victim.com/ http://other.org/ http://third.net/",
		"co.uk is a suffix and com is another":                "",
		"MIRROR:https://mirror.example.com/id/1|http://b.com": "https://mirror.example.com/id/1 http://b.com/",
	} {
		got := newFinder(nil, nil).in(text)
		if have := strings.Join(got.urls, " "); have != want {
			t.Errorf("%q: %q, not %q (bad %q, ignored %q)", text, have, want, got.bad, got.ignored)
		}
	}
}

func TestAddressesThatAreNotTheVictimsAreCountedAndNotTaken(t *testing.T) {
	t.Parallel()
	text := "http://victim.com mirror https://zone-h.org/mirror/id/1 and https://www.zone-h.org/2, t.me/channel, check-host.net/x, own.example.com/shop notzone-h.org"
	f := newFinder([]string{"example.com."}, nil)
	got := f.in(text)
	if want := []string{"http://victim.com/", "http://notzone-h.org/"}; !slices.Equal(got.urls, want) {
		t.Errorf("took %q", got.urls)
	}
	if want := []string{"zone-h.org", "www.zone-h.org", "t.me", "check-host.net", "own.example.com"}; !slices.Equal(got.ignored, want) {
		t.Errorf("ignored %q", got.ignored)
	}
	if got := newFinder(nil, []string{"zone-h.org"}).in("https://zone-h.org/x"); len(got.urls) != 1 {
		t.Errorf("a host that was kept is ignored: %+v", got)
	}
	// What has a field of its own was said to be the victim's.
	if got := f.given([]string{"https://zone-h.org/", "shop.example.com"}); len(got.urls) != 1 || len(got.ignored) != 1 {
		t.Errorf("of fields: %+v", got)
	}
}

func TestAnAddressThatHidesItsHostIsBad(t *testing.T) {
	t.Parallel()
	got := newFinder(nil, nil).in("http://victim.com@other.org/ http://0x7f.1/ https://fine.org")
	if len(got.bad) != 2 || len(got.urls) != 1 {
		t.Errorf("%+v", got)
	}
	if got := newFinder(nil, nil).given([]string{"ftp://victim.com", "a b", "victim[.]com"}); len(got.bad) != 2 || len(got.urls) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAHostOfOneLabelInATextIsABrokenAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{ // taken, bad
		"http://four teen.com":                        {"", "http://four teen.com"},
		"hxxp://four \t teen[.]com/x, then other.org": {"http://other.org/", "http://four \t teen.com/x"},
		"http://example .com":                         {"", "http://example"},
		"https://localhost/admin":                     {"", "https://localhost/admin"},
		"http://com./":                                {"", "http://com./"},
		"http://four, teen.com":                       {"http://teen.com/", "http://four"},
		"http://four\nteen.com":                       {"http://teen.com/", "http://four"},
		"http://four http://teen.com":                 {"http://teen.com/", "http://four"},
		"http://four readme.md":                       {"", "http://four"},
		"http://a b.com c.com":                        {"http://c.com/", "http://a b.com"},
		"http://[2001:db8::1]/ and http://192.0.2.7/": {"http://[2001:db8::1]/ http://192.0.2.7/", ""},
		"http://victim。com full-width dots are dots":  {"http://victim.com/", ""},
	} {
		got := newFinder(nil, nil).in(text)
		if have := [2]string{strings.Join(got.urls, " "), strings.Join(got.bad, "|")}; have != want {
			t.Errorf("%q: %q, not %q", text, have, want)
		}
	}
	if got := newFinder(nil, nil).given([]string{"http://intranet/"}); len(got.urls) != 1 {
		t.Errorf("an address that has a field of its own: %+v", got)
	}
}

// TestATextThatIsMadeToTakeLongDoesNot: trimming one address of a megabyte took minutes.
func TestATextThatIsMadeToTakeLongDoesNot(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"http://a.com/" + strings.Repeat(")", MaxEntry), strings.Repeat("a.", MaxEntry/2), strings.Repeat("[.]", MaxEntry/3),
		strings.Repeat("http://a.com/"+strings.Repeat("(", 2000)+strings.Repeat(")", 2000)+" ", 200)} {
		newFinder(nil, nil).in(text)
	}
	if got := newFinder(nil, nil).in("http://a.com/" + strings.Repeat("x", maxAddress)); len(got.bad) != 1 || len(got.urls) != 0 {
		t.Errorf("%d bad, %d taken", len(got.bad), len(got.urls))
	}
}

func FuzzAddresses(f *testing.F) {
	for _, s := range []string{"hxxps[:]//victim(.)com/a_(b).", "me@x.org, a.co.uk:80/x?y#z", "пример.рф", "[.](.)[dot]\u200b.", "http://[::1]/"} {
		f.Add(s)
	}
	find := newFinder(nil, nil)
	f.Fuzz(func(t *testing.T, text string) {
		for _, u := range find.in(text).urls {
			if again, err := capture.CanonicalURL(u); err != nil || again != u {
				t.Fatalf("%q of %q is not canonical: %q, %v", u, text, again, err)
			}
		}
		find.given([]string{text})
	})
}
