package egress

import (
	"context"
	"net/netip"
	"sync"
)

// pins keeps the answer for each name for as long as a session lasts, so that
// no later answer can differ from the checked one, and so that the dozens of
// connections of a page cost one look-up. Failures are not kept.
type pins struct {
	mu sync.Mutex
	of map[string]*pin
}

type pin struct {
	done  chan struct{} // closed when addrs and err are set
	addrs []netip.Addr
	err   error
}

// get returns the pinned answer or asks for it once, however many wait.
// spawn runs the look-up apart from the caller's own patience; it reports
// false when the session is over.
func (p *pins) get(ctx context.Context, name string, spawn func(func(context.Context)) bool, ask lookupFunc) ([]netip.Addr, error) {
	p.mu.Lock()
	a, ok := p.of[name]
	if !ok {
		a = &pin{done: make(chan struct{})}
		if !spawn(func(ctx context.Context) { p.fill(ctx, name, a, ask) }) {
			p.mu.Unlock()
			return nil, context.Canceled
		}
		p.of[name] = a
	}
	p.mu.Unlock()
	select {
	case <-a.done:
		return a.addrs, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pins) fill(ctx context.Context, name string, a *pin, ask lookupFunc) {
	defer close(a.done)
	if a.addrs, a.err = ask(ctx, name); a.err != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.of, name)
	}
}
