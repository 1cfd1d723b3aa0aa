package main

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// maxSmallFile bounds the files a user names besides pictures and archives:
// certificates and score models have kilobytes.
const maxSmallFile = 4 << 20

// oneArgument returns the command's only argument, called what.
func oneArgument(c *cli.Context, what string) (string, error) {
	switch c.Args().Len() {
	case 0:
		return "", usage(`"defacecheck `+c.Command.Name+` --help" shows how`, "%s needs %s", c.Command.Name, what)
	case 1:
		return c.Args().First(), nil
	}
	return "", usage("quote names that have spaces", "%s takes one %s, not %d: %q",
		c.Command.Name, what, c.Args().Len(), c.Args().Slice())
}

// pageURL reads a web address from the command line.
func pageURL(raw string) (string, error) {
	canonical, err := capture.CanonicalURL(raw)
	if err != nil {
		return "", usage("", "%w", err)
	}
	return canonical, nil
}

// readFile reads a file whole, up to max bytes and one more, so that whoever
// is handed it can see that there is more. "-" is standard input.
func (p *program) readFile(name string, max int) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(io.LimitReader(p.stdin, int64(max)+1))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("open %s: it is a directory", name)
	}
	return io.ReadAll(io.LimitReader(f, int64(max)+1))
}

// certificates reads the PEM file of --trust-ca.
func (p *program) certificates(name string) ([]*x509.Certificate, error) {
	if name == "" {
		return nil, nil
	}
	rest, err := p.readFile(name, maxSmallFile)
	if err != nil {
		return nil, fmt.Errorf("read certificates: %w", err)
	}
	var all []*x509.Certificate
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("read certificates of %s: %w", name, err)
		}
		all = append(all, cert)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("read certificates of %s: no PEM certificate in it", name)
	}
	return all, nil
}

// egressConfig reads the flags that say how pages are reached.
func (p *program) egressConfig(c *cli.Context, log *slog.Logger) (egress.Config, error) {
	cfg := egress.Config{Logger: log, Now: p.now}
	for _, s := range c.StringSlice("resolve") {
		o, err := egress.ParseOverride(s)
		if err != nil {
			return cfg, usage("write it as www.example.org:443:192.0.2.7", "%w", err)
		}
		cfg.Resolve = append(cfg.Resolve, o)
	}
	for _, s := range c.StringSlice("allow-net") {
		n, err := netip.ParsePrefix(s)
		if err != nil {
			return cfg, usage("write it as 10.0.0.0/8 or 192.168.1.7/32", "read --allow-net %q: not a network", s)
		}
		cfg.Allow = append(cfg.Allow, n)
	}
	var err error
	cfg.Upstream, err = proxyURL(c.String("proxy"))
	return cfg, err
}

// proxyURL reads --proxy. The address may hold a password: no message repeats it.
func proxyURL(raw string) (*url.URL, error) {
	if raw == "" {
		return nil, nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil, usage("write it as socks5://127.0.0.1:9050", "read --proxy: not an address of a proxy")
	}
	switch u.Scheme {
	case "socks5", "socks5h", "http":
		return u, nil
	}
	return nil, usage("use socks5://, socks5h:// or http://", "read --proxy %s: no such kind of proxy", capture.Redact(raw))
}

// logger writes to stderr from the level that --log-level names; without it
// nothing is logged.
func (p *program) logger(c *cli.Context) (*slog.Logger, error) {
	name := c.String("log-level")
	if name == "" {
		return slog.New(slog.DiscardHandler), nil
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(name)); err != nil {
		return nil, usage("use debug, info, warn or error", "read --log-level %q: no such level", name)
	}
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: level})), nil
}

// deadline bounds the run by --timeout.
func deadline(c *cli.Context) (context.Context, context.CancelFunc, error) {
	return deadlineAfter(c, 0)
}

// deadlineAfter is deadline for a run of which so much is over.
func deadlineAfter(c *cli.Context, spent time.Duration) (context.Context, context.CancelFunc, error) {
	d := c.Duration("timeout")
	switch {
	case d < 0:
		return nil, nil, usage("", "read --timeout %v: it is negative", d)
	case d == 0:
		return c.Context, func() {}, nil
	}
	ctx, cancel := context.WithTimeoutCause(c.Context, d-spent, tooLong{d})
	return ctx, cancel, nil
}

// late puts the reason in place of the bare "deadline exceeded".
func late(ctx context.Context, err error) error {
	var cause tooLong
	if err != nil && errors.As(context.Cause(ctx), &cause) {
		return fmt.Errorf("%w: %w", cause, err)
	}
	return err
}
