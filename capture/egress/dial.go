package egress

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// maxDials bounds how many addresses of one answer are tried; a hostile answer
// could otherwise make us knock at hundreds of doors.
const maxDials = 4

// dialer opens connections to addresses that route permitted, directly or
// through an upstream proxy.
type dialer struct {
	upstream *url.URL
	greet    greeting // nil when direct
}

// greeting asks an upstream proxy, over the connection c, for a tunnel to
// address (host:port), and returns the connection to use from then on.
type greeting func(ctx context.Context, c net.Conn, address string) (net.Conn, error)

// resolves tells whether names are left to the upstream.
func (d dialer) resolves() bool { return d.upstream != nil && d.upstream.Scheme == "socks5h" }

// via names the upstream without its credentials; "" when direct.
func (d dialer) via() string {
	if d.upstream == nil {
		return ""
	}
	return d.upstream.Scheme + "://" + d.upstream.Host
}

// dial tries addrs in order, sharing the time that ctx leaves among them, and
// returns the connection and the address it leads to, which is the zero value
// when the upstream resolved.
func (d dialer) dial(ctx context.Context, t target, addrs []netip.Addr) (net.Conn, netip.AddrPort, error) {
	if len(addrs) == 0 {
		if !d.resolves() {
			return nil, netip.AddrPort{}, fmt.Errorf("%w: %s has no checked address", capture.ErrRefused, t)
		}
		c, err := d.tunnel(ctx, t.String())
		return c, netip.AddrPort{}, err
	}
	addrs = addrs[:min(len(addrs), maxDials)]
	var err error
	for i, a := range addrs {
		var c net.Conn
		ap := netip.AddrPortFrom(a, t.port)
		one, cancel := share(ctx, len(addrs)-i)
		c, err = d.one(one, ap)
		cancel()
		if err == nil {
			return c, ap, nil
		}
		if ctx.Err() != nil {
			break
		}
	}
	return nil, netip.AddrPort{}, err
}

func (d dialer) one(ctx context.Context, ap netip.AddrPort) (net.Conn, error) {
	if d.greet != nil {
		return d.tunnel(ctx, ap.String())
	}
	var nd net.Dialer
	c, err := nd.DialTCP(ctx, "tcp", netip.AddrPort{}, ap)
	if err != nil {
		return nil, err // not c: a nil *TCPConn is not a nil Conn
	}
	return c, nil
}

// tunnel connects to the upstream, which the user chose and no policy judges,
// and asks it for address.
func (d dialer) tunnel(ctx context.Context, address string) (net.Conn, error) {
	var nd net.Dialer
	c, err := nd.DialContext(ctx, "tcp", d.upstream.Host)
	if err != nil {
		return nil, fmt.Errorf("connect to upstream %s: %w", d.via(), err)
	}
	stop := context.AfterFunc(ctx, func() { c.SetDeadline(time.Unix(1, 0)) })
	through, err := d.greet(ctx, c, address)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("ask upstream %s for %s: %w", d.via(), address, err)
	}
	return through, nil
}

// share gives one of n remaining attempts its part of the time left.
func share(ctx context.Context, n int) (context.Context, context.CancelFunc) {
	end, ok := ctx.Deadline()
	if !ok || n < 2 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, time.Until(end)/time.Duration(n))
}
