package browser

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// attempt sees the page once. The capture is never nil: without a picture it
// holds what is known nevertheless. The headers are those of the document, with
// lower-case names.
func (b *Browser) attempt(ctx context.Context, eng *engine, req capture.Request, scripts bool, clock time.Time) (*capture.Capture, map[string]string, error) {
	c := &capture.Capture{URL: req.URL, Origin: capture.Origin{Kind: capture.Live, Name: "live web"}, Viewport: req.Viewport}
	gate := b.cfg.Gateway
	if req.Source != nil {
		c.Origin = capture.Origin{Kind: capture.Archive, Name: req.Source.Name()}
		gate = b.seal
	}
	c.Settled.ScriptsOff = !scripts
	way, err := openRoad(ctx, gate, req.Source == nil)
	if err != nil {
		return c, nil, err
	}
	defer way.close()
	v, err := openVisit(ctx, &visit{cfg: b.cfg, eng: eng, req: req, road: way, scripts: scripts, clock: clock,
		log: b.cfg.Logger.With("url", req.URL, "scripts", scripts)})
	if errors.Is(err, capture.ErrTimeout) {
		// A browser that cannot open an empty tab has had enough of some page.
		b.cfg.Logger.Warn("browser does not open tabs any more", "url", req.URL)
		eng.proc.kill()
		err = fmt.Errorf("%w: %w", capture.ErrBrowserGone, err)
	}
	if err != nil {
		return c, nil, err
	}
	err = v.run(c)
	if err == nil {
		v.awaitBodies()
	} else if !errors.As(err, new(*noDocument)) {
		v.smash()
	}
	v.close()
	if own := v.report(c); own != nil && (err == nil || errors.As(err, new(*noDocument))) {
		err = &noDocument{fmt.Errorf("open %s: %w", capture.Redact(req.URL), own)}
		c.First, c.FullPage = nil, nil
	}
	return c, v.rec.documentHeader(), err
}

// run takes the visit through its phases. Every error but that of a page that
// never came means that there is no picture.
func (v *visit) run(c *capture.Capture) error {
	b := v.cfg.Budgets
	if v.req.Source != nil {
		b.Navigate, b.Settle = b.Archive, b.Archive
	}
	if err := v.phase("navigate", b.Navigate, v.navigate); err != nil {
		return err
	}
	settle, cancel := context.WithTimeout(v.ctx, b.Settle)
	defer cancel()
	err := v.phase("settle", b.Settle, func(context.Context) error { return v.settle(settle, &c.Settled) })
	if err != nil {
		return err
	}
	if err := v.phase("wake", 2*b.Freeze, v.wake); err != nil && (v.ctx.Err() != nil || !errors.Is(err, capture.ErrTimeout)) {
		return err // a page that was not woken to its end in time is photographed as it is
	}
	if err := v.resettle(settle, &c.Settled); err != nil {
		return v.why(err)
	}
	if err := v.phase("rest", b.Freeze, v.rest); err != nil && (v.ctx.Err() != nil || !errors.Is(err, capture.ErrTimeout)) {
		return err
	}
	if err := v.phase("freeze", b.Freeze, v.freeze); err != nil {
		return err
	}
	return v.take(c)
}

// resettle waits for what the scroll has woken, within what is left of the
// time to settle.
func (v *visit) resettle(ctx context.Context, out *capture.Settlement) error {
	if _, silent := v.rec.quiet(0); silent {
		return nil
	}
	return v.settle(ctx, out)
}

// take measures, photographs and reads the frozen page.
func (v *visit) take(c *capture.Capture) error {
	b := v.cfg.Budgets
	err := v.phase("measure", b.Freeze, func(ctx context.Context) error {
		size, err := v.size(ctx)
		c.PageHeight = size.rows
		return err
	})
	if err != nil {
		return err
	}
	if err := v.phase("shoot window", b.Shoot, func(ctx context.Context) error { return v.shootFirst(ctx, c) }); err != nil {
		return err
	}
	if v.req.Source == nil {
		c.SeenAt = v.cfg.Clock().UTC()
	}
	if v.req.FullPage {
		if err := v.phase("shoot page", b.Shoot, func(ctx context.Context) error { return v.shootAll(ctx, c) }); err != nil {
			return err
		}
	}
	return v.phase("read", b.Read, func(ctx context.Context) error { return v.read(ctx, c) })
}

// awaitBodies gives bodies that are being read the time that reading has.
func (v *visit) awaitBodies() {
	ctx, cancel := context.WithTimeout(v.ctx, v.cfg.Budgets.Read)
	defer cancel()
	for v.rec.bodiesLeft() > 0 && pause(ctx, pollEvery) == nil {
	}
}

func (r *recorder) bodiesLeft() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bodies
}
