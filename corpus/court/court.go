package court

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
)

const (
	// DefaultTerm is how many claims a browser serves before it is replaced: what it
	// leaks and what pages leave in it goes with it, for the cost of one start.
	DefaultTerm = 50
	// keepShots is how many bytes of decoded shots are kept for the next claims: those of two or
	// three pages.
	keepShots = 128 << 20
	// Closing is how long Close waits for browsers. One that takes longer is ended by its keeper
	// when this process ends, or before.
	Closing = 1500 * time.Millisecond
)

// Config says what claims are judged with. The zero value of a field is its default.
type Config struct {
	Egress   egress.Config
	Browser  browser.Config    // Gateway is set here
	Archives []archive.Archive // closed by Close
	Verify   verify.Options    // of every claim; Browser and Precedents are set here
	Earlier  Earlier           // nil knows of no earlier claims
	Reports  string            // directory for a folder a claim; "" writes none
	Term     int               // claims a browser serves; 0 is DefaultTerm
	Keep     int64             // bytes of captures; see NewCaptures
	Now      func() time.Time  // nil is time.Now
}

// Earlier gives the claims that one claim, that of the id, can have as precedents: all but
// itself, which is in the corpus before it has a verdict.
type Earlier func(claim string) verify.Precedents

// Court judges claims. It is safe for concurrent use.
type Court struct {
	cfg      Config
	captures *Captures
	opening  []string // what archives warned of when they were opened

	mu     sync.Mutex
	free   []*bench
	all    []*bench
	closed bool
}

// Open prepares a court. Nothing is started and nobody contacted.
func Open(cfg Config) *Court {
	if cfg.Term == 0 {
		cfg.Term = DefaultTerm
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Verify.Shots == nil && cfg.Keep >= 0 {
		cfg.Verify.Shots = verify.NewShots(keepShots)
	}
	c := &Court{cfg: cfg, captures: NewCaptures(cfg.Keep, cfg.Now)}
	for _, a := range cfg.Archives {
		for _, w := range a.Warnings() {
			c.opening = append(c.opening, a.Name()+": "+w)
		}
	}
	return c
}

// Close ends the browsers, all at once, and closes the archives. It takes no longer than
// Closing.
func (c *Court) Close() error {
	c.mu.Lock()
	c.closed = true
	all := slices.Clone(c.all)
	c.mu.Unlock()
	closed := make(chan error, len(all))
	for _, b := range all {
		go func() { closed <- b.stand.Close() }()
	}
	var errs []error
	for late := time.After(Closing); len(errs) < len(all); {
		select {
		case err := <-closed:
			errs = append(errs, err)
		case <-late:
			all = all[:len(errs)]
		}
	}
	for _, a := range c.cfg.Archives {
		errs = append(errs, a.Close())
	}
	return errors.Join(errs...)
}

// Judge is a queue.Judge: it judges a claim and writes its report.
func (c *Court) Judge(ctx context.Context, r *corpus.Record) (*verify.Result, error) {
	b, err := c.take()
	if err != nil {
		return nil, err
	}
	before := b.stand.Warnings()
	j, err := c.hear(ctx, b, r)
	if err != nil {
		return nil, errors.Join(unable(err), c.dismiss(b))
	}
	c.log(r.ID, j)
	for _, w := range b.stand.Warnings() {
		if slices.Contains(c.opening, w) || !slices.Contains(before, w) {
			j.Result.Notes = append(j.Result.Notes, w)
		}
	}
	if err := c.giveBack(b); err != nil {
		return nil, err
	}
	if c.cfg.Reports != "" {
		if err := report.WriteDir(filepath.Join(c.cfg.Reports, r.ID), j); err != nil {
			return nil, &queue.Unable{Err: err}
		}
	}
	return j.Result, nil
}

// hear judges the claim at a bench.
func (c *Court) hear(ctx context.Context, b *bench, r *corpus.Record) (*verify.Judgement, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s := &sitting{bench: b, captures: c.captures, limited: cancel}
	claim := r.Claim
	claim.ReadAt = c.cfg.Now().UTC()
	opts := c.cfg.Verify
	opts.Browser = s.version
	if c.cfg.Earlier != nil {
		opts.Precedents = c.cfg.Earlier(r.ID)
	}
	j, err := verify.Judge(ctx, claim, s, opts)
	if limit := b.limit(); limit != nil {
		return nil, fmt.Errorf("judge %.12s: %w", r.ID, limit)
	}
	return j, err
}

// log tells where the time went.
func (c *Court) log(id string, j *verify.Judgement) {
	if c.cfg.Browser.Logger == nil {
		return
	}
	args := []any{"claim", id}
	for _, t := range j.Timings {
		args = append(args, t.Phase, t.Took)
	}
	c.cfg.Browser.Logger.Info("judged", args...)
}

// unable marks what would fail every claim.
func unable(err error) error {
	if errors.Is(err, capture.ErrNoBrowser) || errors.Is(err, capture.ErrSandbox) {
		return &queue.Unable{Err: err}
	}
	return err
}

var errClosed = errors.New("the court is closed")

// take gives a bench that nobody uses.
func (c *Court) take() (*bench, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, errClosed
	}
	if n := len(c.free); n > 0 {
		b := c.free[n-1]
		c.free = c.free[:n-1]
		return b, nil
	}
	b, err := c.seat()
	if err != nil {
		return nil, err
	}
	c.all = append(c.all, b)
	return b, nil
}

// giveBack keeps a bench for the next claim, unless its term is over.
func (c *Court) giveBack(b *bench) error {
	if b.claims++; b.claims >= c.cfg.Term {
		return c.dismiss(b)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.free = append(c.free, b)
	return nil
}

// dismiss ends a bench's browser. After a failure it may hang, or be the reason.
func (c *Court) dismiss(b *bench) error {
	c.mu.Lock()
	c.all = slices.DeleteFunc(c.all, func(other *bench) bool { return other == b })
	c.mu.Unlock()
	return b.stand.Close()
}
