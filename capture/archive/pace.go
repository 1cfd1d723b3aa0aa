package archive

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/defacecheck/defacecheck/capture"
)

// Service is what of an archive a request asks. Archives count them apart.
type Service string

// The services.
const (
	Lists   Service = "lists"   // CDX and TimeMaps
	Records Service = "records" // replay
)

const (
	// listingBurst lets a single claim's few look-ups go at once and still
	// keeps the first minute under 30.
	listingBurst = 4
	// replayBurst is one second's worth: a page asks for its parts together.
	replayBurst = 8
)

// Pacer spaces out the requests to each archive, and holds all of them back when
// the archive has asked for it. Implementations are safe for concurrent use; Pace is
// the one for a single process.
type Pacer interface {
	// Wait waits for the turn of a request to host (as in a URL, with its port), at
	// most patience, and returns the time it took. A longer wait is not begun: the
	// error is a *NotYet.
	Wait(ctx context.Context, host string, s Service, patience time.Duration) (time.Duration, error)
	// Hold keeps everything for host back for d from now.
	Hold(ctx context.Context, host string, d time.Duration) error
}

// NotYet says that an archive wants to be left alone for longer than a caller would
// wait. It is a capture.ErrRateLimited.
type NotYet struct {
	For time.Duration // from now
	Why string        // one clause
}

func (e *NotYet) Error() string {
	return fmt.Sprintf("%v: %s %s", capture.ErrRateLimited, e.Why, e.For.Round(time.Second))
}

// Unwrap makes it one of the kinds that callers act on.
func (e *NotYet) Unwrap() error { return capture.ErrRateLimited }

// nextTurn is the NotYet of a pacer.
func nextTurn(in time.Duration) *NotYet { return &NotYet{For: in, Why: "its next turn is in"} }

// Rates are how often archives are asked. The zero value is the default pace for
// remote archives and none for those on this machine.
type Rates struct {
	CDXPerMinute    float64 // lists; 0 is DefaultCDXPerMinute, negative no limit
	ReplayPerMinute float64 // records; 0 is DefaultReplayPerMinute, negative no limit
}

// Of is the pace for a service of host: so many requests a minute, and so many at
// once; limited is false where there is none.
func (r Rates) Of(host string, s Service) (perMinute float64, burst int, limited bool) {
	perMinute, usual, burst := r.CDXPerMinute, float64(DefaultCDXPerMinute), listingBurst
	if s == Records {
		perMinute, usual, burst = r.ReplayPerMinute, DefaultReplayPerMinute, replayBurst
	}
	if perMinute < 0 || perMinute == 0 && onThisMachine(host) {
		return 0, 0, false
	}
	if perMinute == 0 {
		perMinute = usual
	}
	return perMinute, burst, true
}

// Pace is the Pacer of one process. The zero value works. It must not be copied, and
// its rates not be changed, after first use.
type Pace struct {
	Rates

	mu       sync.Mutex
	limiters map[string]*rate.Limiter
	until    map[string]time.Time
}

// Hold implements Pacer. It does not fail.
func (p *Pace) Hold(_ context.Context, host string, d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.until == nil {
		p.until = map[string]time.Time{}
	}
	if t := time.Now().Add(d); t.After(p.until[host]) {
		p.until[host] = t
	}
	return nil
}

// Wait implements Pacer.
func (p *Pace) Wait(ctx context.Context, host string, s Service, patience time.Duration) (time.Duration, error) {
	began := time.Now()
	turn := p.limiter(host, s).ReserveN(began, 1)
	ready := began.Add(turn.DelayFrom(began))
	for {
		now := time.Now()
		if held := p.heldUntil(host); held.After(ready) {
			ready = held
		}
		left := ready.Sub(now)
		if left <= 0 {
			return now.Sub(began), nil
		}
		if ready.Sub(began) > patience {
			turn.CancelAt(now)
			return now.Sub(began), nextTurn(left)
		}
		if err := sleep(ctx, left); err != nil {
			turn.Cancel()
			return time.Since(began), err
		}
	}
}

func (p *Pace) heldUntil(host string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until[host]
}

func (p *Pace) limiter(host string, s Service) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := fmt.Sprintf("%s %s", s, host)
	l := p.limiters[key]
	if l == nil {
		l = rate.NewLimiter(rate.Inf, 1)
		if perMinute, burst, limited := p.Of(host, s); limited {
			l = rate.NewLimiter(rate.Limit(perMinute/60), burst)
		}
		if p.limiters == nil {
			p.limiters = map[string]*rate.Limiter{}
		}
		p.limiters[key] = l
	}
	return l
}

func onThisMachine(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
