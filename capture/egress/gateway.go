package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"

	"github.com/defacecheck/defacecheck/capture"
)

// Gateway holds the policy and opens sessions. It is safe for concurrent use
// and has nothing to close.
type Gateway struct {
	cfg       Config
	policy    policy
	overrides map[target]netip.Addr
	dialer    dialer
	resolver  Resolver

	mu  sync.Mutex
	own map[uint16]int // ports that our own sessions listen on
}

// New checks the configuration. It opens no connection.
func New(cfg Config) (*Gateway, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	g := &Gateway{cfg: cfg, own: map[uint16]int{}, overrides: map[target]netip.Addr{}}
	if g.policy, err = newPolicy(cfg.Allow); err != nil {
		return nil, err
	}
	if g.dialer, err = newDialer(cfg.Upstream); err != nil {
		return nil, err
	}
	for _, o := range cfg.Resolve {
		t, err := newTarget(o.Host, o.Port)
		if err != nil || !o.Addr.IsValid() || o.Port == 0 {
			return nil, fmt.Errorf("read override %v: %w", o, capture.ErrBadURL)
		}
		g.overrides[t] = o.Addr.Unmap()
	}
	if g.resolver = cfg.Resolver; g.resolver == nil {
		g.resolver = newResolver((&net.Dialer{}).DialContext)
	}
	return g, nil
}

// Check tells beforehand whether host and port may be visited, and returns the
// addresses that would be dialled (none when an upstream resolves). It resolves
// but does not connect. Errors wrap capture.ErrRefused, ErrNoHost, ErrTimeout
// or ErrBadURL. A session asks again for itself.
func (g *Gateway) Check(ctx context.Context, host string, port uint16) ([]netip.Addr, error) {
	t, err := newTarget(host, port)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, g.cfg.DialTimeout)
	defer cancel()
	addrs, err := g.route(ctx, t, g.lookup)
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", t, err)
	}
	return addrs, nil
}

// route returns the addresses that may be dialled for t. None and no error
// means that the upstream resolves the name. On refusal the addresses that were
// considered come with the error.
func (g *Gateway) route(ctx context.Context, t target, lookup lookupFunc) ([]netip.Addr, error) {
	if err := checkPort(t.port); err != nil {
		return nil, err
	}
	if addr, ok := g.overrides[t]; ok {
		return []netip.Addr{addr}, g.checkOwn(addr, t.port)
	}
	if t.isAddr() {
		return g.permit([]netip.Addr{t.addr}, t.port)
	}
	if t.isLocalhost() {
		return nil, fmt.Errorf("%w: %s is a name for loopback", capture.ErrRefused, t.host)
	}
	if g.dialer.resolves() {
		return nil, nil
	}
	addrs, err := lookup(ctx, t.host)
	if err != nil {
		return nil, err
	}
	return g.permit(addrs, t.port)
}

// permit returns addrs if every one of them may be dialled.
func (g *Gateway) permit(addrs []netip.Addr, port uint16) ([]netip.Addr, error) {
	for _, a := range addrs {
		if err := g.policy.check(a); err != nil {
			return addrs, err
		}
		if err := g.checkOwn(a, port); err != nil {
			return addrs, err
		}
	}
	return addrs, nil
}

// checkOwn refuses our own listeners, which even a permitted loopback must not
// lead to: a page could otherwise make the proxy call itself.
func (g *Gateway) checkOwn(addr netip.Addr, port uint16) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.own[port] > 0 && (addr.IsLoopback() || addr.IsUnspecified()) {
		return fmt.Errorf("%w: %s is this proxy itself", capture.ErrRefused, netip.AddrPortFrom(addr, port))
	}
	return nil
}

func (g *Gateway) listens(port uint16, by int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.own[port] += by
}

// lookupFunc resolves a canonical name.
type lookupFunc func(ctx context.Context, name string) ([]netip.Addr, error)

// lookup asks the resolver. The dot makes the name absolute; see the package
// documentation.
func (g *Gateway) lookup(ctx context.Context, name string) ([]netip.Addr, error) {
	addrs, err := g.resolver.LookupNetIP(ctx, "ip", name+".")
	if err != nil {
		return nil, lookupError(name, err)
	}
	for i, a := range addrs {
		addrs[i] = a.Unmap()
	}
	if len(addrs) == 0 {
		return nil, fmt.Errorf("%w: %s has no address", capture.ErrNoHost, name)
	}
	return slices.Clip(addrs), nil
}

// lookupError tells an answer of "no such name" from a resolver that failed,
// which says nothing about the name.
func lookupError(name string, err error) error {
	var dns *net.DNSError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Errorf("%w: no such name: %s", capture.ErrNoHost, name)
	case errors.As(err, &dns) && dns.IsTimeout, errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: resolving %s", capture.ErrTimeout, name)
	}
	return fmt.Errorf("%w: the resolver failed for %s, which does not say that the name does not exist: %w", capture.ErrNoHost, name, err)
}
