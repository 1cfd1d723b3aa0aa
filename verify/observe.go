package verify

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/capture"
)

// observe fills the case with sightings: it plans which captures to ask for,
// asks for them in a common window, finds out from the best of them in which
// window the picture was taken, asks again in that window, and compares.
//
// At most 1 + opts.Captures captures are asked for, each at most twice, and
// besides them at most align.MaxWidths + 3 to try windows and one more live one to
// learn what varies by itself.
func observe(ctx context.Context, c *Case, w Witnesses, opts Options, watch *stopwatch) error {
	o := &observer{c: c, w: w, opts: opts, eye: newEye(c.Picture, c.Frame)}
	for _, phase := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"ask the archives", o.plan},
		{"see the captures", o.first},
		{"fit the window and see them again", o.refit},
		{"learn what varies", o.learnVariation},
		{"tell versions apart", o.tellVersionsApart},
	} {
		if err := phase.do(ctx); err != nil {
			return err
		}
		watch.lap(phase.name)
	}
	byTime(c.Sightings)
	return nil
}

// observer is the state of the work on one case.
type observer struct {
	c       *Case
	w       Witnesses
	opts    Options
	eye     *eye
	wanted  []subject
	windows window      // of the first pass
	tried   []*Sighting // the renderings that the window was looked for with

	mu          sync.Mutex
	done, total int
}

// subject is one thing to look at: the live page, or a memento.
type subject struct {
	memento *capture.Memento
}

func (o *observer) plan(ctx context.Context) error {
	var tm capture.TimeMap
	tm, o.c.Troubles = o.w.TimeMap(ctx, o.c.Claim.URL, time.Time{}, time.Time{})
	if err := ctx.Err(); err != nil {
		return err
	}
	o.c.TimeMap = tm
	if o.opts.Live {
		o.wanted = append(o.wanted, subject{})
	}
	at := o.c.time()
	if at.IsZero() {
		at = Span{o.c.Claim.ReadAt, o.c.Claim.ReadAt}
	}
	for _, m := range capture.Bracket(tm, at.From, at.To, o.opts.Captures) {
		o.wanted = append(o.wanted, subject{&m})
	}
	o.total = len(o.wanted)
	o.c.Effort.Captures = len(o.wanted)
	return nil
}

// first looks at everything that was planned, in a common window.
func (o *observer) first(ctx context.Context) error {
	o.windows = firstWindow(o.eye.size.X, o.eye.size.Y)
	o.c.Sightings = make([]*Sighting, len(o.wanted))
	return o.each(ctx, len(o.wanted), func(ctx context.Context, i int) error {
		s, err := o.look(ctx, o.wanted[i], o.windows)
		o.c.Sightings[i] = s
		return err
	})
}

// refit asks again for the captures in the window that the picture was taken in.
func (o *observer) refit(ctx context.Context) error {
	win, ok, err := o.findWindow(ctx)
	if err != nil || !ok {
		return err
	}
	again := filter(o.c.Sightings, func(s *Sighting) bool { return s.Capture.Validity == capture.OK })
	o.addTotal(len(again))
	return o.each(ctx, len(again), func(ctx context.Context, i int) error {
		s, err := o.look(ctx, subject{again[i].Memento}, win.scrolledFor(again[i]))
		if err == nil && s.Capture.Validity == capture.OK && !s.account.spoils(again[i].account) {
			*again[i] = *s
		}
		return err
	})
}

// look takes one capture and compares it. Captures run side by side, but only
// one is decoded and compared at a time: a page of full height takes 90 MB.
func (o *observer) look(ctx context.Context, what subject, win window) (*Sighting, error) {
	r := request(o.c.Claim.URL, win)
	got, err := o.take(ctx, what, r)
	if err != nil {
		return nil, err
	}
	o.step(describe(got))
	o.mu.Lock()
	defer o.mu.Unlock()
	s, err := o.eye.see(got, win.scroll)
	if err != nil {
		return nil, err
	}
	s.Memento = what.memento
	return s, nil
}

func (o *observer) take(ctx context.Context, what subject, r capture.Request) (*capture.Capture, error) {
	o.mu.Lock()
	o.c.Effort.Renderings++
	o.mu.Unlock()
	if what.memento == nil {
		return o.w.Live(ctx, r)
	}
	return o.w.Replay(ctx, *what.memento, r)
}

// each runs f for 0 to n-1, a bounded number at a time. The first error ends
// it; a context that ended is told as such and not as the error it caused.
func (o *observer) each(ctx context.Context, n int, f func(context.Context, int) error) error {
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(o.opts.Parallel)
	for i := range n {
		g.Go(func() error { return f(gctx, i) })
	}
	err := g.Wait()
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return errors.Join(ended, err)
	}
	return err
}

func (o *observer) step(what string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.done++
	o.opts.Progress(Step{Done: o.done, Total: o.total, What: what})
}

func (o *observer) addTotal(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.total += n
}

func describe(c *capture.Capture) string {
	if c.Origin.Kind == capture.Live {
		return "looked at the live page: " + string(c.Validity)
	}
	return "replayed the copy of " + moment(c.SeenAt) + ": " + string(c.Validity)
}
