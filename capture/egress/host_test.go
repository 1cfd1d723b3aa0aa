package egress

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestAHostIsReadAsABrowserReadsIt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"example.com":              "example.com",
		"EXAMPLE.com.":             "example.com",
		"ex%61mple.com":            "example.com",
		"bücher.example":           "xn--bcher-kva.example",
		"ｅｘａｍｐｌｅ.com":              "example.com",
		"example。com":              "example.com",
		"a_b.example":              "a_b.example",
		"2130706433":               "127.0.0.1",
		"0x7f.1":                   "127.0.0.1",
		"0X7F000001":               "127.0.0.1",
		"017700000001":             "127.0.0.1",
		"127.1":                    "127.0.0.1",
		"127.0.0.1.":               "127.0.0.1",
		"1２7.0.0.1":                "127.0.0.1",
		"①②⑦.⓪.⓪.①":                "127.0.0.1",
		"%31%32%37.0.0.1":          "127.0.0.1",
		"0":                        "0.0.0.0",
		"[::1]":                    "::1",
		"::1":                      "::1",
		"[0:0:0:0:0:0:0:1]":        "::1",
		"[::ffff:127.0.0.1]":       "127.0.0.1",
		"[::FFFF:7f00:1]":          "127.0.0.1",
		"[2001:DB8::1]":            "2001:db8::1",
		"localhost.":               "localhost",
		"LOCALHOST":                "localhost",
		strings.Repeat("a", 63):    strings.Repeat("a", 63),
		"3com.example":             "3com.example",
		"127.0.0.1.nip.example":    "127.0.0.1.nip.example",
		"xn--bcher-kva.example":    "xn--bcher-kva.example",
		"[64:ff9b::127.0.0.1]":     "64:ff9b::7f00:1",
		"[2002:7f00:1::]":          "2002:7f00:1::",
		"[::127.0.0.1]":            "::7f00:1",
		"[fe80::1]":                "fe80::1",
		"metadata.google.internal": "metadata.google.internal",
	} {
		got, err := CanonicalHost(in)
		if err != nil || got != want {
			t.Errorf("CanonicalHost(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestWhatIsNoHostIsAnError(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", ".", "..", "example..com", ".example.com", "example.com..", "a b", "a\tb", "a\nb", "a/b", `a\b`, "a?b", "a#b", "u@b",
		"256.256.256.256", "1.2.3.4.5", "0x7f.0x0.0x0.0x1ffff", "4294967296", "09.1", "127.0.0.1x.0x", "a.0x", "[::1", "::1]",
		"[fe80::1%25eth0]", "[fe80::1%eth0]", "[]", "[1:2]", "a:b:c", "%00", "%2e", "%2F", "*.example.com", "ex%zzample", "\xff.example",
		strings.Repeat("a", 64) + ".com", strings.Repeat("a.", 127) + "com", strings.Repeat("x", 2000), "a<b", "a|b", "a^b", "xn--a.com", "exa\u00admple\u200b\ufffd",
	} {
		got, err := CanonicalHost(in)
		if !errors.Is(err, capture.ErrBadURL) {
			t.Errorf("CanonicalHost(%q) = %q, %v; want ErrBadURL", in, got, err)
		}
	}
}

func TestATargetNeedsAPortInDigits(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"a", "a:", "a:0", "a:65536", "a:+80", "a:http", "a:-1", "a:８0", "::1:443", ""} {
		if got, err := parseTarget(in, 0); err == nil {
			t.Errorf("parseTarget(%q) = %v; want an error", in, got)
		}
	}
	got, err := parseTarget("[::FFFF:127.0.0.1]:0443", 0)
	if err != nil || got != (target{"127.0.0.1", netip.MustParseAddr("127.0.0.1"), 443}) {
		t.Errorf("parseTarget of a mapped address = %v, %v", got, err)
	}
}

func FuzzCanonicalHost(f *testing.F) {
	for _, s := range []string{"example.com.", "0x7f.1", "[::ffff:127.0.0.1]", "bücher.example", "%31", "①.1", "09", "[fe80::1%25a]", "xn--a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		once, err := CanonicalHost(in)
		if err != nil {
			if !errors.Is(err, capture.ErrBadURL) || once != "" {
				t.Fatalf("%q: %q, %v", in, once, err)
			}
			return
		}
		twice, err := CanonicalHost(once)
		if err != nil || twice != once {
			t.Fatalf("%q is read as %q, which is read as %q, %v", in, once, twice, err)
		}
		addr, err := netip.ParseAddr(once)
		if err == nil && (addr.Is4In6() || addr.Zone() != "" || addr.String() != once) {
			t.Fatalf("%q: address %q is not in its shortest form", in, once)
		}
		if err != nil && notAName(once) != "" {
			t.Fatalf("%q: %q is neither a name nor an address", in, once)
		}
	})
}
