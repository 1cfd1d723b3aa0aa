package browser

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"

	"github.com/defacecheck/defacecheck/capture"
)

// lazySteps bounds the scroll that wakes pictures which load when they come
// into view: 24 windows of 768 rows are a little more than DefaultRows.
const lazySteps = 24

// wake scrolls through the page once, so that what loads on sight loads, returns
// to the top, and goes from there to the place asked for, as a reader would: bars
// that shrink, hide or stick as the page moves do so by scripts, which stop before
// the photograph.
func (v *visit) wake(ctx context.Context) error {
	size, err := v.size(ctx)
	if err != nil {
		return err
	}
	window := v.req.Viewport.Height
	rows := min(size.rows, v.cfg.Budgets.Rows)
	if rows <= window {
		return nil // there is nowhere to go
	}
	for y, n := window, 0; y < rows && n < lazySteps; y, n = y+window, n+1 {
		if err := v.pass(ctx, y); err != nil {
			return err
		}
	}
	if err := v.arrive(ctx, 0); err != nil || v.req.ScrollY == 0 {
		return err
	}
	if v.req.Another {
		// Bars that hide on the way down show on the way up.
		if err := v.arrive(ctx, v.req.ScrollY+window/2); err != nil {
			return err
		}
	}
	return v.arrive(ctx, v.req.ScrollY)
}

// painted resolves when the page has painted twice: its scripts have been told of
// the scroll by then, and what they changed is on the screen.
const painted = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`

// pass scrolls to a place and stays for a frame or two, without which a script that waits
// for something to come into view is not told of it.
func (v *visit) pass(ctx context.Context, y int) error {
	if err := v.scroll(ctx, y); err != nil {
		return err
	}
	if !v.scripts {
		return pause(ctx, pollEvery)
	}
	return v.answered(ctx, painted, passIn)
}

// arrive scrolls and lets the page's scripts answer to it. A page that is too
// busy to paint, or goes elsewhere meanwhile, is photographed as it is.
func (v *visit) arrive(ctx context.Context, y int) error {
	if err := v.scroll(ctx, y); err != nil || !v.scripts {
		return err
	}
	return v.answered(ctx, painted, answerIn)
}

// answered waits for a promise, for so long at most.
func (v *visit) answered(ctx context.Context, promise string, atMost time.Duration) error {
	brief, cancel := context.WithTimeout(ctx, atMost)
	defer cancel()
	var done bool
	if err := v.evaluate(brief, promise, true, &done); errors.Is(err, capture.ErrBrowserGone) {
		return err
	}
	return ctx.Err()
}

// rested resolves when the page's scripts move nothing any more from frame to frame;
// steady.js answers, and where it cannot, it resolves at once.
const rested = `new Promise(done => {
	addEventListener('defacecheck-rested', () => done(true), {once: true});
	if (dispatchEvent(new Event('defacecheck-rest', {cancelable: true}))) done(true);
})`

// rest waits until what scripts move is at its end: a chart that is half drawn would
// differ from itself. A page that never rests is photographed as it is.
func (v *visit) rest(ctx context.Context) error {
	if !v.scripts {
		return nil
	}
	return v.answered(ctx, rested, restIn)
}

func (v *visit) scroll(ctx context.Context, y int) error {
	return v.evaluate(ctx, fmt.Sprintf("window.scrollTo({left: 0, top: %d, behavior: 'instant'})", y), false, nil)
}

// extent is the size of the document in CSS pixels.
type extent struct{ columns, rows int }

func (v *visit) size(ctx context.Context) (extent, error) {
	m, err := cdp.Call(ctx, v.page, page.GetLayoutMetrics, cdp.Empty{})
	if err != nil {
		return extent{}, err
	}
	if m.CSSContentSize == nil {
		return extent{}, fmt.Errorf("measure page: %w", capture.ErrMalformed)
	}
	clamp := func(f float64) int { return int(math.Ceil(max(0, min(f, 1<<30)))) }
	return extent{clamp(m.CSSContentSize.Width), clamp(m.CSSContentSize.Height)}, nil
}

// shootFirst photographs the window at the scroll asked for, and leaves it at the
// top.
func (v *visit) shootFirst(ctx context.Context, c *capture.Capture) error {
	if err := v.scroll(ctx, v.req.ScrollY); err != nil {
		return err
	}
	shot, err := v.shot(ctx, page.CaptureScreenshotParams{})
	if err != nil {
		return err
	}
	c.First = shot
	if v.req.ScrollY == 0 {
		return nil
	}
	return v.scroll(ctx, 0)
}

// shootAll photographs the document from its top to its end or to the row
// limit. A document that fits the window has been photographed already.
func (v *visit) shootAll(ctx context.Context, c *capture.Capture) error {
	view := v.req.Viewport
	rows := min(c.PageHeight, v.cfg.Budgets.Rows)
	c.Clipped = c.PageHeight > rows
	if rows <= view.Height && v.req.ScrollY == 0 {
		c.FullPage = c.First
		return nil
	}
	shot, err := v.shot(ctx, page.CaptureScreenshotParams{CaptureBeyondViewport: new(true),
		Clip: &page.Viewport{Width: float64(view.Width), Height: float64(max(rows, view.Height)), Scale: 1}})
	if err != nil {
		return err
	}
	c.FullPage = shot
	return nil
}

func (v *visit) shot(ctx context.Context, params page.CaptureScreenshotParams) ([]byte, error) {
	params.Format = page.CaptureScreenshotFormatPng
	params.OptimizeForSpeed = new(true)
	res, err := cdp.Call(ctx, v.page, page.CaptureScreenshot, params)
	if err != nil {
		return nil, err
	}
	if len(res.Data) == 0 {
		return nil, fmt.Errorf("photograph page: empty picture: %w", capture.ErrMalformed)
	}
	return res.Data, nil
}
