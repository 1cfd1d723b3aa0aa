package egress

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestAnOverrideIsReadAsCurlReadsIt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Override{
		"example.com:443:127.0.0.1":       {"example.com", 443, netip.MustParseAddr("127.0.0.1")},
		"EXAMPLE.com.:80:::1":             {"example.com", 80, netip.MustParseAddr("::1")},
		"example.com:80:[::1]":            {"example.com", 80, netip.MustParseAddr("::1")},
		"example.com:80:::ffff:127.0.0.1": {"example.com", 80, netip.MustParseAddr("127.0.0.1")},
		"[::1]:8080:127.0.0.1":            {"::1", 8080, netip.MustParseAddr("127.0.0.1")},
		"127.0.0.1:8080:127.0.0.1":        {"127.0.0.1", 8080, netip.MustParseAddr("127.0.0.1")},
	} {
		got, err := ParseOverride(in)
		if err != nil || got != want {
			t.Errorf("ParseOverride(%q) = %v, %v; want %v", in, got, err, want)
		}
		if again, err := ParseOverride(got.String()); err != nil || again != got {
			t.Errorf("ParseOverride(%q) = %v, %v; want %v", got.String(), again, err, got)
		}
	}
}

func TestWhatIsNoOverrideIsAnError(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", ":", "::", "a", "a:80", "a:80:", ":80:127.0.0.1", "a::127.0.0.1", "a:0:127.0.0.1", "a:65536:127.0.0.1", "a:x:127.0.0.1",
		"*:80:127.0.0.1", "-a:80", "+a:x:1.1.1.1", "a:80:b", "a:80:1.1.1.1,2.2.2.2", "a:80:127.1", "a:80:fe80::1%eth0", "a:80:[::1", "a:80:1.1.1.1:2",
		"[::1:80:1.1.1.1", "::1:80:1.1.1.1", "http://a:80:1.1.1.1",
	} {
		if got, err := ParseOverride(in); !errors.Is(err, capture.ErrBadURL) {
			t.Errorf("ParseOverride(%q) = %v, %v; want ErrBadURL", in, got, err)
		}
	}
}

func FuzzParseOverride(f *testing.F) {
	for _, s := range []string{"example.com:443:127.0.0.1", "[::1]:80:[::1]", "a:80:::ffff:1.2.3.4", "*:80:1.1.1.1", "a:80:1.1.1.1,2.2.2.2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		o, err := ParseOverride(in)
		if err != nil {
			if !errors.Is(err, capture.ErrBadURL) {
				t.Fatal(err)
			}
			return
		}
		again, err := ParseOverride(o.String())
		if err != nil || again != o || o.Port == 0 {
			t.Fatalf("%q is %+v, whose form %q is %+v, %v", in, o, o.String(), again, err)
		}
	})
}
