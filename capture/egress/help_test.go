package egress

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// loopback is the one network that tests with servers permit, so that every
// other loopback address stands for a forbidden one.
var loopback = netip.MustParsePrefix("127.0.0.1/32")

func open(t *testing.T, cfg Config) *Session {
	t.Helper()
	g, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s, err := g.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// client is an HTTP client whose only way is through s. It does not follow
// redirects by itself.
func client(t *testing.T, s *Session, roots *x509.CertPool) *http.Client {
	t.Helper()
	u := &url.URL{Scheme: "http", Host: s.Addr(), User: url.UserPassword(s.Username(), s.Password())}
	tr := &http.Transport{Proxy: http.ProxyURL(u), TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: 20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// get returns status, Header and body of a GET through c.
func get(t *testing.T, c *http.Client, u string) (int, string, string) {
	t.Helper()
	resp, err := c.Get(u)
	if err != nil {
		t.Fatalf("get %s: %v", u, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("read %s: %v", u, err)
	}
	return resp.StatusCode, resp.Header.Get(Header), string(body)
}

// ask sends raw to the proxy and returns the connection and the answer.
func ask(t *testing.T, s *Session, raw string) (net.Conn, *http.Response) {
	t.Helper()
	c, err := net.Dial("tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(c, raw); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(c)
	resp, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatalf("read answer to %.60q: %v", raw, err)
	}
	early, _ := r.Peek(r.Buffered())
	return &earlyConn{c, early}, resp
}

// connect asks for a tunnel to hostport with the right credential.
func connect(t *testing.T, s *Session, hostport string) (net.Conn, *http.Response) {
	t.Helper()
	return ask(t, s, fmt.Sprintf("CONNECT %s HTTP/1.1\r\nHost: %s\r\nProxy-Authorization: %s\r\n\r\n",
		hostport, hostport, basic(s.Username(), s.Password())))
}

// portOf is the port of a test server's URL.
func portOf(t *testing.T, raw string) uint16 {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	return uint16(n)
}

func web(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

func only(t *testing.T, s *Session) Decision {
	t.Helper()
	log := s.Log()
	if len(log) != 1 {
		t.Fatalf("log has %d decisions, want 1: %+v", len(log), log)
	}
	return log[0]
}

// nameserver is a DNS server on loopback. answer gets the name without its dot
// and how often it was asked for A before; nil is "no such name", and an answer
// with the zero Addr is never sent.
type nameserver struct {
	net.PacketConn
	answer func(name string, n int) []netip.Addr

	mu  sync.Mutex
	ask map[string]int // A queries by name
}

func dns(t *testing.T, answer func(name string, n int) []netip.Addr) *nameserver {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &nameserver{PacketConn: pc, answer: answer, ask: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(s.run)
	t.Cleanup(func() { pc.Close(); wg.Wait() })
	return s
}

func (s *nameserver) resolver() *net.Resolver {
	return newResolver(func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", s.LocalAddr().String())
	})
}

func (s *nameserver) asked(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ask[name]
}

func (s *nameserver) run() {
	buf := make([]byte, 1500)
	for {
		n, from, err := s.ReadFrom(buf)
		if err != nil {
			return
		}
		if out := s.reply(buf[:n]); out != nil {
			s.WriteTo(out, from)
		}
	}
}

func (s *nameserver) reply(query []byte) []byte {
	var m dnsmessage.Message
	if m.Unpack(query) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	name := q.Name.String()[:len(q.Name.String())-1]
	s.mu.Lock()
	n := s.ask[name]
	if q.Type == dnsmessage.TypeA {
		s.ask[name]++
	}
	s.mu.Unlock()
	addrs := s.answer(name, n)
	m.Response, m.Additionals = true, nil
	if addrs == nil {
		m.RCode = dnsmessage.RCodeNameError
	}
	for _, a := range addrs {
		switch {
		case !a.IsValid():
			return nil
		case a.Is4() && q.Type == dnsmessage.TypeA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}, Body: &dnsmessage.AResource{A: a.As4()}})
		case a.Is6() && q.Type == dnsmessage.TypeAAAA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
		}
	}
	out, err := m.Pack()
	if err != nil {
		return nil
	}
	return out
}

func addrs(ss ...string) []netip.Addr {
	out := []netip.Addr{}
	for _, s := range ss {
		out = append(out, netip.MustParseAddr(s))
	}
	return out
}
