package egress

import (
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/websocket"
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

func TestWhatTheBrowserSendsWithItsConnectIsNotLost(t *testing.T) {
	t.Parallel()
	addr := tcp(t, func(c net.Conn) { io.Copy(c, c) })
	s := open(t, Config{Allow: []netip.Prefix{loopback}})
	c, resp := ask(t, s, "CONNECT "+addr+" HTTP/1.1\r\nHost: "+addr+"\r\nProxy-Authorization: "+basic(s.Username(), s.Password())+"\r\n\r\nearly")
	if resp.StatusCode != 200 {
		t.Fatal(resp.Status)
	}
	io.WriteString(c, " late")
	closeWrite(c)
	if back, err := io.ReadAll(c); string(back) != "early late" {
		t.Errorf("%q, %v", back, err)
	}
}
