package egress

import (
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"time"
)

const (
	// DefaultMaxBytes bounds what one session may move in both directions
	// together. The heaviest ordinary pages stay below 100 MiB; the rest is for
	// video that starts by itself.
	DefaultMaxBytes = 256 << 20
	// DefaultMaxConns bounds the connections that one session may ask for,
	// refused ones included. A heavy news page asks for about 300.
	DefaultMaxConns = 2000
	// DefaultDialTimeout bounds resolving and connecting together. A host that
	// needs longer would use up the browser's navigation budget anyway.
	DefaultDialTimeout = 10 * time.Second
	// DefaultIdleTimeout ends a connection on which nothing moves in either
	// direction; longer than the keep-alive of common servers.
	DefaultIdleTimeout = 60 * time.Second
	// DefaultLifetime ends a session that its owner forgot; a capture with its
	// second attempt takes well under two minutes.
	DefaultLifetime = 5 * time.Minute
)

// Config says what may be reached and how. The zero value permits the public
// Internet, directly, with the default bounds.
type Config struct {
	// Resolve answers for a host and port in place of DNS, and permits that
	// address for them. Of several for one host and port the last wins.
	Resolve []Override
	// Allow permits networks that are special-purpose, such as an intranet's.
	// It does not excuse an IPv4 address inside an IPv6 one.
	Allow []netip.Prefix
	// Upstream is the proxy to go through: socks5, socks5h or http, with host
	// and port, optionally with user and password. nil goes directly.
	Upstream *url.URL
	// Logger receives one line per decision, hosts and addresses only. nil
	// discards.
	Logger *slog.Logger
	// Resolver looks names up; nil is the system's hosts file and
	// name servers, read by Go without the C library and its modules.
	Resolver Resolver
	// Now tells the time for the log; nil is time.Now.
	Now func() time.Time

	MaxBytes    int64         // bytes per session, both directions; 0 is DefaultMaxBytes
	MaxConns    int           // connections asked for per session; 0 is DefaultMaxConns
	DialTimeout time.Duration // 0 is DefaultDialTimeout
	IdleTimeout time.Duration // 0 is DefaultIdleTimeout
	Lifetime    time.Duration // 0 is DefaultLifetime
}

// withDefaults returns a copy with every zero bound replaced, or an error that
// names the first field that makes no sense.
func (c Config) withDefaults() (Config, error) {
	if c.MaxBytes < 0 || c.MaxConns < 0 || c.DialTimeout < 0 || c.IdleTimeout < 0 || c.Lifetime < 0 {
		return c, fmt.Errorf("read egress configuration: a bound is negative")
	}
	for _, p := range c.Allow {
		if !p.IsValid() {
			return c, fmt.Errorf("read egress configuration: an allowed network is not a prefix")
		}
	}
	orDefault(&c.MaxBytes, DefaultMaxBytes)
	orDefault(&c.MaxConns, DefaultMaxConns)
	orDefault(&c.DialTimeout, DefaultDialTimeout)
	orDefault(&c.IdleTimeout, DefaultIdleTimeout)
	orDefault(&c.Lifetime, DefaultLifetime)
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c, nil
}

func orDefault[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}
