package egress

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

// specialPurpose has the first, a middle and the last address of every range in
// the IANA IPv4 and IPv6 special-purpose registries (2025), of multicast, and
// what else a machine may take for itself. Written from the registries, not from
// the library that the policy uses.
func specialPurpose() []string {
	return []string{
		"0.0.0.0", "0.1.2.3", "0.255.255.255", "10.0.0.0", "10.9.8.7", "10.255.255.255",
		"100.64.0.0", "100.100.100.200", "100.127.255.255", "127.0.0.0", "127.0.0.1", "127.1.2.3", "127.255.255.255",
		"169.254.0.0", "169.254.169.254", "169.254.255.255", "172.16.0.0", "172.20.1.1", "172.31.255.255",
		"192.0.0.0", "192.0.0.8", "192.0.0.170", "192.0.0.255", "192.0.2.0", "192.0.2.255", "192.31.196.0", "192.31.196.255",
		"192.52.193.0", "192.52.193.255", "192.88.99.0", "192.88.99.2", "192.88.99.255", "192.168.0.0", "192.168.1.1", "192.168.255.255",
		"192.175.48.0", "192.175.48.255", "198.18.0.0", "198.19.255.255", "198.51.100.0", "198.51.100.255", "203.0.113.0", "203.0.113.255",
		"224.0.0.0", "239.255.255.250", "239.255.255.255", "240.0.0.0", "255.255.255.254", "255.255.255.255", "168.63.129.16",
		"::", "::1", "::ffff:0:0", "64:ff9b::", "64:ff9b::8.8.8.8", "64:ff9b:1::", "64:ff9b:1:ffff::1", "100::", "100::1", "100:0:0:1::1",
		"2001::", "2001:0:1::1", "2001:1::1", "2001:2::1", "2001:3::1", "2001:4:112::1", "2001:10::1", "2001:20::1", "2001:30::1", "2001:1ff:ffff::1",
		"2001:db8::", "2001:db8:ffff::1", "2002::", "2002:808:808::1", "2620:4f:8000::1", "3fff::", "3fff:fff::1", "5f00::", "5f00::1",
		"fc00::", "fd00:ec2::254", "fdff::1", "fe80::", "fe80::1", "febf::1", "fec0::1", "ff00::", "ff02::1", "ffff::1", "4000::1", "::8.8.8.8", "::ffff:0:8.8.8.8",
	}
}

func TestEverySpecialPurposeAddressIsRefused(t *testing.T) {
	t.Parallel()
	g, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range specialPurpose() {
		for _, form := range []string{s, "::ffff:" + s, "64:ff9b::" + s} {
			a, err := netip.ParseAddr(form)
			if err != nil {
				continue // only IPv4 has the other two forms
			}
			if err := g.policy.check(a); !errors.Is(err, capture.ErrRefused) {
				t.Errorf("check(%s) = %v, want ErrRefused", form, err)
			}
			if _, err := g.Check(t.Context(), form, 80); !errors.Is(err, capture.ErrRefused) {
				t.Errorf("Check(%s) = %v, want ErrRefused", form, err)
			}
		}
	}
}

func TestPublicAddressesArePermitted(t *testing.T) {
	t.Parallel()
	g, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
		"192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:1.1.1.1",
		"2606:4700:4700::1111", "2001:200::1", "2001:db7::1", "2a00:1450::1", "2003::1"} {
		if got, err := g.Check(t.Context(), s, 443); err != nil || len(got) != 1 || got[0] != netip.MustParseAddr(s).Unmap() {
			t.Errorf("Check(%s) = %v, %v", s, got, err)
		}
	}
}

func TestOddSpellingsOfForbiddenHostsAreRefused(t *testing.T) {
	t.Parallel()
	g, err := New(Config{Resolver: never{t}})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []string{"2130706433", "0x7f.1", "0X7F.0.0.1", "127.1", "127.0.1", "017700000001", "0177.0.0.1", "127.0.0.1.", "①②⑦.0.0.1", "１２７.0.0.1",
		"%31%32%37.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::1]", "::1", "[0:0::1]", "0", "0x0", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376",
		"LocalHost", "localhost.", "a.LOCALHOST", "ｌｏｃａｌｈｏｓｔ", "loc%61lhost", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]"} {
		if _, err := g.Check(t.Context(), h, 80); !errors.Is(err, capture.ErrRefused) {
			t.Errorf("Check(%q) = %v, want ErrRefused", h, err)
		}
	}
}

// never is a resolver that must not be asked.
type never struct{ t *testing.T }

func (n never) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.t.Errorf("the resolver was asked for %q", host)
	return nil, errors.New("never")
}

func TestAnAllowedNetworkDoesNotExcuseTheAddressInside(t *testing.T) {
	t.Parallel()
	g, err := New(Config{Allow: []netip.Prefix{
		netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"),
		netip.MustParsePrefix("::ffff:10.1.0.0/112"), netip.MustParsePrefix("fd00:1::1/32"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]bool{
		"64:ff9b::8.8.8.8": true, "64:ff9b::127.0.0.1": false, "64:ff9b::169.254.169.254": false, "64:ff9b::10.1.2.3": true,
		"2002:808:808::1": true, "2002:7f00:1::1": false, "2002:c0a8:101::1": false,
		"2001:0:1:2:3:4:f7f7:f7f7": true, "2001:0:1:2:3:4:80ff:fffe": false,
		"10.1.2.3": true, "::ffff:10.1.2.3": true, "10.2.0.1": false, "fd00:1::2": true, "fd00:2::1": false, "127.0.0.1": false,
	} {
		if err := g.policy.check(netip.MustParseAddr(s)); (err == nil) != want {
			t.Errorf("check(%s) = %v, want permitted: %v", s, err, want)
		}
	}
}

func TestAddressesOfThisMachineAreRefused(t *testing.T) {
	t.Parallel()
	p, err := newPolicy(nil)
	if err != nil {
		t.Fatal(err)
	}
	p.own = append(p.own, netip.MustParseAddr("8.8.8.8")) // as if it were ours
	if err := p.check(netip.MustParseAddr("8.8.8.8")); !errors.Is(err, capture.ErrRefused) || !strings.Contains(err.Error(), "this machine") {
		t.Errorf("check of an own public address = %v", err)
	}
	ifs, err := net.InterfaceAddrs()
	if err != nil || len(p.own) != len(ifs)+1 {
		t.Errorf("%d own addresses known of %d, %v", len(p.own)-1, len(ifs), err)
	}
}

func TestPortsThatBrowsersBlockAreRefused(t *testing.T) {
	t.Parallel()
	g, err := New(Config{Resolver: never{t}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []uint16{0, 1, 22, 25, 53, 110, 143, 587, 993, 2049, 6000, 6667, 10080} {
		if _, err := g.Check(t.Context(), "example.com", p); !errors.Is(err, capture.ErrRefused) {
			t.Errorf("port %d: %v, want ErrRefused", p, err)
		}
	}
	for _, p := range []uint16{80, 443, 8080, 8443, 3000, 65535} {
		if err := checkPort(p); err != nil {
			t.Errorf("port %d: %v", p, err)
		}
	}
}
