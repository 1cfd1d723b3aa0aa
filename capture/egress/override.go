package egress

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

// Override answers for one host and port in place of DNS, like curl's
// --resolve. It is the user's explicit permission for that address.
type Override struct {
	Host string     // canonical, see CanonicalHost
	Port uint16     // 1 to 65535
	Addr netip.Addr // IPv4-mapped addresses as IPv4
}

// String is the form that ParseOverride reads.
func (o Override) String() string {
	return fmt.Sprintf("%s:%d:%s", bracket(o.Host), o.Port, bracket(o.Addr.String()))
}

func bracket(s string) string {
	if strings.Contains(s, ":") {
		return "[" + s + "]"
	}
	return s
}

// ParseOverride reads HOST:PORT:ADDR. An IPv6 address, also as HOST, may stand
// in brackets, and as HOST must. The host is matched exactly, whatever its case
// and with or without its trailing dot; "*", lists of addresses and curl's
// leading "+" and "-" are not supported. Errors wrap capture.ErrBadURL.
func ParseOverride(s string) (Override, error) {
	bad := func(why string) (Override, error) {
		return Override{}, fmt.Errorf("read override %.200q: %s (want HOST:PORT:ADDR): %w", s, why, capture.ErrBadURL)
	}
	host, rest, ok := cutHost(s)
	if !ok {
		return bad("no host")
	}
	port, addr, ok := strings.Cut(rest, ":")
	if !ok {
		return bad("no address")
	}
	n, err := parsePort(port)
	if err != nil {
		return bad("the port is not a number from 1 to 65535")
	}
	if strings.HasPrefix(addr, "[") && strings.HasSuffix(addr, "]") {
		addr = addr[1 : len(addr)-1]
	}
	a, err := netip.ParseAddr(addr)
	if err != nil || a.Zone() != "" {
		return bad("the address is not an IP address")
	}
	name, err := CanonicalHost(host)
	if err != nil {
		return bad("the host is not a name or an address")
	}
	return Override{Host: name, Port: n, Addr: a.Unmap()}, nil
}

// cutHost splits at the colon after the host, which may be in brackets.
func cutHost(s string) (host, rest string, ok bool) {
	if strings.HasPrefix(s, "[") {
		h, rest, ok := strings.Cut(s, "]:")
		return h + "]", rest, ok
	}
	return strings.Cut(s, ":")
}
