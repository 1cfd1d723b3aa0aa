package egress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// endless sends until it is cut.
func endless(c net.Conn) {
	for {
		if _, err := c.Write(make([]byte, 32<<10)); err != nil {
			return
		}
	}
}

func TestTheByteBoundCutsATunnelAndClosesTheSessionForMore(t *testing.T) {
	t.Parallel()
	addr := tcp(t, endless)
	const bound = 1 << 20
	s := open(t, Config{Allow: []netip.Prefix{loopback}, MaxBytes: bound})
	c, _ := connect(t, s, addr)
	if n, _ := io.Copy(io.Discard, c); n > bound {
		t.Errorf("%d bytes came through", n)
	}
	if d := only(t, s); d.Down != bound || d.Verdict != Dialled || !errors.Is(d.Err(), capture.ErrTooLarge) {
		t.Errorf("decision %+v", d)
	}
	if _, resp := connect(t, s, addr); !errors.Is(ErrorOf(resp.Header.Get(Header)), capture.ErrTooLarge) {
		t.Errorf("another connection: %s", resp.Status)
	}
}

func TestTheByteBoundHoldsForBothDirectionsAndAllConnections(t *testing.T) {
	t.Parallel()
	got := make(chan int64, 2)
	addr := tcp(t, func(c net.Conn) { n, _ := io.Copy(io.Discard, c); got <- n })
	const bound = 300_000
	s := open(t, Config{Allow: []netip.Prefix{loopback}, MaxBytes: bound})
	for range 2 {
		c, _ := connect(t, s, addr)
		io.Copy(c, strings.NewReader(strings.Repeat("x", 200_000)))
		closeWrite(c)
		io.Copy(io.Discard, c)
	}
	if sum := <-got + <-got; sum != bound {
		t.Errorf("%d bytes left, want %d", sum, bound)
	}
}

func TestTheByteBoundCutsAPlainResponse(t *testing.T) {
	t.Parallel()
	srv := web(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 2<<20)) })
	s := open(t, Config{Allow: []netip.Prefix{loopback}, MaxBytes: 1 << 20})
	resp, err := client(t, s, nil).Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if n, err := io.Copy(io.Discard, resp.Body); err == nil || n > 1<<20 {
		t.Errorf("%d bytes, %v: the browser must see that the page was cut", n, err)
	}
	if d := only(t, s); !errors.Is(d.Err(), capture.ErrTooLarge) {
		t.Errorf("decision %+v", d)
	}
}

func TestConnectionsBeyondTheBoundAreRefusedAndCounted(t *testing.T) {
	t.Parallel()
	addr := tcp(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	s := open(t, Config{Allow: []netip.Prefix{loopback}, MaxConns: 3})
	for i := range 7 {
		_, resp := connect(t, s, addr)
		if want := i < 3; (resp.StatusCode == 200) != want {
			t.Errorf("connection %d: %s", i, resp.Status)
		}
		if i >= 3 && !errors.Is(ErrorOf(resp.Header.Get(Header)), capture.ErrTooLarge) {
			t.Errorf("connection %d: kind %q", i, resp.Header.Get(Header))
		}
	}
	if log := s.Log(); len(log) != 4 || log[3].Verdict != Refused || s.Dropped() != 3 {
		t.Errorf("%d dropped, log %+v", s.Dropped(), log)
	}
}

func TestAnIdleConnectionEnds(t *testing.T) {
	t.Parallel()
	hold := func(c net.Conn) { io.Copy(io.Discard, c) }
	for name, c := range map[string]struct {
		serve func(net.Conn)
		kind  error
	}{
		"that never said anything": {hold, capture.ErrTimeout},
		"that had its say":         {func(c net.Conn) { io.WriteString(c, "x"); hold(c) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, Config{Allow: []netip.Prefix{loopback}, IdleTimeout: 200 * time.Millisecond})
			conn, _ := connect(t, s, tcp(t, c.serve))
			io.Copy(io.Discard, conn) // returns when the proxy gives up
			s.Close()
			if d := only(t, s); !errors.Is(d.Err(), c.kind) || (c.kind == nil && d.Kind != "") {
				t.Errorf("decision %+v", d)
			}
		})
	}
}

func TestAPlainServerThatNeverAnswersTimesOut(t *testing.T) {
	t.Parallel()
	addr := tcp(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	s := open(t, Config{Allow: []netip.Prefix{loopback}, IdleTimeout: 200 * time.Millisecond})
	if code, kind, _ := get(t, client(t, s, nil), "http://"+addr+"/"); code != 504 || !errors.Is(ErrorOf(kind), capture.ErrTimeout) {
		t.Errorf("%d, kind %q", code, kind)
	}
}

func TestCloseEndsEverythingThatHangs(t *testing.T) {
	t.Parallel()
	ns := dns(t, func(string, int) []netip.Addr { return []netip.Addr{{}} })
	addr := tcp(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	s := open(t, Config{Allow: []netip.Prefix{loopback}, Resolver: ns.resolver()})
	tunnel, _ := connect(t, s, addr)
	auth := "Proxy-Authorization: " + basic(s.Username(), s.Password()) + "\r\n\r\n"
	hung := []net.Conn{tunnel}
	for _, head := range []string{
		"GET http://" + addr + "/ HTTP/1.1\r\nHost: x\r\n" + auth, // waits for the server's header
		"CONNECT mute.test:443 HTTP/1.1\r\nHost: x\r\n" + auth,    // waits for the resolver
		"GET http://", // waits for the rest
	} {
		c, err := net.Dial("tcp", s.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, head)
		hung = append(hung, c)
	}
	for len(s.Log()) < 3 {
		time.Sleep(time.Millisecond)
	}
	s.Close()
	for i, c := range hung {
		c.SetReadDeadline(time.Now().Add(10 * time.Second))
		if _, err := io.Copy(io.Discard, c); errors.Is(err, context.DeadlineExceeded) || isTimeout(err) {
			t.Errorf("connection %d is still open", i)
		}
	}
	for _, d := range s.Log() {
		if d.Verdict == Pending {
			t.Errorf("decision %+v is pending after Close", d)
		}
	}
	s.Close() // again
	if _, err := net.Dial("tcp", s.Addr()); err == nil {
		t.Error("the listener is still open")
	}
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}

func TestASessionEndsWithItsContextAndAfterItsLife(t *testing.T) {
	t.Parallel()
	addr := tcp(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	g, err := New(Config{Allow: []netip.Prefix{loopback}, Lifetime: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	long, err := New(Config{Allow: []netip.Prefix{loopback}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	for name, open := range map[string]func() (*Session, error){
		"life":    func() (*Session, error) { return g.Open(t.Context()) },
		"context": func() (*Session, error) { return long.Open(ctx) },
	} {
		s, err := open()
		if err != nil {
			t.Fatal(err)
		}
		c, _ := connect(t, s, addr)
		if name == "context" {
			cancel()
		}
		if _, err := io.Copy(io.Discard, c); isTimeout(err) {
			t.Errorf("%s: the tunnel is still open", name)
		}
		s.Close()
	}
	cancel()
}

func TestContradictoryConfigurationsAreErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]Config{
		"bytes": {MaxBytes: -1}, "conns": {MaxConns: -1}, "dial": {DialTimeout: -1}, "idle": {IdleTimeout: -1}, "life": {Lifetime: -1},
		"prefix": {Allow: []netip.Prefix{{}}},
	} {
		if _, err := New(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestCloseEndsADialAndAWriteThatHang(t *testing.T) {
	t.Parallel()
	mute := tcp(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	for name, c := range map[string]struct {
		cfg  Config
		head string
	}{
		"a plain request whose upstream is mute": {Config{Upstream: &url.URL{Scheme: "socks5", Host: mute}}, "GET http://1.1.1.1/ HTTP/1.1"},
		"a tunnel whose browser does not read":   {Config{Allow: []netip.Prefix{loopback}}, "CONNECT " + tcp(t, endless) + " HTTP/1.1"},
	} {
		c.cfg.DialTimeout, c.cfg.IdleTimeout, c.cfg.Lifetime = time.Hour, time.Hour, 2*time.Hour
		c.cfg.MaxBytes = 1 << 40
		s := open(t, c.cfg)
		conn, err := net.Dial("tcp", s.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "%s\r\nHost: x\r\nProxy-Authorization: %s\r\n\r\n", c.head, basic(s.Username(), s.Password()))
		for len(s.Log()) == 0 {
			time.Sleep(time.Millisecond)
		}
		for last := int64(-1); s.Log()[0].Down != last; time.Sleep(50 * time.Millisecond) {
			last = s.Log()[0].Down // until the buffers between are full
		}
		s.Close() // would hang for an hour
		if d := only(t, s); d.Verdict == Pending {
			t.Errorf("%s: decision %+v", name, d)
		}
	}
}
