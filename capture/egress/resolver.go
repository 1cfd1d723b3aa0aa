package egress

import (
	"context"
	"net"
	"net/netip"
	"time"
)

// Resolver looks names up. *net.Resolver is one.
type Resolver interface {
	// LookupNetIP returns the addresses of host; network is always "ip", and
	// host ends in a dot.
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// newResolver is the system's resolver (hosts file, then the name servers of
// resolv.conf, over connections that dial opens) in Go's own implementation.
// A look-up that is given up is over at once: the one in C cannot be stopped,
// and Go's by itself listens on for as long as resolv.conf says.
func newResolver(dial func(ctx context.Context, network, address string) (net.Conn, error)) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { c.SetDeadline(time.Unix(1, 0)) })
		return c, nil
	}}
}
