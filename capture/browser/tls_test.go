package browser

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// secureSite serves one page over TLS and returns its own authority.
func secureSite(t *testing.T, cert capturetest.CertConfig) (*capturetest.Site, *x509.Certificate) {
	t.Helper()
	s, err := capturetest.NewSite(capturetest.SiteConfig{Host: "town.example", TLS: true, Cert: cert,
		Pages: map[string]capturetest.Page{"/": capturetest.HTML("<p>over TLS")}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	block, _ := pem.Decode(s.CA())
	ca, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return s, ca
}

func gatewayTo(t *testing.T, sites ...*capturetest.Site) *egress.Gateway {
	t.Helper()
	var cfg egress.Config
	for _, s := range sites {
		o, err := egress.ParseOverride(s.Resolve())
		if err != nil {
			t.Fatal(err)
		}
		cfg.Resolve = append(cfg.Resolve, o)
	}
	g, err := egress.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestACertificateErrorIsAFinding(t *testing.T) {
	s, _ := secureSite(t, capturetest.CertConfig{})
	b := start(t, Config{Gateway: gatewayTo(t, s)})
	c := see(t, b, capture.Request{URL: s.URL("/")})
	if c.Validity != capture.Unreachable || !errors.Is(c.Err, capture.ErrTLS) || c.First != nil {
		t.Errorf("validity %q, error %v", c.Validity, c.Err)
	}
}

func TestATrustedCertificateIsReportedAndStillChecked(t *testing.T) {
	for name, tt := range map[string]struct {
		cert capturetest.CertConfig
		want capture.Validity
	}{
		"good":            {capturetest.CertConfig{}, capture.OK},
		"expired":         {capturetest.CertConfig{NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(-24 * time.Hour)}, capture.Unreachable},
		"of another host": {capturetest.CertConfig{Names: []string{"other.example"}}, capture.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			s, ca := secureSite(t, tt.cert)
			b := start(t, Config{Gateway: gatewayTo(t, s), TrustedCertificates: []*x509.Certificate{ca}})
			c := see(t, b, capture.Request{URL: s.URL("/")})
			if c.Validity != tt.want {
				t.Fatalf("validity %q: %s", c.Validity, c.Reason)
			}
			if tt.want != capture.OK {
				if !errors.Is(c.Err, capture.ErrTLS) || c.First != nil {
					t.Errorf("error %v", c.Err)
				}
				return
			}
			if c.TLS == nil || !strings.HasPrefix(c.TLS.Protocol, "TLS 1.") || strings.Join(c.TLS.SANs, " ") != "town.example" ||
				c.TLS.NotAfter.Before(time.Now()) || c.TLS.Issuer == "" {
				t.Errorf("facts of the connection %+v", c.TLS)
			}
			if c.RemoteAddr != s.Addr() {
				t.Errorf("remote address %q, want %q", c.RemoteAddr, s.Addr())
			}
		})
	}
}

// names is a resolver for tests: a missing name does not exist.
type names map[string]string

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if addr, ok := n[strings.TrimSuffix(host, ".")]; ok {
		return []netip.Addr{netip.MustParseAddr(addr)}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

func TestWhyALivePageIsNotSeen(t *testing.T) {
	closed, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := closed.Addr().String()
	closed.Close()
	_, port, _ := net.SplitHostPort(gone)
	permitted, err := egress.New(egress.Config{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Resolver: names{"private.example": "10.1.2.3", "town.example": "127.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	b := start(t, Config{Gateway: permitted})
	for name, tt := range map[string]struct {
		url  string
		want error
	}{
		"no such host":                 {"http://nowhere.example/", capture.ErrNoHost},
		"no such host, over TLS":       {"https://nowhere.example/", capture.ErrNoHost},
		"nobody listens":               {"http://town.example:" + port + "/", capture.ErrConnect},
		"nobody listens, over TLS":     {"https://town.example:" + port + "/", capture.ErrConnect},
		"a private address":            {"http://private.example/", capture.ErrRefused},
		"a private address, over TLS":  {"https://private.example/", capture.ErrRefused},
		"a cloud's metadata":           {"http://169.254.169.254/latest/", capture.ErrRefused},
		"loopback in another spelling": {"http://0x7f.2:" + port + "/", capture.ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := see(t, b, capture.Request{URL: tt.url})
			if c.Validity != capture.Unreachable || !errors.Is(c.Err, tt.want) || c.Reason == "" {
				t.Errorf("validity %q, error %v, want %v", c.Validity, c.Err, tt.want)
			}
		})
	}
}

func TestARequestThatCannotBeIsOurError(t *testing.T) {
	b := start(t, Config{})
	for name, tt := range map[string]struct {
		req  capture.Request
		want error
	}{
		"no scheme":           {capture.Request{URL: "town.example", Source: shelf{}}, capture.ErrBadURL},
		"a file":              {capture.Request{URL: "file:///etc/passwd", Source: shelf{}}, capture.ErrBadURL},
		"a password":          {capture.Request{URL: "http://u:p@town.example/", Source: shelf{}}, capture.ErrBadURL},
		"script":              {capture.Request{URL: "javascript:alert(1)", Source: shelf{}}, capture.ErrBadURL},
		"live without a gate": {capture.Request{URL: "http://town.example/"}, capture.ErrRefused},
		"an immense window":   {capture.Request{URL: "http://town.example/", Source: shelf{}, Viewport: capture.Viewport{Width: 1 << 20, Height: 9}}, capture.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := b.Capture(context.Background(), tt.req); !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := b.Capture(ctx, capture.Request{URL: "http://town.example/", Source: shelf{}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}
