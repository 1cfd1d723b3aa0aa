package egress

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestARedirectToAForbiddenAddressEndsAtTheSecondHop(t *testing.T) {
	t.Parallel()
	inner := web(t, func(http.ResponseWriter, *http.Request) { t.Error("the forbidden server was reached") })
	port := portOf(t, inner.URL)
	outer := web(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, fmt.Sprintf("http://0x7f.2:%d/latest/meta-data", port), http.StatusFound)
	})
	s := open(t, Config{Resolve: []Override{{"site.test", portOf(t, outer.URL), netip.MustParseAddr("127.0.0.1")}}})
	c := client(t, s, nil)
	c.CheckRedirect = nil
	code, kind, _ := get(t, c, fmt.Sprintf("http://site.test:%d/", portOf(t, outer.URL)))
	if code != 403 || !errors.Is(ErrorOf(kind), capture.ErrRefused) {
		t.Errorf("%d, kind %q", code, kind)
	}
	if log := s.Log(); len(log) != 2 || log[0].Verdict != Dialled || log[1].Verdict != Refused || log[1].Host != "127.0.0.2" {
		t.Errorf("log %+v", log)
	}
}

func TestWhatFailsIsToldWithItsKind(t *testing.T) {
	t.Parallel()
	ns := dns(t, func(name string, _ int) []netip.Addr {
		return map[string][]netip.Addr{
			"empty.test": {}, "mute.test": {{}}, "private.test": addrs("192.168.1.1"), "mixed.test": addrs("127.0.0.1", "10.0.0.1"),
			"mixed6.test": addrs("127.0.0.1", "fe80::1"), "closed.test": addrs("127.0.0.1"),
		}[name]
	})
	s := open(t, Config{Allow: []netip.Prefix{loopback}, Resolver: ns.resolver(), DialTimeout: 1500e6})
	_, gonePort, _ := net.SplitHostPort(freed(t))
	for _, c := range []struct {
		hostport string
		status   int
		kind     error
	}{
		{"none.test:80", 502, capture.ErrNoHost},
		{"empty.test:80", 502, capture.ErrNoHost},
		{"mute.test:80", 504, capture.ErrTimeout},
		{"private.test:80", 403, capture.ErrRefused},
		{"mixed.test:80", 403, capture.ErrRefused},
		{"mixed6.test:80", 403, capture.ErrRefused},
		{"closed.test:" + gonePort, 502, capture.ErrConnect},
		{"127.0.0.1:22", 403, capture.ErrRefused},
		{"10.0.0.1:80", 403, capture.ErrRefused},
		{"localhost:80", 403, capture.ErrRefused},
		{"a..b:80", 400, capture.ErrBadURL},
		{s.Addr(), 403, capture.ErrRefused}, // the proxy itself, although its network is allowed
	} {
		before := len(s.Log())
		_, resp := connect(t, s, c.hostport)
		if resp.StatusCode != c.status || !errors.Is(ErrorOf(resp.Header.Get(Header)), c.kind) {
			t.Errorf("CONNECT %s: %d %q, want %d %v", c.hostport, resp.StatusCode, resp.Header.Get(Header), c.status, c.kind)
		}
		code, kind, _ := get(t, client(t, s, nil), "http://"+c.hostport+"/")
		if code != c.status || !errors.Is(ErrorOf(kind), c.kind) {
			t.Errorf("GET %s: %d %q, want %d %v", c.hostport, code, kind, c.status, c.kind)
		}
		log := s.Log()[before:]
		for _, d := range log {
			if !errors.Is(d.Err(), c.kind) || d.Verdict == Dialled || d.Chosen.IsValid() || d.Reason == "" {
				t.Errorf("%s: decision %+v", c.hostport, d)
			}
		}
		if len(log) != 2 {
			t.Errorf("%s: %d decisions", c.hostport, len(log))
		}
	}
}

func TestAServerThatBreaksOffIsToldOnItsDecision(t *testing.T) {
	t.Parallel()
	addr := tcp(t, func(c net.Conn) {
		c.Read(make([]byte, 1))
		c.(*net.TCPConn).SetLinger(0) // reset
	})
	s := open(t, Config{Allow: []netip.Prefix{loopback}})
	code, kind, _ := get(t, client(t, s, nil), "http://"+addr+"/")
	if code != 502 || !errors.Is(ErrorOf(kind), capture.ErrConnect) {
		t.Errorf("%d, kind %q", code, kind)
	}
	for _, d := range s.Log() {
		if d.Verdict != Dialled || !errors.Is(d.Err(), capture.ErrConnect) {
			t.Errorf("decision %+v", d)
		}
	}
	host, port, _ := net.SplitHostPort(addr)
	n, _ := parsePort(port)
	if err := s.Failure(host, n); !errors.Is(err, capture.ErrConnect) {
		t.Errorf("Failure = %v", err)
	}
}

func TestAServerCannotAskForTheProxysCredential(t *testing.T) {
	t.Parallel()
	srv := web(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Proxy-Authenticate", "Basic realm=x")
		w.WriteHeader(407)
	})
	s := open(t, Config{Allow: []netip.Prefix{loopback}})
	if code, kind, _ := get(t, client(t, s, nil), srv.URL); code != 502 || !errors.Is(ErrorOf(kind), capture.ErrMalformed) {
		t.Errorf("%d, kind %q", code, kind)
	}
	if d := only(t, s); d.Verdict != Dialled || !errors.Is(d.Err(), capture.ErrMalformed) {
		t.Errorf("decision %+v", d)
	}
}

func TestOnlyProxyRequestsAreServed(t *testing.T) {
	t.Parallel()
	s := open(t, Config{})
	auth := "Proxy-Authorization: " + basic(s.Username(), s.Password())
	for _, line := range []string{"GET / HTTP/1.1", "GET https://example.com/ HTTP/1.1", "GET ftp://example.com/ HTTP/1.1", "OPTIONS * HTTP/1.1"} {
		_, resp := ask(t, s, line+"\r\nHost: x\r\n"+auth+"\r\n\r\n")
		if resp.StatusCode != 400 {
			t.Errorf("%s: %d", line, resp.StatusCode)
		}
	}
	if log := s.Log(); len(log) != 0 {
		t.Errorf("log %+v", log)
	}
}

func TestNobodyIsServedWithoutTheCredential(t *testing.T) {
	t.Parallel()
	s := open(t, Config{Resolver: never{t}})
	other := open(t, Config{})
	if s.Username() == other.Username() || s.Password() == other.Password() {
		t.Error("two sessions share a credential")
	}
	for name, auth := range map[string]string{
		"none": "", "empty": "Proxy-Authorization: \r\n", "another scheme": "Proxy-Authorization: Bearer " + s.Password() + "\r\n",
		"wrong":             "Proxy-Authorization: " + basic(s.Username(), "x") + "\r\n",
		"another session's": "Proxy-Authorization: " + basic(other.Username(), other.Password()) + "\r\n",
		"for the server":    "Authorization: " + basic(s.Username(), s.Password()) + "\r\n",
	} {
		for _, line := range []string{"CONNECT site.test:443 HTTP/1.1", "GET http://site.test/ HTTP/1.1", "GET / HTTP/1.1"} {
			_, resp := ask(t, s, line+"\r\nHost: site.test\r\n"+auth+"\r\n")
			if resp.StatusCode != 407 || !strings.HasPrefix(resp.Header.Get("Proxy-Authenticate"), "Basic ") {
				t.Errorf("%s, %s: %d", name, line, resp.StatusCode)
			}
		}
	}
	if log := s.Log(); len(log) != 0 {
		t.Errorf("log %+v", log)
	}
}

func TestASealedSessionReachesNothing(t *testing.T) {
	t.Parallel()
	srv := web(t, func(http.ResponseWriter, *http.Request) { t.Error("the server was reached") })
	g, err := New(Config{Allow: []netip.Prefix{loopback}, Resolver: never{t},
		Resolve: []Override{{"site.test", portOf(t, srv.URL), netip.MustParseAddr("127.0.0.1")}}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := g.OpenSealed()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	u, _ := url.Parse(srv.URL)
	for _, hostport := range []string{u.Host, fmt.Sprintf("site.test:%d", portOf(t, srv.URL)), "example.com:443"} {
		if _, resp := connect(t, s, hostport); resp.StatusCode != 403 {
			t.Errorf("CONNECT %s: %d", hostport, resp.StatusCode)
		}
		if code, _, _ := get(t, client(t, s, nil), "http://"+hostport+"/"); code != 403 {
			t.Errorf("GET %s: %d", hostport, code)
		}
	}
	if log := s.Log(); len(log) != 6 || !errors.Is(log[5].Err(), capture.ErrRefused) {
		t.Errorf("log %+v", log)
	}
}
