package capture_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestACanonicalURLIsWhatTheBrowserWouldVisit(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"http://example.org":                "http://example.org/",
		" HTTPS://EXAMPLE.org:443/a?b=c#d ": "https://example.org/a?b=c",
		"http://example.org:8080/x":         "http://example.org:8080/x",
		"http://münchen.example/":           "http://xn--mnchen-3ya.example/",
		"http://192.0.2.1/":                 "http://192.0.2.1/",
		"http://[2001:db8::1]/":             "http://[2001:db8::1]/",
	} {
		got, err := capture.CanonicalURL(raw)
		if err != nil || got != want {
			t.Errorf("CanonicalURL(%q) = %q, %v; want %q", raw, got, err, want)
		}
	}
}

func TestAnAddressThatAClaimCannotCarryIsRefusedByName(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"", "example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http:", "http://",
		"http://user:secret@example.org/", "http://user@example.org/",
		"http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/", "http://127.0.0.1./",
		"http://%31%32%37.0.0.1/", "http://１２７.0.0.1/", "http://[::ffff:127.0.0.1]/",
		"http://exa mple.org/", "http://a<b/",
	} {
		got, err := capture.CanonicalURL(raw)
		if !errors.Is(err, capture.ErrBadURL) {
			t.Errorf("CanonicalURL(%q) = %q, %v; want ErrBadURL", raw, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error for %q shows its password: %v", raw, err)
		}
	}
}

func TestRedactRemovesSecretsAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"http://u:p@example.org/a?b=c":               "http://removed@example.org/a?b=c",
		"https://example.org/?access_token=1&page=2": "https://example.org/?access_token=removed&page=2",
		"http://u:p@exa mple/?token=1":               "[removed]@exa mple/",
		"u:p@example.org/a?b=c":                      "[removed]@example.org/a",
		"u@example.org":                              "[removed]@example.org",
		"hxxps://u:p@example.org/":                   "hxxps://removed@example.org/",
		"https://example.org/@someone":               "https://example.org/@someone",
		"example.org/a@b":                            "example.org/a@b",
	} {
		if got := capture.Redact(raw); got != want {
			t.Errorf("Redact(%q) = %q, want %q", raw, got, want)
		}
	}
}

func FuzzCanonicalURL(f *testing.F) {
	for _, s := range []string{"http://example.org/", "http://127.1", "https://[::1]:1/?a#b", "http:\\\\x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := capture.CanonicalURL(raw)
		if err != nil {
			return
		}
		again, err := capture.CanonicalURL(got)
		if err != nil || again != got {
			t.Errorf("CanonicalURL(%q) = %q, and of that %q, %v", raw, got, again, err)
		}
	})
}

func TestTheRegistrableDomainIsOneLabelBelowAPublicSuffix(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"www.town.example":  "town.example",
		"WWW.Town.Co.UK.":   "town.co.uk",
		"a.b.gov.ly":        "b.gov.ly",
		"co.uk":             "co.uk",
		"localhost":         "localhost",
		"192.0.2.7":         "192.0.2.7",
		"2001:db8::1":       "2001:db8::1",
		"[2001:db8::1]":     "[2001:db8::1]",
		"one.github.io":     "one.github.io",
		"xn--bcher-kva.de.": "xn--bcher-kva.de",
		"":                  "",
	} {
		if got := capture.RegistrableDomain(host); got != want {
			t.Errorf("%q: %q, want %q", host, got, want)
		}
	}
}
