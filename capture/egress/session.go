package egress

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/net/netutil"
)

const (
	// maxClients bounds the connections to a session's listener at one time.
	// Chrome opens at most 32 to a proxy, and 255 for WebSockets.
	maxClients = 300
	// maxRequestHead bounds a request's header, in bytes; servers commonly stop
	// at 8 to 16 KiB.
	maxRequestHead = 64 << 10
	// headTimeout bounds the wait for a request's header from the browser, which
	// sits on the same machine.
	headTimeout = 10 * time.Second
)

// Session is a proxy for one capture: a listener on 127.0.0.1 with a credential
// and a log of its own. It ends with Close, with the context it was opened
// with, or after Config.Lifetime. Safe for concurrent use.
type Session struct {
	g      *Gateway
	sealed bool
	ctx    context.Context
	cancel context.CancelFunc
	ledger *ledger
	pins   *pins
	user   string
	pass   string

	port      uint16
	listener  net.Listener
	server    *http.Server
	transport *http.Transport
	plain     http.Handler // requests in absolute form

	mu     sync.Mutex
	closed bool
	conns  map[*conn]struct{} // to servers
	tubes  map[net.Conn]struct{}
	wg     sync.WaitGroup
	ended  sync.Once
}

// Open starts a session. The caller must Close it.
func (g *Gateway) Open(ctx context.Context) (*Session, error) { return g.open(ctx, false) }

// OpenSealed starts a session that refuses and counts everything without
// resolving anything. The caller must Close it.
func (g *Gateway) OpenSealed() (*Session, error) { return g.open(context.Background(), true) }

func (g *Gateway) open(ctx context.Context, sealed bool) (*Session, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open egress session: %w", err)
	}
	s := &Session{
		g: g, sealed: sealed, user: rand.Text(), pass: rand.Text(), listener: l,
		pins:  &pins{of: map[string]*pin{}},
		conns: map[*conn]struct{}{}, tubes: map[net.Conn]struct{}{},
		port: l.Addr().(*net.TCPAddr).AddrPort().Port(),
		ledger: &ledger{now: g.cfg.Now, log: g.cfg.Logger, via: g.dialer.via(),
			maxConns: g.cfg.MaxConns, maxBytes: g.cfg.MaxBytes},
	}
	s.ctx, s.cancel = context.WithTimeout(ctx, g.cfg.Lifetime)
	s.transport = s.newTransport()
	s.plain = s.newPlain()
	s.server = s.newServer()
	g.listens(s.port, 1)
	s.wg.Go(func() { s.server.Serve(netutil.LimitListener(l, maxClients)) })
	s.wg.Add(1)
	context.AfterFunc(s.ctx, func() { defer s.wg.Done(); s.end() })
	return s, nil
}

func (s *Session) newServer() *http.Server {
	return &http.Server{
		Handler: http.HandlerFunc(s.serve),

		DisableGeneralOptionsHandler: true, // "OPTIONS *" needs the credential too
		ReadHeaderTimeout:            headTimeout,
		IdleTimeout:                  s.g.cfg.IdleTimeout,
		MaxHeaderBytes:               maxRequestHead,
		BaseContext:                  func(net.Listener) context.Context { return s.ctx },
		ErrorLog:                     slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				s.wg.Add(1) // before Serve returns, hence before Wait can
			case http.StateClosed, http.StateHijacked:
				s.wg.Done() // a hijacked one is still inside its handler's enter
			}
		},
	}
}

// Addr is the listener's host:port.
func (s *Session) Addr() string { return s.listener.Addr().String() }

// Username is the user part of the proxy credential (Basic, RFC 7617).
func (s *Session) Username() string { return s.user }

// Password is the password part of the proxy credential.
func (s *Session) Password() string { return s.pass }

// Log returns the decisions so far, oldest first. After Close it is complete.
func (s *Session) Log() []Decision { return s.ledger.snapshot() }

// Dropped is the number of connections that were refused without an entry in
// the log, because the page asked for more than Config.MaxConns.
func (s *Session) Dropped() int {
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	return s.ledger.dropped
}

// Remote returns the address that host and port were last dialled at, in
// whatever spelling host comes.
func (s *Session) Remote(host string, port uint16) (netip.AddrPort, bool) {
	d, ok := s.last(host, port, func(d Decision) bool { return d.Chosen.IsValid() })
	return d.Chosen, ok
}

// Failure returns why the last connection to host and port that was asked for
// failed, was refused or was cut, or nil.
func (s *Session) Failure(host string, port uint16) error {
	d, _ := s.last(host, port, func(Decision) bool { return true })
	return d.Err()
}

func (s *Session) last(host string, port uint16, want func(Decision) bool) (Decision, bool) {
	t, err := newTarget(host, port)
	if err != nil {
		t = target{host: shorten(host), port: port}
	}
	ds := s.Log()
	for i := len(ds) - 1; i >= 0; i-- {
		if ds[i].Host == t.host && ds[i].Port == t.port && want(ds[i]) {
			return ds[i], true
		}
	}
	return Decision{}, false
}

// Close ends the session and waits until nothing of it is left. It may be
// called more than once.
func (s *Session) Close() {
	s.cancel()
	s.wg.Wait()
}

// end closes everything; those who use it notice and return.
func (s *Session) end() {
	s.ended.Do(func() {
		s.mu.Lock()
		s.closed = true
		conns, tubes := s.conns, s.tubes
		s.conns, s.tubes = nil, nil
		s.mu.Unlock()
		s.server.Close()
		for c := range conns {
			c.Conn.Close()
		}
		for c := range tubes {
			c.Close()
		}
		s.transport.CloseIdleConnections()
		s.g.listens(s.port, -1)
	})
}
