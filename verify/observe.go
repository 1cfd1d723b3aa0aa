package verify

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// observe fills the case with sightings: it plans which captures to ask for,
// asks for them in a common window, finds out from the best of them in which
// window the picture was taken, asks again in that window, and compares.
//
// At most 1 + opts.Captures captures are asked for, each at most twice, opts.Versions older
// ones, and besides them at most align.MaxWidths + 3 to try windows, twice that where those
// nearest to the claimed time did not tell it, and one more live one to learn what
// varies by itself. Where the nearest do tell the window, the others are asked for in
// that window alone.
func observe(ctx context.Context, c *Case, w Witnesses, opts Options, watch *stopwatch) error {
	o := &observer{c: c, w: w, opts: opts, eye: newEye(c.Picture, c.Frame, opts.Shots)}
	for _, phase := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"ask the archives", o.plan},
		{"see the captures", o.first},
		{"fit the window and see them again", o.refit},
		{"look for the version it was made from", o.searchVersions},
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
	at      Span        // the claimed time, or now
	later   []subject   // what was not looked at yet, the nearest to it first
	windows window      // of the first pass
	window  *window     // in which what comes next is looked at; nil where the picture was found nowhere
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
		o.later = append(o.later, subject{})
	}
	if o.at = o.c.time(); o.at.IsZero() {
		o.at = Span{o.c.Claim.ReadAt, o.c.Claim.ReadAt}
	}
	for _, m := range capture.Bracket(tm, o.at.From, o.at.To, o.opts.Captures) {
		o.later = append(o.later, subject{&m})
	}
	slices.SortStableFunc(o.later, func(a, b subject) int { return cmp.Compare(o.away(a), o.away(b)) })
	o.total = len(o.later)
	o.c.Effort.Captures = len(o.later)
	return nil
}

// away is how far from the claimed time a subject was seen.
func (o *observer) away(s subject) time.Duration {
	seen := o.c.Claim.ReadAt
	if s.memento != nil {
		seen = s.memento.At
	}
	return max(0, o.at.From.Sub(seen), seen.Sub(o.at.To))
}

// firstLooks is how many subjects are looked at before the window is looked for: the
// claim is most likely about what one of those shows.
const firstLooks = 3

// first looks at what lies nearest to the claimed time, in a common window, and at
// all where the picture is not found there.
func (o *observer) first(ctx context.Context) error {
	o.windows = firstWindow(o.eye.size, o.eye.frame.Kind == frame.Phone)
	near := o.later
	if len(near) > firstLooks+1 {
		near = near[:firstLooks]
	}
	o.later = o.later[len(near):]
	if err := o.lookAt(ctx, near, o.windows); err != nil || o.bestLocated() != nil {
		return err
	}
	return o.lookAtLater(ctx, o.windows)
}

// lookAt looks at subjects in one window.
func (o *observer) lookAt(ctx context.Context, subjects []subject, win window) error {
	seen := make([]*Sighting, len(subjects))
	err := o.each(ctx, len(subjects), func(ctx context.Context, i int) error {
		s, err := o.look(ctx, subjects[i], win)
		seen[i] = s
		return err
	})
	o.c.Sightings = append(o.c.Sightings, seen...)
	return err
}

// lookAtLater looks at what was not looked at yet.
func (o *observer) lookAtLater(ctx context.Context, win window) error {
	later := o.later
	o.later = nil
	return o.lookAt(ctx, later, win)
}

// refit asks again for the captures in the window that the picture was taken in, and
// for those that were not looked at yet.
func (o *observer) refit(ctx context.Context) error {
	win, fitted, err := o.findWindow(ctx)
	if err != nil {
		return err
	}
	if len(o.later) > 0 && !(fitted != nil && win.full && fitted.tellsWindow()) {
		if win, fitted, err = o.askAll(ctx, win, fitted); err != nil {
			return err
		}
	}
	if fitted == nil {
		return nil
	}
	windowFor := win.scrolledFor
	if fitted.explained() {
		windowFor = func(*Sighting) window { return fitted.own() }
	}
	again := filter(o.c.Sightings, func(s *Sighting) bool {
		return s.Capture.Validity == capture.OK && !s.takenIn(windowFor(s))
	})
	o.addTotal(len(again))
	if err := o.each(ctx, len(again), func(ctx context.Context, i int) error {
		s, err := o.look(ctx, subject{again[i].Memento}, windowFor(again[i]))
		if err == nil && s.Capture.Validity == capture.OK && !s.account.spoils(again[i].account) {
			*again[i] = *s
		}
		return err
	}); err != nil {
		return err
	}
	win = windowFor(fitted)
	o.window = &win
	return o.lookAtLater(ctx, win)
}

// askAll looks at what was not looked at yet, in the window that was found so far, and
// looks for the window again if the picture was found more surely there.
func (o *observer) askAll(ctx context.Context, win window, fitted *Sighting) (window, *Sighting, error) {
	if fitted != nil {
		first := scaleOf(o.windows.view)
		o.windows = window{view: win.view, full: true}
		o.windows.view.Scale = min(scaleOf(win.view), first)
	}
	seen := len(o.c.Sightings)
	if err := o.lookAtLater(ctx, o.windows); err != nil {
		return window{}, nil, err
	}
	if fitted != nil && !slices.Contains(o.c.Sightings[seen:], o.bestLocated()) {
		return win, fitted, nil
	}
	return o.findWindow(ctx)
}

// takenIn says whether the sighting was taken in such a window already.
func (s *Sighting) takenIn(win window) bool {
	return s.Capture.Viewport == win.view && s.scroll == win.scroll && (s.Capture.FullPage != nil || !win.full)
}

// tellsWindow says whether the picture agrees with the sighting so clearly that no other
// capture need be asked what window it was taken in.
func (s *Sighting) tellsWindow() bool {
	return s.account.consistent && s.Match.Agreement >= clearlyAgrees
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
