package archive

import (
	"log/slog"
	"net/http"
	"time"
)

const (
	// DefaultMaxBody is the largest body that is kept, in bytes decoded. Pages
	// and pictures of ordinary sites are far below; videos are not needed.
	DefaultMaxBody = 32 << 20
	// DefaultMaxRecords bounds the index of one file archive. An entry costs
	// some 300 bytes, so this is about 600 MB.
	DefaultMaxRecords = 2_000_000
	// DefaultMaxMementos bounds one TimeMap. The Wayback CDX server itself
	// stops at 150,000 rows.
	DefaultMaxMementos = 150_000
	// DefaultCDXPerMinute stays under the 30 a minute at which the Wayback
	// Machine begins to block an address.
	DefaultCDXPerMinute = 24
	// DefaultReplayPerMinute stays under the Wayback Machine's limit for replay.
	DefaultReplayPerMinute = 480
	// DefaultMaxWait is how long one request waits for its turn or for a
	// Retry-After before it gives up. A block of a minute is usual.
	DefaultMaxWait = 2 * time.Minute
	// DefaultTimeout bounds one HTTP request; CDX answers of busy sites take
	// most of a minute.
	DefaultTimeout = 60 * time.Second
	// DefaultRetries is how often a request is repeated after no answer or 5xx.
	DefaultRetries = 2
	// DefaultUserAgent names the program, as archives ask of their clients.
	DefaultUserAgent = "defacecheck (+https://github.com/defacecheck/defacecheck)"
)

// Options configure Open. The zero value works.
type Options struct {
	Logger *slog.Logger // nil discards

	MaxBody     int64 // bytes; 0 is DefaultMaxBody
	MaxRecords  int   // of a file archive; 0 is DefaultMaxRecords
	MaxMementos int   // of one TimeMap; 0 is DefaultMaxMementos

	// Transport carries the requests to HTTP archives, so that they can go
	// through the user's proxy. nil is a transport of this package's own, without
	// the environment's proxy settings.
	Transport http.RoundTripper
	UserAgent string           // "" is DefaultUserAgent
	Timeout   time.Duration    // of one request; 0 is DefaultTimeout
	Retries   int              // after no answer or 5xx; 0 is DefaultRetries, negative none
	Backoff   time.Duration    // before the first retry, doubled for each; 0 is one second
	Clock     func() time.Time // for the age of cached answers; nil is time.Now

	// Pacer spaces out requests. Share one among all archives that are opened;
	// nil makes a Pace for this archive alone.
	Pacer   Pacer
	MaxWait time.Duration // 0 is DefaultMaxWait, negative does not wait

	// CacheDir keeps answers of HTTP archives; "" keeps none.
	CacheDir string
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	setDefault(&o.MaxBody, DefaultMaxBody)
	setDefault(&o.MaxRecords, DefaultMaxRecords)
	setDefault(&o.MaxMementos, DefaultMaxMementos)
	setDefault(&o.UserAgent, DefaultUserAgent)
	setDefault(&o.Timeout, DefaultTimeout)
	setDefault(&o.Retries, DefaultRetries)
	setDefault(&o.Backoff, time.Second)
	setDefault(&o.MaxWait, DefaultMaxWait)
	o.Retries = max(o.Retries, 0)
	o.MaxWait = max(o.MaxWait, 0)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Pacer == nil {
		o.Pacer = &Pace{}
	}
	return o
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
