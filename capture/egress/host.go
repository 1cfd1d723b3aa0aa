package egress

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"github.com/defacecheck/defacecheck/capture"
)

// maxHost is longer than any host in any spelling that could be meant well: a
// name has at most 253 bytes, percent-encoding triples it.
const maxHost = 1024

// target is a host in canonical form and a port. addr is valid when the host
// is an address, in whichever spelling it came.
type target struct {
	host string
	addr netip.Addr
	port uint16
}

// String is host:port, with brackets around an IPv6 address.
func (t target) String() string {
	return net.JoinHostPort(t.host, strconv.Itoa(int(t.port)))
}

func (t target) isAddr() bool { return t.addr.IsValid() }

// isLocalhost tells the names that RFC 6761 section 6.3 gives to loopback, which
// an upstream that resolves would take to be its own.
func (t target) isLocalhost() bool {
	return t.host == "localhost" || strings.HasSuffix(t.host, ".localhost")
}

// parseTarget reads host:port as it stands in a CONNECT line or a URL.
// defaultPort is used when there is none; 0 makes the port obligatory.
func parseTarget(hostport string, defaultPort uint16) (target, error) {
	host, port := hostport, defaultPort
	if h, p, err := net.SplitHostPort(hostport); err == nil {
		n, err := parsePort(p)
		if err != nil {
			return target{}, err
		}
		host, port = h, n
	} else if defaultPort == 0 {
		return target{}, fmt.Errorf("read host and port: %w", capture.ErrBadURL)
	}
	return newTarget(host, port)
}

func newTarget(host string, port uint16) (target, error) {
	name, err := CanonicalHost(host)
	if err != nil {
		return target{}, err
	}
	addr, _ := netip.ParseAddr(name)
	return target{host: name, addr: addr, port: port}, nil
}

// parsePort reads a port in decimal digits only: no sign, no service name.
func parsePort(s string) (uint16, error) {
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, fmt.Errorf("read port %q: %w", s, capture.ErrBadURL)
		}
	}
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("read port %q: %w", s, capture.ErrBadURL)
	}
	return uint16(n), nil
}

// CanonicalHost returns the host that a browser would take host to mean: a DNS
// name in lower-case ASCII without its trailing dot, or an address in its
// shortest form without brackets, an IPv4-mapped address as IPv4. Anything else
// is an error that wraps capture.ErrBadURL. The steps are those of the WHATWG
// URL Standard, section 3.5 (host parsing), and its result is not trusted: a
// name must consist of letters, digits, hyphens and underscores, and a host
// whose last label is a number must have become an address.
func CanonicalHost(host string) (string, error) {
	bad := func(why string) (string, error) {
		return "", fmt.Errorf("read host %.80q: %s: %w", host, why, capture.ErrBadURL)
	}
	if host == "" || len(host) > maxHost {
		return bad("empty or too long")
	}
	if strings.ContainsFunc(host, isDelimiter) {
		return bad("a character that no host has")
	}
	if strings.Contains(host, ":") && !strings.HasPrefix(host, "[") {
		host = "[" + host + "]"
	}
	if inner := strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"); strings.ContainsAny(inner, "[]") {
		return bad("brackets that do not match")
	}
	u, err := whatwg.Parse("http://" + host + "/")
	if err != nil {
		return bad("not a host")
	}
	name := strings.TrimSuffix(u.Hostname(), ".")
	if u.Port() != "" || u.Username() != "" || u.Pathname() != "/" {
		return bad("more than a host")
	}
	if a, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return a.Unmap().String(), nil
	}
	if why := notAName(name); why != "" {
		return bad(why)
	}
	return name, nil
}

// isDelimiter tells the characters that end a host in a URL, and the white
// space and control characters that a URL parser would silently drop.
func isDelimiter(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune(`/\?#@`, r)
}

// notAName says why s is not a DNS name in canonical form, or "" if it is.
func notAName(s string) string {
	if len(s) > 253 {
		return "name longer than 253 bytes"
	}
	labels := strings.Split(s, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 {
			return "empty label or one longer than 63 bytes"
		}
		if strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return "a character that no name has"
		}
	}
	if looksNumeric(labels[len(labels)-1]) {
		return "ends in a number but is not an address"
	}
	return ""
}

func looksNumeric(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(label, "0123456789") == ""
}
