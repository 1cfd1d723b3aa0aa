package egress

import (
	"context"
	"fmt"
	"net"
	"net/netip"

	"github.com/defacecheck/defacecheck/capture"
)

// enter registers work that Close must wait for; false means too late. Each
// true must be followed by s.wg.Done.
func (s *Session) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.wg.Add(1)
	return true
}

// spawn runs f with the session's context and the dial time-out, if the session
// is not over.
func (s *Session) spawn(f func(context.Context)) bool {
	if !s.enter() {
		return false
	}
	go func() {
		defer s.wg.Done()
		ctx, cancel := context.WithTimeout(s.ctx, s.g.cfg.DialTimeout)
		defer cancel()
		f(ctx)
	}()
	return true
}

// dial decides on t and connects. It is the only place in the package that
// opens a connection for a page.
func (s *Session) dial(ctx context.Context, method string, t target) (*conn, error) {
	e, err := s.ledger.open(method, t)
	if err == nil && s.sealed {
		err = fmt.Errorf("%w: this session is sealed, the page must not reach the live web", capture.ErrRefused)
	}
	if err != nil {
		e.fail(err)
		return nil, err
	}
	c, err := s.connect(ctx, t, e)
	if err != nil {
		err = classify(err)
		e.fail(err)
		return nil, err
	}
	return c, nil
}

func (s *Session) connect(ctx context.Context, t target, e *entry) (*conn, error) {
	if !s.enter() {
		return nil, context.Canceled
	}
	defer s.wg.Done()
	ctx, cancel := context.WithTimeout(ctx, s.g.cfg.DialTimeout)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	addrs, err := s.g.route(ctx, t, func(ctx context.Context, name string) ([]netip.Addr, error) {
		return s.pins.get(ctx, name, s.spawn, s.g.lookup)
	})
	e.considered(addrs)
	if err != nil {
		return nil, err
	}
	raw, to, err := s.g.dialer.dial(ctx, t, addrs)
	if err != nil {
		return nil, err
	}
	return s.keep(raw, to, e)
}

// keep books the connection with the session, so that its end is the session's
// at the latest.
func (s *Session) keep(raw net.Conn, to netip.AddrPort, e *entry) (*conn, error) {
	c := &conn{Conn: raw, entry: e, idle: s.g.cfg.IdleTimeout}
	c.gone = func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.conns, c)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		raw.Close()
		return nil, context.Canceled
	}
	s.conns[c] = struct{}{}
	c.touch()
	e.dialled(to)
	return c, nil
}
