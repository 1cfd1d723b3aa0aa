package egress

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/websocket"

	"github.com/defacecheck/defacecheck/capture"
)

func TestAPlainPageComesThroughAndTheLogSaysFromWhere(t *testing.T) {
	t.Parallel()
	var seen http.Header
	var host string
	srv := web(t, func(w http.ResponseWriter, r *http.Request) {
		seen, host = r.Header.Clone(), r.Host
		w.Header().Set(Header, "refused") // a forgery
		io.WriteString(w, "hello")
	})
	port := portOf(t, srv.URL)
	s := open(t, Config{Resolve: []Override{{"site.test", port, netip.MustParseAddr("127.0.0.1")}}})
	req, _ := http.NewRequest("GET", fmt.Sprintf("http://SITE.test.:%d/a?token=secret", port), nil)
	req.Header.Set("X-Page", "kept")
	req.Header.Set("Connection", "X-Hop")
	req.Header.Set("X-Hop", "dropped")
	resp, err := client(t, s, nil).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if string(body) != "hello" || resp.Header.Get(Header) != "" {
		t.Errorf("body %q, %s %q", body, Header, resp.Header.Get(Header))
	}
	for _, h := range []string{"Proxy-Authorization", "Proxy-Connection", "X-Hop", "Via", "X-Forwarded-For", "Forwarded"} {
		if v := seen.Get(h); v != "" {
			t.Errorf("the server saw %s: %s", h, v)
		}
	}
	if seen.Get("X-Page") != "kept" || host != fmt.Sprintf("site.test:%d", port) {
		t.Errorf("the server saw host %q and header %v", host, seen)
	}
	d := only(t, s)
	want := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), port)
	if d.Verdict != Dialled || d.Method != "http" || d.Host != "site.test" || d.Port != port || d.Chosen != want || d.Err() != nil || d.Up == 0 || d.Down < 5 {
		t.Errorf("decision %+v", d)
	}
	if got, ok := s.Remote("Site.TEST", port); !ok || got != want {
		t.Errorf("Remote = %v, %v", got, ok)
	}
}

func TestRequestsToOneOriginShareAConnection(t *testing.T) {
	t.Parallel()
	srv := web(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.RemoteAddr) })
	s := open(t, Config{Allow: []netip.Prefix{loopback}})
	c := client(t, s, nil)
	_, _, first := get(t, c, srv.URL)
	for range 5 {
		if _, _, again := get(t, c, srv.URL); again != first {
			t.Errorf("came from %s, then from %s", first, again)
		}
	}
	only(t, s)
}

func TestAnHTTPSPageComesThroughATunnel(t *testing.T) {
	t.Parallel()
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != "" {
			t.Error("the server saw the proxy's credential")
		}
		io.WriteString(w, strings.Repeat("x", 1<<20))
	}))
	t.Cleanup(srv.Close)
	roots := x509.NewCertPool()
	roots.AddCert(srv.Certificate())
	port := portOf(t, srv.URL)
	s := open(t, Config{Resolve: []Override{{"example.com", port, netip.MustParseAddr("127.0.0.1")}}})
	c := client(t, s, roots)
	if code, _, body := get(t, c, fmt.Sprintf("https://example.com:%d/", port)); code != 200 || len(body) != 1<<20 {
		t.Errorf("%d, %d bytes", code, len(body))
	}
	if d := only(t, s); d.Method != "CONNECT" || d.Chosen.Port() != port || d.Down < 1<<20 || d.Up == 0 {
		t.Errorf("decision %+v", d)
	}
}

func TestAWebSocketComesThroughATunnel(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(websocket.Handler(func(ws *websocket.Conn) { io.Copy(ws, ws) }))
	t.Cleanup(srv.Close)
	s := open(t, Config{Allow: []netip.Prefix{loopback}})
	hostport := strings.TrimPrefix(srv.URL, "http://")
	c, resp := connect(t, s, hostport)
	if resp.StatusCode != 200 {
		t.Fatal(resp.Status)
	}
	cfg, err := websocket.NewConfig("ws://"+hostport+"/", srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	ws, err := websocket.NewClient(cfg, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, msg := range []string{"one", strings.Repeat("two", 30000)} {
		if err := websocket.Message.Send(ws, msg); err != nil {
			t.Fatal(err)
		}
		back := make([]byte, len(msg)) // the echo may come in several frames
		if _, err := io.ReadFull(ws, back); err != nil || string(back) != msg {
			t.Fatalf("sent %d bytes, got others back, %v", len(msg), err)
		}
	}
}

func TestATunnelPassesTheEndOfOneDirectionOn(t *testing.T) {
	t.Parallel()
	addr := tcp(t, func(c net.Conn) {
		all, _ := io.ReadAll(c) // ends only when the client's end arrives
		fmt.Fprintf(c, "got %d", len(all))
	})
	s := open(t, Config{Allow: []netip.Prefix{loopback}})
	c, resp := connect(t, s, addr)
	if resp.StatusCode != 200 {
		t.Fatal(resp.Status)
	}
	io.WriteString(c, "12345")
	closeWrite(c)
	if back, err := io.ReadAll(c); err != nil || string(back) != "got 5" {
		t.Errorf("%q, %v", back, err)
	}
}

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

// tcp serves each connection with f until the test ends, and returns host:port.
func tcp(t *testing.T, f func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer c.Close(); f(c) }()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String()
}

// freed is an address that nobody listens on.
func freed(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
