package egress

import (
	"fmt"
	"net"
	"net/netip"
	"slices"

	"code.dny.dev/ssrf"

	"github.com/defacecheck/defacecheck/capture"
)

// policy says which addresses may be dialled.
type policy struct {
	allow    []netip.Prefix
	own      []netip.Addr // addresses of this machine
	guardian *ssrf.Guardian
}

// azureWire is the platform service of one large cloud: public by number,
// reachable from the inside only, and it hands out credentials.
const azureWire = "168.63.129.16/32"

func newPolicy(allow []netip.Prefix) (policy, error) {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return policy{}, fmt.Errorf("list addresses of this machine: %w", err)
	}
	p := policy{guardian: ssrf.New(ssrf.WithAnyPort(),
		ssrf.WithDeniedV4Prefixes(netip.MustParsePrefix(azureWire)))}
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok {
			if ip, ok := netip.AddrFromSlice(n.IP); ok {
				p.own = append(p.own, ip.Unmap())
			}
		}
	}
	for _, n := range allow {
		p.allow = append(p.allow, unmapPrefix(n))
	}
	return p, nil
}

// unmapPrefix turns a prefix of IPv4-mapped addresses into the IPv4 one, since
// addresses are compared unmapped.
func unmapPrefix(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96).Masked()
	}
	return p.Masked()
}

// check returns nil if addr may be dialled, else an error that wraps
// capture.ErrRefused and names the address and the rule.
func (p policy) check(addr netip.Addr) error {
	if !addr.IsValid() || addr.Zone() != "" {
		return fmt.Errorf("%w: not an address without a zone", capture.ErrRefused)
	}
	addr = addr.Unmap()
	if v4, ok := embedded(addr); ok {
		if err := p.check(v4); err != nil {
			return fmt.Errorf("%s carries %s: %w", addr, v4, err)
		}
	}
	if slices.ContainsFunc(p.allow, func(n netip.Prefix) bool { return n.Contains(addr) }) {
		return nil
	}
	if slices.Contains(p.own, addr) {
		return fmt.Errorf("%w: %s belongs to this machine", capture.ErrRefused, addr)
	}
	if err := p.guardian.SafeAddr(addr); err != nil {
		return fmt.Errorf("%w: %s is %s", capture.ErrRefused, addr, describe(addr))
	}
	return nil
}

// describe says in a reader's words what a forbidden address is.
func describe(a netip.Addr) string {
	switch {
	case a.IsLoopback():
		return "a loopback address"
	case a.IsUnspecified():
		return "the unspecified address"
	case a.IsPrivate():
		return "a private address"
	case a.IsLinkLocalUnicast():
		return "a link-local address"
	case a.IsMulticast():
		return "a multicast address"
	}
	return "a special-purpose address"
}

// embedded returns the IPv4 address that an IPv6 address stands for in one of
// the transition schemes: NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo
// (RFC 4380), IPv4-compatible (RFC 4291) and IPv4-translated (RFC 2765).
func embedded(a netip.Addr) (netip.Addr, bool) {
	if !a.Is6() || a.IsLoopback() || a.IsUnspecified() {
		return netip.Addr{}, false
	}
	b := a.As16()
	last := [4]byte(b[12:])
	in := func(prefix string) bool { return netip.MustParsePrefix(prefix).Contains(a) }
	switch {
	case in("64:ff9b::/96"), in("64:ff9b:1::/48"), in("::/96"), in("::ffff:0:0:0/96"):
		return netip.AddrFrom4(last), true
	case in("2002::/16"):
		return netip.AddrFrom4([4]byte(b[2:6])), true
	case in("2001::/32"):
		for i := range last {
			last[i] ^= 0xff
		}
		return netip.AddrFrom4(last), true
	}
	return netip.Addr{}, false
}

// checkPort refuses the ports that the WHATWG Fetch Standard (section 2.9, port
// blocking) keeps browsers from: other protocols live there that could be made
// to act on an HTTP request.
func checkPort(port uint16) error {
	if port == 0 || slices.Contains(badPorts(), port) {
		return fmt.Errorf("%w: port %d is one that browsers block", capture.ErrRefused, port)
	}
	return nil
}

func badPorts() []uint16 {
	return []uint16{
		1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79,
		87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139,
		143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548,
		554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659,
		4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
	}
}
