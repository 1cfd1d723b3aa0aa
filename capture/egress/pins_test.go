package egress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

// rebinding answers the first time with a permitted address and from then on
// with a forbidden one.
func rebinding(_ string, n int) []netip.Addr {
	if n == 0 {
		return addrs("127.0.0.1")
	}
	return addrs("127.0.0.2")
}

func TestANameThatRebindsLeadsToWhatWasChecked(t *testing.T) {
	t.Parallel()
	ns := dns(t, rebinding)
	srv := web(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		io.WriteString(w, r.Context().Value(http.LocalAddrContextKey).(fmt.Stringer).String())
	})
	port := portOf(t, srv.URL)
	s := open(t, Config{Allow: []netip.Prefix{loopback}, Resolver: ns.resolver()})
	want := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), port)
	u := fmt.Sprintf("http://rebind.test:%d/", port)
	c := client(t, s, nil)
	for range 4 {
		if code, _, body := get(t, c, u); code != 200 || body != want.String() {
			t.Errorf("%d, served at %s", code, body)
		}
	}
	if _, resp := connect(t, s, fmt.Sprintf("REBIND.test.:%d", port)); resp.StatusCode != 200 {
		t.Error(resp.Status)
	}
	if n := ns.asked("rebind.test"); n != 1 {
		t.Errorf("resolved %d times", n)
	}
	log := s.Log()
	for _, d := range log {
		if d.Chosen != want {
			t.Errorf("decision %+v", d)
		}
	}
	if len(log) != 5 {
		t.Errorf("%d decisions for 5 connections", len(log))
	}
}

func TestANewSessionResolvesAnewAndChecksAnew(t *testing.T) {
	t.Parallel()
	ns := dns(t, rebinding)
	g, err := New(Config{Allow: []netip.Prefix{loopback}, Resolver: ns.resolver()})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := g.Check(t.Context(), "rebind.test", 80); err != nil || len(got) != 1 {
		t.Errorf("Check = %v, %v", got, err)
	}
	s, err := g.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if _, resp := connect(t, s, "rebind.test:80"); resp.StatusCode != 403 {
		t.Error(resp.Status)
	}
	if d := only(t, s); !errors.Is(d.Err(), capture.ErrRefused) || len(d.Addrs) != 1 || d.Addrs[0] != netip.MustParseAddr("127.0.0.2") {
		t.Errorf("decision %+v", d)
	}
}

func TestManyConnectionsAtOnceCostOneLookUp(t *testing.T) {
	t.Parallel()
	ns := dns(t, rebinding)
	srv := web(t, func(http.ResponseWriter, *http.Request) {})
	s := open(t, Config{Allow: []netip.Prefix{loopback}, Resolver: ns.resolver()})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := s.dial(t.Context(), "CONNECT", target{host: "many.test", port: portOf(t, srv.URL)}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := ns.asked("many.test"); n != 1 {
		t.Errorf("resolved %d times", n)
	}
}

func TestAFailedLookUpIsAskedAgain(t *testing.T) {
	t.Parallel()
	ns := dns(t, func(_ string, n int) []netip.Addr {
		if n == 0 {
			return nil
		}
		return addrs("10.0.0.1")
	})
	s := open(t, Config{Resolver: ns.resolver()})
	for _, want := range []error{capture.ErrNoHost, capture.ErrRefused} {
		_, resp := connect(t, s, "late.test:80")
		if !errors.Is(ErrorOf(resp.Header.Get(Header)), want) {
			t.Errorf("%s, want %v", resp.Header.Get(Header), want)
		}
	}
}

func TestAnOverrideMatchesHostAndPortExactlyAndTheLastWins(t *testing.T) {
	t.Parallel()
	ns := dns(t, func(string, int) []netip.Addr { return nil })
	a := netip.MustParseAddr
	g, err := New(Config{Resolver: ns.resolver(), Resolve: []Override{
		{"site.test", 80, a("127.0.0.9")}, {"SITE.test.", 80, a("127.0.0.1")}, {"site.test", 443, a("::1")}, {"10.1.1.1", 80, a("10.1.1.1")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		host string
		port uint16
		want string
		err  error
	}{
		{"Site.Test.", 80, "127.0.0.1", nil}, {"site.test", 443, "::1", nil}, {"0x0a.1.1.1", 80, "10.1.1.1", nil},
		{"site.test", 8080, "", capture.ErrNoHost}, {"www.site.test", 80, "", capture.ErrNoHost}, {"10.1.1.1", 443, "", capture.ErrRefused},
	} {
		got, err := g.Check(t.Context(), c.host, c.port)
		if !errors.Is(err, c.err) || (c.err == nil && (err != nil || len(got) != 1 || got[0] != a(c.want))) {
			t.Errorf("Check(%s, %d) = %v, %v", c.host, c.port, got, err)
		}
	}
	for _, o := range []Override{{}, {"a", 80, netip.Addr{}}, {"a", 0, a("1.1.1.1")}, {"*", 80, a("1.1.1.1")}} {
		if _, err := New(Config{Resolve: []Override{o}}); !errors.Is(err, capture.ErrBadURL) {
			t.Errorf("New with override %+v: %v", o, err)
		}
	}
}

// askedFor is a resolver that notes the names.
type askedFor struct{ names *[]string }

func (a askedFor) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	*a.names = append(*a.names, host)
	return nil, errors.New("the server is out of order")
}

func TestNamesAreAskedForAsAbsoluteAndAFailingResolverIsNotAMissingName(t *testing.T) {
	t.Parallel()
	var names []string
	g, err := New(Config{Resolver: askedFor{&names}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = g.Check(t.Context(), "Intranet", 80)
	if len(names) != 1 || names[0] != "intranet." {
		t.Errorf("asked for %q", names)
	}
	if !errors.Is(err, capture.ErrNoHost) || !strings.Contains(err.Error(), "resolver failed") {
		t.Errorf("error %v", err)
	}
}
