package browser

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"

	"github.com/defacecheck/defacecheck/capture"
)

// visit is one attempt at one page: a fresh browser context with one tab, a
// road of its own, and the record of what happened.
type visit struct {
	cfg     Config
	eng     *engine
	req     capture.Request
	road    road
	scripts bool
	clock   time.Time // what the page is told the time is
	log     *slog.Logger

	ctx    context.Context
	fail   context.CancelCauseFunc // gives the attempt up
	box    cdp.BrowserContextID
	tab    target.ID
	page   *session
	events chan event
	work   sync.WaitGroup // event loop and everything it started
	turns  chan struct{}  // how many archive look-ups and body reads run at once
	rec    *recorder
	began  time.Time
}

// Why an attempt is given up.
var (
	errDialogs = errors.New("the page opens one dialog after the other")
	errFlood   = errors.New("the page makes more events than are worth following")
)

const (
	eventQueue = 16384 // an ordinary page makes 500 to 3,000 events
	lookups    = 6     // as many as a browser's connections to one host
)

// openVisit makes the context and the tab, ready to navigate.
func openVisit(ctx context.Context, v *visit) (*visit, error) {
	v.ctx, v.fail = context.WithCancelCause(ctx)
	v.events = make(chan event, eventQueue)
	v.turns = make(chan struct{}, lookups)
	v.began = time.Now()
	v.rec = newRecorder(v.cfg.Budgets)
	v.work.Go(v.loop)
	if err := v.phase("open tab", v.cfg.Budgets.Open, v.open); err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

func (v *visit) open(ctx context.Context) error {
	yes := true
	made, err := cdp.Call(ctx, v.eng.root, target.CreateBrowserContext, target.CreateBrowserContextParams{
		DisposeOnDetach: &yes, ProxyServer: "http://" + v.road.addr, ProxyBypassList: "<-loopback>"})
	if err != nil {
		return err
	}
	v.box = made.BrowserContextID
	if err := v.forbid(ctx); err != nil {
		return err
	}
	newWindow := v.eng.variant == Full
	tab, err := cdp.Call(ctx, v.eng.root, target.CreateTarget, target.CreateTargetParams{
		URL: "about:blank", BrowserContextID: v.box, NewWindow: &newWindow,
		Width: int64(v.req.Viewport.Width), Height: int64(v.req.Viewport.Height)})
	if err != nil {
		return err
	}
	v.tab = tab.TargetID
	at, err := cdp.Call(ctx, v.eng.root, target.AttachToTarget, target.AttachToTargetParams{TargetID: v.tab, Flatten: &yes})
	if err != nil {
		return err
	}
	v.page = v.eng.mux.adopt(at.SessionID, v.sink)
	return v.prepare(ctx)
}

// forbid denies downloads in the visit's context. Permissions are denied by a
// switch for the whole browser.
func (v *visit) forbid(ctx context.Context) error {
	_, err := cdp.Call(ctx, v.eng.root, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior: cdpbrowser.SetDownloadBehaviorBehaviorDeny, BrowserContextID: v.box})
	if err != nil {
		return err
	}
	return err
}

// crashGrace is how long a stuck renderer gets to die; it takes 0.1 s.
const crashGrace = 2 * time.Second

// smash kills the renderer of a page that is stuck. Without it the browser
// waits for the page when its context is disposed of, and with it all other
// tabs: a page with 200 busy workers held everything up for ten seconds.
func (v *visit) smash() {
	if v.page == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), crashGrace)
	defer cancel()
	if _, err := cdp.Call(ctx, v.page, page.Crash, cdp.Empty{}); err != nil {
		v.log.Debug("end stuck renderer", "error", err)
	}
}

// close disposes of the context, which closes the tab without asking the page,
// and waits for everything that the visit started.
func (v *visit) close() {
	began := time.Now()
	defer func() { v.log.Debug("phase", "name", "close", "took", time.Since(began)) }()
	v.fail(context.Canceled)
	if v.box != "" {
		ctx, cancel := context.WithTimeout(context.Background(), v.cfg.Budgets.Close)
		defer cancel()
		_, err := cdp.Call(ctx, v.eng.root, target.DisposeBrowserContext,
			target.DisposeBrowserContextParams{BrowserContextID: v.box})
		if err != nil {
			v.log.Debug("dispose of browser context", "error", err)
		}
	}
	if v.page != nil {
		v.eng.mux.detach(v.page.id)
	}
	v.work.Wait()
}

// why prefers the cause of the attempt's end to the error it showed up as.
func (v *visit) why(err error) error {
	if err == nil || errors.Is(err, capture.ErrBrowserGone) {
		return err
	}
	if !v.eng.alive() {
		return fmt.Errorf("%w: %w", capture.ErrBrowserGone, err)
	}
	if v.ctx.Err() != nil {
		if cause := context.Cause(v.ctx); cause != nil {
			return cause
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", capture.ErrTimeout, err)
	}
	return err
}

// phase runs one step of the visit within its budget.
func (v *visit) phase(name string, budget time.Duration, step func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(v.ctx, budget)
	defer cancel()
	start := time.Now()
	err := step(ctx)
	v.log.Debug("phase", "name", name, "took", time.Since(start), "error", err)
	if err != nil {
		return fmt.Errorf("%s: %w", name, v.why(err))
	}
	return nil
}
