package court

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/witness"
)

// bench is a browser with the archives: what one claim at a time is judged with.
type bench struct {
	stand    *witness.Stand
	archives []*patient
	claims   int // that it has served
}

// seat makes a bench. Nothing is started yet.
func (c *Court) seat() (*bench, error) {
	b := &bench{}
	w := witness.Config{Egress: c.cfg.Egress, Browser: c.cfg.Browser}
	for _, a := range c.cfg.Archives {
		p := &patient{Archive: a}
		b.archives = append(b.archives, p)
		w.Archives = append(w.Archives, p)
	}
	var err error
	b.stand, err = witness.Open(w)
	return b, err
}

// patient is an archive that is shared: it is not closed by those who use it, and it
// remembers that it asked for patience.
type patient struct {
	archive.Archive
	mu  sync.Mutex
	ask error
}

// Close implements io.Closer; the court closes archives.
func (p *patient) Close() error { return nil }

// Fetch implements capture.Source.
func (p *patient) Fetch(ctx context.Context, url string, at time.Time) (*capture.Record, error) {
	r, err := p.Archive.Fetch(ctx, url, at)
	p.note(err)
	return r, err
}

// TimeMap implements capture.Lister.
func (p *patient) TimeMap(ctx context.Context, url string, from, to time.Time) (capture.TimeMap, error) {
	tm, err := p.Archive.TimeMap(ctx, url, from, to)
	p.note(err)
	return tm, err
}

func (p *patient) note(err error) {
	if !errors.Is(err, capture.ErrRateLimited) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ask = err
}

// limit is what an archive asked for since the last claim; nil when it did not.
func (b *bench) limit() error {
	for _, p := range b.archives {
		p.mu.Lock()
		err := p.ask
		p.mu.Unlock()
		if err != nil {
			return err
		}
	}
	return nil
}

// sitting is what one claim's judge asks: the bench, with captures of others in front.
type sitting struct {
	*bench
	captures *Captures
	limited  context.CancelCauseFunc

	mu      sync.Mutex
	product string // of a browser that took a capture
}

// version names the browser, also where all that it had to show was seen before.
func (s *sitting) version() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.product
}

// Live implements verify.Witnesses.
func (s *sitting) Live(ctx context.Context, r capture.Request) (*capture.Capture, error) {
	return s.see(ctx, sight{request: r}, func() (*capture.Capture, error) { return s.stand.Live(ctx, r) })
}

// Replay implements verify.Witnesses.
func (s *sitting) Replay(ctx context.Context, m capture.Memento, r capture.Request) (*capture.Capture, error) {
	return s.see(ctx, sight{m, r}, func() (*capture.Capture, error) { return s.stand.Replay(ctx, m, r) })
}

// TimeMap implements verify.Witnesses.
func (s *sitting) TimeMap(ctx context.Context, url string, from, to time.Time) (capture.TimeMap, []capture.Trouble) {
	tm, troubles := s.stand.TimeMap(ctx, url, from, to)
	s.heed()
	return tm, troubles
}

func (s *sitting) see(ctx context.Context, what sight, take func() (*capture.Capture, error)) (*capture.Capture, error) {
	what.request.Source, what.request.At = nil, time.Time{}
	c, err := s.captures.see(ctx, what, take, func() bool { return s.limit() == nil })
	s.heed()
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.product = c.Browser
	}
	return c, err
}

// heed ends the judgement once an archive asked for patience: it would not count.
func (s *sitting) heed() {
	if err := s.limit(); err != nil {
		s.limited(err)
	}
}
