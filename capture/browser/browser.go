package browser

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// Browser is one running Chrome, shared by all captures of a run. It is safe
// for concurrent use; Config.Tabs captures run at a time and others wait.
type Browser struct {
	cfg  Config
	inst Installation
	seal *egress.Gateway // for archived pages
	tabs chan struct{}

	mu       sync.Mutex
	eng      *engine
	restarts int
	closed   bool
}

// Start finds and launches the browser. Errors wrap capture.ErrNoBrowser or
// capture.ErrSandbox and say what to do.
func Start(ctx context.Context, cfg Config) (*Browser, error) {
	cfg = cfg.withDefaults()
	var paths []string
	if cfg.Path != "" {
		paths = []string{cfg.Path}
	}
	inst, err := find(cfg.Variant, paths...)
	if err != nil {
		return nil, err
	}
	b := &Browser{cfg: cfg, inst: inst, seal: cfg.Gateway, tabs: make(chan struct{}, cfg.Tabs)}
	if b.seal == nil {
		if b.seal, err = egress.New(egress.Config{}); err != nil {
			return nil, fmt.Errorf("start browser: %w", err)
		}
	}
	if b.eng, err = startEngine(ctx, cfg, inst); err != nil {
		return nil, err
	}
	return b, nil
}

// Check starts a browser, its sandbox included, and ends it again: what a
// doctor does before work begins. The errors are those of Start.
func Check(ctx context.Context, cfg Config) (Installation, error) {
	b, err := Start(ctx, cfg)
	if err != nil {
		return Installation{}, err
	}
	return b.inst, b.Close()
}

// Version is the product and version that the running browser names.
func (b *Browser) Version() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.eng.product
}

// Installation is the browser that runs.
func (b *Browser) Installation() Installation { return b.inst }

// Restarts is how often the browser had to be started again.
func (b *Browser) Restarts() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.restarts
}

// Close ends the browser and removes its profile. Captures on their way fail
// with capture.ErrBrowserGone. Close may be called more than once.
func (b *Browser) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil
	}
	b.closed = true
	b.eng.stop(b.cfg.Budgets.Close)
	return nil
}

// engine returns the running browser, started again if it has died.
func (b *Browser) engine(ctx context.Context) (*engine, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, fmt.Errorf("capture page: %w: it was closed", capture.ErrBrowserGone)
	}
	if b.eng.alive() {
		return b.eng, nil
	}
	gone := b.eng
	gone.stop(0)
	fresh, err := startEngine(ctx, b.cfg, b.inst)
	if err != nil {
		return nil, fmt.Errorf("start browser again: %w: %w", capture.ErrBrowserGone, err)
	}
	b.restarts++
	b.cfg.Logger.Warn("browser was gone and has been started again", "restarts", b.restarts,
		"ended", gone.proc.ending())
	b.eng = fresh
	return fresh, nil
}

// Capture sees a page. What the page did, or that there was none, is told by
// the Capture: its Validity, Reason and Err. The error is for failures of our
// own side: capture.ErrBadURL for a request that cannot be, ErrBrowserGone if
// the browser died under the page twice (the next capture starts it again), or
// the context's.
func (b *Browser) Capture(ctx context.Context, req capture.Request) (*capture.Capture, error) {
	req, err := b.check(req)
	if err != nil {
		return nil, err
	}
	select {
	case b.tabs <- struct{}{}:
		defer func() { <-b.tabs }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return b.see(ctx, req)
}

// see carries out a request. If the browser dies under it, the request is
// carried out again, once, in a new one: the page of another tab may have been
// the reason.
func (b *Browser) see(ctx context.Context, req capture.Request) (*capture.Capture, error) {
	var c *capture.Capture
	for n := range 2 {
		eng, err := b.engine(ctx)
		if err != nil {
			return nil, err
		}
		c, err = b.attempts(ctx, eng, req)
		if err == nil {
			return c, nil
		}
		if ctx.Err() != nil || !errors.Is(err, capture.ErrBrowserGone) || n == 1 {
			return nil, fmt.Errorf("capture %s: %w", capture.Redact(req.URL), err)
		}
		b.cfg.Logger.Warn("browser died under a page", "url", req.URL, "error", err)
	}
	return c, nil
}

// attempts sees the page with scripts and, if that gives no picture, without.
// The error is for failures of our own side.
func (b *Browser) attempts(ctx context.Context, eng *engine, req capture.Request) (*capture.Capture, error) {
	began := time.Now()
	clock := b.cfg.Clock().UTC()
	if req.Source != nil && !req.At.IsZero() {
		clock = req.At.UTC()
	}
	clock = clock.Truncate(time.Second)
	told := clock
	if req.Another {
		told = told.Add(anotherDay)
	}
	var c *capture.Capture
	var head map[string]string
	var err error
	for n := 1; n <= 2; n++ {
		c, head, err = b.attempt(ctx, eng, req, n == 1, told)
		c.Settled.Attempts = n
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, capture.ErrBrowserGone):
			return nil, err
		case err == nil, errors.As(err, new(*noDocument)):
			n = 2
		default:
			b.cfg.Logger.Debug("attempt gave no picture", "url", req.URL, "attempt", n, "error", err)
		}
	}
	c.Settled.Took, c.Settled.FixedClock = time.Since(began), told
	b.finish(c, eng, head, err)
	return c, nil
}

// finish adds what does not depend on the page.
func (b *Browser) finish(c *capture.Capture, eng *engine, head map[string]string, err error) {
	c.Browser = eng.product
	c.TakenAt = b.cfg.Clock().UTC()
	if c.SeenAt.IsZero() {
		c.SeenAt = c.TakenAt
	}
	name(c)
	judge(c, head, err)
}
