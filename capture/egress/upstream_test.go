package egress

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

// upstream is a real SOCKS5 and HTTP CONNECT proxy that leads everywhere to one
// server and notes what it was asked for.
type upstream struct {
	addr   string
	server string // where everything leads

	mu   sync.Mutex
	asks []string
	auth []string
}

func (u *upstream) note(ask, auth string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.asks, u.auth = append(u.asks, ask), append(u.auth, auth)
}

func (u *upstream) asked() []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.asks
}

func newUpstream(t *testing.T, server string) *upstream {
	u := &upstream{server: server}
	u.addr = tcp(t, func(c net.Conn) {
		r := bufio.NewReader(c)
		first, err := r.Peek(1)
		if err != nil {
			return
		}
		if first[0] == 5 {
			u.socks(c, r)
		} else {
			u.http(c, r)
		}
	})
	return u
}

// socks serves RFC 1928 with RFC 1929 when it is offered.
func (u *upstream) socks(c net.Conn, r *bufio.Reader) {
	read := func(n int) []byte { b := make([]byte, n); io.ReadFull(r, b); return b }
	methods := read(int(read(2)[1]))
	auth := ""
	if bytes.IndexByte(methods, 2) >= 0 {
		c.Write([]byte{5, 2})
		user := read(int(read(2)[1]))
		pass := read(int(read(1)[0]))
		auth = fmt.Sprintf("%s:%s", user, pass)
		c.Write([]byte{1, 0})
	} else {
		c.Write([]byte{5, 0})
	}
	head := read(4)
	var host string
	switch head[3] {
	case 1:
		host = netip.AddrFrom4([4]byte(read(4))).String()
	case 3:
		host = "name " + string(read(int(read(1)[0])))
	case 4:
		host = "[" + netip.AddrFrom16([16]byte(read(16))).String() + "]"
	}
	port := binary.BigEndian.Uint16(read(2))
	u.note(fmt.Sprintf("%s:%d", host, port), auth)
	if port == 81 {
		c.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0}) // connection refused
		return
	}
	u.lead(c, r, []byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
}

func (u *upstream) http(c net.Conn, r *bufio.Reader) {
	req, err := http.ReadRequest(r)
	if err != nil {
		return
	}
	u.note(req.Method+" "+req.RequestURI, req.Header.Get("Proxy-Authorization"))
	if strings.HasSuffix(req.RequestURI, ":81") {
		io.WriteString(c, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
		return
	}
	u.lead(c, r, []byte("HTTP/1.1 200 OK\r\n\r\n"))
}

// lead answers ok and copies both ways. The server's first bytes come in the
// same packet as the answer if it speaks first.
func (u *upstream) lead(c net.Conn, r io.Reader, ok []byte) {
	s, err := net.Dial("tcp", u.server)
	if err != nil {
		return
	}
	defer s.Close()
	c.Write(ok)
	go func() { io.Copy(s, r); s.(*net.TCPConn).CloseWrite() }()
	io.Copy(c, s)
}

func TestAnUpstreamIsHandedTheCheckedAddress(t *testing.T) {
	t.Parallel()
	srv := web(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != "" {
			t.Error("the server saw a proxy credential")
		}
		io.WriteString(w, "host "+r.Host)
	})
	ns := dns(t, func(name string, n int) []netip.Addr {
		return map[string][]netip.Addr{"site.test": addrs("93.184.215.14"), "six.test": addrs("2606:4700::1"), "inner.test": addrs("10.0.0.1")}[name]
	})
	for _, c := range []struct {
		scheme, site, six string
		resolved          int
	}{
		{"socks5", "93.184.215.14:80", "[2606:4700::1]:8080", 1},
		{"socks5h", "name site.test:80", "name six.test:8080", 0},
		{"http", "CONNECT 93.184.215.14:80", "CONNECT [2606:4700::1]:8080", 1},
	} {
		up := newUpstream(t, strings.TrimPrefix(srv.URL, "http://"))
		var lines bytes.Buffer
		before := ns.asked("site.test")
		s := open(t, Config{Resolver: ns.resolver(), Logger: slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug})),
			Upstream: &url.URL{Scheme: c.scheme, Host: up.addr, User: url.UserPassword("me", "hunter2")}})
		cl := client(t, s, nil)
		for u, want := range map[string]string{"http://site.test/?token=abc": "host site.test", "http://six.test:8080/": "host six.test:8080"} {
			if code, _, body := get(t, cl, u); code != 200 || body != want {
				t.Errorf("%s %s: %d %q", c.scheme, u, code, body)
			}
		}
		asks := strings.Join(up.asked(), "\n")
		if len(up.asked()) != 2 || !strings.Contains(asks, c.site) || !strings.Contains(asks, c.six) {
			t.Errorf("%s: the upstream was asked for %q", c.scheme, asks)
		}
		if got := ns.asked("site.test") - before; got != c.resolved {
			t.Errorf("%s: resolved %d times here", c.scheme, got)
		}
		if a := up.auth[0]; a != "me:hunter2" && a != basic("me", "hunter2") {
			t.Errorf("%s: the upstream's credential came as %q", c.scheme, a)
		}
		refusals(t, s, up, c.scheme)
		s.Close()
		for _, secret := range []string{"hunter2", s.Password(), "abc"} {
			if strings.Contains(lines.String()+fmt.Sprintf("%+v", s.Log()), secret) {
				t.Errorf("%s: a log holds %q", c.scheme, secret)
			}
		}
		for _, d := range s.Log() {
			if d.Via != c.scheme+"://"+up.addr {
				t.Errorf("%s: via %q", c.scheme, d.Via)
			}
		}
	}
}

// refusals asks for what must not be handed to an upstream, and for what the
// upstream cannot reach.
func refusals(t *testing.T, s *Session, up *upstream, scheme string) {
	t.Helper()
	before := len(up.asked())
	forbidden := []string{"127.1:80", "[::1]:80", "169.254.169.254:80", "localhost:80", "a.localhost:80"}
	if scheme != "socks5h" {
		forbidden = append(forbidden, "inner.test:80")
	}
	for _, h := range forbidden {
		if _, resp := connect(t, s, h); resp.StatusCode != 403 {
			t.Errorf("%s: CONNECT %s: %s", scheme, h, resp.Status)
		}
	}
	if n := len(up.asked()) - before; n != 0 {
		t.Errorf("%s: %d forbidden hosts were handed on", scheme, n)
	}
	if _, resp := connect(t, s, "1.1.1.1:81"); !errors.Is(ErrorOf(resp.Header.Get(Header)), capture.ErrConnect) {
		t.Errorf("%s: a host that the upstream cannot reach: %s", scheme, resp.Status)
	}
}

func TestAServerThatSpeaksFirstIsHeardThroughAnUpstream(t *testing.T) {
	t.Parallel()
	first := tcp(t, func(c net.Conn) { io.WriteString(c, "first"); io.Copy(io.Discard, c) })
	for _, scheme := range []string{"socks5", "http"} {
		up := newUpstream(t, first)
		s := open(t, Config{Upstream: &url.URL{Scheme: scheme, Host: up.addr}})
		c, _ := connect(t, s, "1.1.1.1:443")
		closeWrite(c)
		if got, err := io.ReadAll(c); string(got) != "first" {
			t.Errorf("%s: %q, %v", scheme, got, err)
		}
	}
}

func TestAnUpstreamThatIsGoneOrMuteIsAFailureAndNotARefusal(t *testing.T) {
	t.Parallel()
	mute := tcp(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	flood := tcp(t, func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nX: "); endless(c) })
	for _, c := range []struct {
		scheme, addr string
		kind         error
	}{
		{"socks5", freed(t), capture.ErrConnect}, {"http", freed(t), capture.ErrConnect},
		{"socks5", mute, capture.ErrTimeout}, {"http", mute, capture.ErrTimeout}, {"http", flood, capture.ErrConnect}, {"socks5", flood, capture.ErrConnect},
	} {
		s := open(t, Config{Upstream: &url.URL{Scheme: c.scheme, Host: c.addr}, DialTimeout: 500e6})
		_, resp := connect(t, s, "1.1.1.1:443")
		if d := only(t, s); d.Verdict != Failed || !errors.Is(d.Err(), c.kind) {
			t.Errorf("%s: %s, decision %+v", c.scheme, resp.Status, d)
		}
	}
}

func TestWhatIsNoUpstreamIsAnErrorWithoutThePassword(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"https://me:hunter2@h:1", "socks4://me:hunter2@h:1", "socks5://me:hunter2@h", "http://me:hunter2@:1", "http://me:hunter2@h:0",
		"http://me:hunter2@h:1/path", "http://me:hunter2@h:1?q", "//me:hunter2@h:1"} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(Config{Upstream: u}); !errors.Is(err, capture.ErrBadURL) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", raw, err)
		}
	}
}
