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

// service is what of an archive a request asks. Archives count them apart.
type service int

const (
	listing service = iota // CDX and TimeMaps
	replay                 // records
)

const (
	// listingBurst lets a single claim's few look-ups go at once and still
	// keeps the first minute under 30.
	listingBurst = 4
	// replayBurst is one second's worth: a page asks for its parts together.
	replayBurst = 8
)

// Pacer spaces out the requests of a process to each archive, and holds all
// of them back when the archive has asked for it. The zero value keeps the
// default pace for remote archives and none for those on this machine. It must
// not be copied, and its fields not be changed, after first use.
type Pacer struct {
	CDXPerMinute    float64 // lists; 0 is DefaultCDXPerMinute, negative no limit
	ReplayPerMinute float64 // records; 0 is DefaultReplayPerMinute, negative no limit

	mu       sync.Mutex
	limiters map[string]*rate.Limiter
	until    map[string]time.Time
}

// hold keeps everything for host back until t.
func (p *Pacer) hold(host string, t time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.until == nil {
		p.until = map[string]time.Time{}
	}
	if t.After(p.until[host]) {
		p.until[host] = t
	}
}

// wait waits for host's turn, at most patience, and returns the time it took.
// A longer wait is not begun: the error wraps capture.ErrRateLimited.
func (p *Pacer) wait(ctx context.Context, host string, s service, patience time.Duration) (time.Duration, error) {
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
			return now.Sub(began), fmt.Errorf("%w: its next turn is in %s", capture.ErrRateLimited, left.Round(time.Second))
		}
		if err := sleep(ctx, left); err != nil {
			turn.Cancel()
			return time.Since(began), err
		}
	}
}

func (p *Pacer) heldUntil(host string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until[host]
}

func (p *Pacer) limiter(host string, s service) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := fmt.Sprintf("%d %s", s, host)
	l := p.limiters[key]
	if l == nil {
		l = p.newLimiter(host, s)
		if p.limiters == nil {
			p.limiters = map[string]*rate.Limiter{}
		}
		p.limiters[key] = l
	}
	return l
}

func (p *Pacer) newLimiter(host string, s service) *rate.Limiter {
	perMinute, usual, burst := p.CDXPerMinute, float64(DefaultCDXPerMinute), listingBurst
	if s == replay {
		perMinute, usual, burst = p.ReplayPerMinute, DefaultReplayPerMinute, replayBurst
	}
	switch {
	case perMinute < 0, perMinute == 0 && onThisMachine(host):
		return rate.NewLimiter(rate.Inf, 1)
	case perMinute == 0:
		perMinute = usual
	}
	return rate.NewLimiter(rate.Limit(perMinute/60), burst)
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
