package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/capture/witness"
)

// openStand opens the witnesses that the flags name; live is the page that will
// be visited, "" when none is. Nobody is contacted. The caller closes the stand,
// which closes the archives.
func (p *program) openStand(ctx context.Context, c *cli.Context, live string, specs []string) (*witness.Stand, []archive.Archive, error) {
	cfg, opts, err := p.roads(c)
	if err != nil {
		return nil, nil, err
	}
	if err := checkAddress(ctx, cfg.Egress, live); err != nil {
		return nil, nil, err
	}
	if cfg.Archives, err = openArchives(ctx, specs, opts); err != nil {
		return nil, nil, err
	}
	stand, err := witness.Open(cfg)
	if err != nil {
		return nil, nil, errors.Join(err, closeAll(cfg.Archives))
	}
	return stand, cfg.Archives, nil
}

// roads reads the flags that say how pages and archives are reached. The witnesses
// have no archives yet; opts are what to open them with.
func (p *program) roads(c *cli.Context) (cfg witness.Config, opts archive.Options, err error) {
	log, err := p.logger(c)
	if err != nil {
		return cfg, opts, err
	}
	if cfg.Egress, err = p.egressConfig(c, log); err != nil {
		return cfg, opts, err
	}
	trusted, err := p.certificates(c.String("trust-ca"))
	if err != nil {
		return cfg, opts, err
	}
	cfg.Browser = browser.Config{Path: c.String("browser"), NoSandbox: c.Bool("no-sandbox"),
		TrustedCertificates: trusted, Clock: p.now, Logger: log}
	opts = archive.Options{Logger: log, Transport: transport(cfg.Egress.Upstream, trusted), Clock: p.now, CacheDir: p.cacheDir(c),
		Pacer: &archive.Pace{}, UserAgent: "defacecheck/" + release + " (+https://github.com/defacecheck/defacecheck)"}
	return cfg, opts, nil
}

// openArchives opens each SPEC once, with one pace for all.
func openArchives(ctx context.Context, specs []string, opts archive.Options) (all []archive.Archive, err error) {
	names := map[string]string{}
	for _, spec := range specs {
		a, err := archive.Open(ctx, spec, opts)
		if errors.Is(err, capture.ErrBadURL) {
			err = usage("write it as wayback+https://archive.example.org", "%w", err)
		}
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		all = append(all, a)
		if other, twice := names[a.Name()]; twice {
			// Captures are told apart by their archive's name.
			err = usage("rename one of them", "--archive %q and %q are both called %q", other, spec, a.Name())
			return nil, errors.Join(err, closeAll(all))
		}
		names[a.Name()] = spec
	}
	return all, nil
}

func closeAll(archives []archive.Archive) error {
	var errs []error
	for _, a := range archives {
		errs = append(errs, a.Close())
	}
	return errors.Join(errs...)
}

// cacheDir is where answers of archives are kept; "" keeps none.
func (p *program) cacheDir(c *cli.Context) string {
	if c.IsSet("cache") {
		return c.String("cache")
	}
	if dir := p.env("XDG_CACHE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "defacecheck")
	}
	if home := p.env("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".cache", "defacecheck")
	}
	return ""
}

// transport carries requests to archives through the user's proxy and accepts
// the user's authorities. nil, where neither is set, is the archives' own.
func transport(proxy *url.URL, trusted []*x509.Certificate) http.RoundTripper {
	if proxy == nil && trusted == nil {
		return nil
	}
	t := &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout: 15 * time.Second,
		IdleConnTimeout:     30 * time.Second,
		ForceAttemptHTTP2:   true,
	}
	if proxy != nil {
		t.Proxy = http.ProxyURL(proxy)
	}
	if trusted != nil {
		roots, err := x509.SystemCertPool()
		if err != nil {
			roots = x509.NewCertPool()
		}
		for _, cert := range trusted {
			roots.AddCert(cert)
		}
		t.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	}
	return t
}

// checkAddress refuses a URL whose host is written as an address that may not
// be visited. A name is resolved when the page is visited, not before.
func checkAddress(ctx context.Context, ways egress.Config, page string) error {
	u, err := url.Parse(page)
	if err != nil || net.ParseIP(u.Hostname()) == nil {
		return nil
	}
	gateway, err := egress.New(ways)
	if err != nil {
		return err
	}
	if _, err := gateway.Check(ctx, u.Hostname(), port(u)); errors.Is(err, capture.ErrRefused) {
		return usage(hint(err), "visit %s: %w", capture.Redact(page), err)
	}
	return nil
}

func port(u *url.URL) uint16 {
	var n uint16
	if _, err := fmt.Sscan(u.Port(), &n); err == nil {
		return n
	}
	if u.Scheme == "https" {
		return 443
	}
	return 80
}
