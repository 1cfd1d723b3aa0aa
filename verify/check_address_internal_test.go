package verify

import (
	"cmp"
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

func TestTheAddressBarIsHeldAgainstTheClaimAndWhereItLeads(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		read, leads string
		claimed     string // "" is town.example.org
		want        string
		sentence    string
	}{
		"the claimed host":         {"town.example.org/news", "", "", "address.claimed", "town.example.org"},
		"another host":             {"kutwa.go.th/news", "", "", "address.other", "neither town.example.org nor"},
		"where a redirect ends":    {"kutwa.go.th/news", "http://www.kutwa.go.th/", "", "address.claimed", "kutwa.go.th"},
		"a look-alike":             {"town.exarnp1e.org", "", "", "address.alike", "looks like town.example.org"},
		"something else's path":    {"winter.exemplary.org/news", "", "", "address.unsure", "surely enough to say what."},
		"something else":           {"winter.exemplary.org", "", "", "address.unsure", "not read surely enough"},
		"what is no host":          {"Search or type a URL", "", "", "address.nothing", "No host"},
		"an internationalised one": {"xn--bcher-kva.de", "", "", "address.other", "reads a host of bücher.de (xn--bcher-kva.de), which"},
		"its accents lost":         {"bucher.de", "", "bücher.de", "address.claimed", "reads bucher.de, the claimed host"},
		"its punycode":             {"xn--bcher-kva.de", "", "bücher.de", "address.claimed", "reads bücher.de (xn--bcher-kva.de), the claimed host"},
		"accents that it has not":  {"bücher.de", "", "bucher.de", "address.alike", "reads bücher.de (xn--bcher-kva.de), which looks like bucher.de:"},
		"punycode that looks so":   {"xn--pypal-4ve.com", "", "paypal.com", "address.alike", "reads pаypal.com (xn--pypal-4ve.com), which is another name than paypal.com"},
		"accents in punycode":      {"xn--bcher-kva.de", "", "bucher.de", "address.alike", "reads bücher.de (xn--bcher-kva.de), which is another name than bucher.de"},
		"the claimed name in it":   {"paypal.com.evil.ru/x", "", "paypal.com", "address.alike", "reads paypal.com.evil.ru, which contains paypal.com and is a host of another domain than paypal.com."},
		"a part of it in it":       {"paypal-secure.com", "", "www.paypal.com", "address.alike", "contains paypal and is a host of another domain than paypal.com."},
		"in Chinese":               {"kutwa.go.th", "", "例子.com", "address.unsure", "例子.com"},
		"its path":                 {"town.example.org/news", "", "", "address.claimed", `After the host it reads "/news", where the claimed address has "/"; paths are read less surely than hosts, and this weighs nothing.`},
		"another host's path":      {"kutwa.go.th/news?token=5ecret", "", "", "address.other", `it reads "/news?token=removed", where`},
		"a claim about an address": {"kutwa.go.th", "", "192.0.2.7", "address.unsure", "192.0.2.7 is no name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sighting("2026-03-10 15:00", Same, "new")
			s.Capture.FinalURL = tc.leads
			c := pictured(caseOf(t, "2026-03-10 12:00", s))
			c.Claim.URL = "http://" + cmp.Or(tc.claimed, "town.example.org") + "/"
			c.Frame = frame.Frame{Kind: frame.Browser, Content: image.Rect(0, 80, 600, 400), Address: image.Rect(100, 40, 500, 70)}
			if err := read(t.Context(), c, Options{Reader: fakeReader{line: readingtest.Words(93, tc.read)}}); err != nil {
				t.Fatal(err)
			}
			found, err := checkAddress(c)
			if err != nil || len(found) != 1 || found[0].key != tc.want || !strings.Contains(found[0].sentence, tc.sentence) {
				t.Fatalf("%+v, %v, want %s", found, err, tc.want)
			}
			if !slices.Equal(found[0].at, []Rect{{X: 100, Y: 40, W: 400, H: 30}}) {
				t.Errorf("at %v", found[0].at)
			}
			if named := !strings.HasSuffix(tc.want, "unsure") && !strings.HasSuffix(tc.want, "nothing"); named != (addressRead(c) != nil) {
				t.Errorf("the result has %+v", addressRead(c))
			}
			if _, err := c.Model.Weight(groupFrame, tc.want); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestHostsOfCapturesThatSawNothingDoNotCount(t *testing.T) {
	t.Parallel()
	s := unseen(sighting("2026-03-10 15:00", Same, "new"))
	s.Capture.FinalURL, s.Capture.Validity = "http://parking.example.net/", capture.Parked
	c := caseOf(t, "", s)
	if h := c.hosts(); len(h) != 1 || h[0] != "town.example" {
		t.Errorf("hosts %v", h)
	}
}

func TestWithoutAnAddressBarNothingIsSaidOfIt(t *testing.T) {
	t.Parallel()
	c := pictured(caseOf(t, "", sighting("2026-03-10 15:00", Same, "new")))
	c.Frame.Kind = frame.None
	if err := read(t.Context(), c, Options{Reader: fakeReader{}}); err != nil {
		t.Fatal(err)
	}
	if found, err := checkAddress(c); err != nil || len(found) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestWhatTheAddressBarReadsIsInTheResult(t *testing.T) {
	t.Parallel()
	for bar, want := range map[string]AddressRead{
		"town.example.org":                          {Host: "town.example.org"},
		"https://www.town.example.org/a/1O0l?id=3":  {Host: "town.example.org", Path: "/a/1O0l?id=3"},
		"town.example.org/?a=1&session=abc#token=x": {Host: "town.example.org", Path: "/?a=1&session=removed#token=removed"},
		"xn--bcher-kva.de/x":                        {Host: "xn--bcher-kva.de", Letters: "bücher.de", Path: "/x"},
	} {
		c := pictured(caseOf(t, "", sighting("2026-03-10 15:00", Same, "new")))
		c.Claim.URL = "http://town.example.org/"
		c.Frame = frame.Frame{Kind: frame.Browser, Content: image.Rect(0, 80, 600, 400), Address: image.Rect(100, 40, 500, 70)}
		if err := read(t.Context(), c, Options{Reader: fakeReader{line: readingtest.Words(93, bar)}}); err != nil {
			t.Fatal(err)
		}
		if got := claimFacts(c, c.Frame).Frame.Read; got == nil || *got != want {
			t.Errorf("%s: %+v, want %+v", bar, got, want)
		}
	}
}

func TestPathsAreComparedByWhatCanBeRead(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ read, claimed, want string }{
		{"/news", "http://a.example/news", "as the claimed address does"},
		{"/NEWS/", "http://a.example/news", "as the claimed address does"},
		{"/", "http://a.example", "as the claimed address does"},
		{"/index.php?id=1O0l", "http://a.example/index.php?id=100l", "as the claimed address does"},
		{"|news", "http://a.example/news", "as the claimed address does"},
		{":8080/x", "http://a.example:8080/x", "as the claimed address does"},
		{"/b%C3%BC", "http://a.example/bü", "as the claimed address does"},
		{"/bü", "http://a.example/b%C3%BC", "as the claimed address does"},
		{"/news/20", "http://a.example/news/2025/02", `as the claimed address begins ("/news/2025/02")`},
		{"/", "http://a.example/news", `where the claimed address has "/news"`},
		{"/news/2024", "http://a.example/news/2025", `where the claimed address has "/news/2025"`},
		{"/a", "http://a.example/b", `where the claimed address has "/b"`},
		{"/a", "http://a.example/b?pwd=x#top", `where the claimed address has "/b?pwd=removed#top"`},
	} {
		c := &Case{Claim: Claim{URL: tc.claimed}}
		if got := c.ofPath(tc.read); !strings.Contains(got, tc.want+";") {
			t.Errorf("%s against %s: %s", tc.read, tc.claimed, got)
		}
	}
	if got := shownPath("/" + strings.Repeat("ü", 2*maxPath)); len([]rune(got)) != maxPath+1 {
		t.Errorf("%d letters told", len([]rune(got)))
	}
}
