package browser

import (
	"context"
	"fmt"
	"strings"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture"
)

// engine is one running browser process and the connection to it.
type engine struct {
	proc    *process
	mux     *mux
	root    *chromedp.Browser // the browser itself: contexts and targets
	cancel  context.CancelFunc
	product string
	version string
	variant Variant
}

// startEngine launches the browser and waits for its first answer.
func startEngine(ctx context.Context, cfg Config, inst Installation) (*engine, error) {
	proc, err := spawn(cfg, inst)
	if err != nil {
		return nil, err
	}
	run, cancel := context.WithCancel(context.Background())
	e := &engine{proc: proc, cancel: cancel, version: inst.Version, variant: inst.Variant}
	e.mux = newMux(chromedp.NewPipeConn(proc.out, proc.in))
	quiet := func(format string, args ...any) { cfg.Logger.Debug(fmt.Sprintf(format, args...)) }
	e.root, err = chromedp.NewBrowserTransport(run, e.mux,
		chromedp.WithBrowserLogf(quiet), chromedp.WithBrowserErrorf(quiet))
	if err != nil {
		cancel()
		proc.kill()
		return nil, fmt.Errorf("talk to %s: %w", inst.Path, err)
	}
	if err := e.greet(ctx, cfg.Budgets.Launch); err != nil {
		e.stop(0)
		if ended := ctx.Err(); ended != nil {
			return nil, fmt.Errorf("start %s: %w", inst.Path, ended)
		}
		return nil, e.explain(inst, err)
	}
	return e, nil
}

// greet asks the version, which a browser answers once its sandbox is up.
func (e *engine) greet(ctx context.Context, budget time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	v, err := cdp.Call(ctx, e.root, cdpbrowser.GetVersion, cdp.Empty{})
	if err != nil {
		return err
	}
	e.product = strings.Replace(v.Product, "HeadlessChrome", "Chrome", 1)
	return nil
}

// sandboxWords are in Chrome's complaint when its sandbox is the trouble.
var sandboxWords = [...]string{"sandbox", "Sandbox", "namespace", "zygote"}

// explain turns a failed launch into an error that a person can act on.
func (e *engine) explain(inst Installation, err error) error {
	said := e.proc.complaint()
	for _, word := range sandboxWords {
		if strings.Contains(said, word) {
			return fmt.Errorf("start %s: %w: %s; allow unprivileged user namespaces "+
				"(sysctl kernel.unprivileged_userns_clone=1), or accept the risk with --no-sandbox",
				inst.Path, capture.ErrSandbox, said)
		}
	}
	return fmt.Errorf("start %s: %w: %w: it said: %s; %s", inst.Path, capture.ErrNoBrowser, err, said, howToInstall)
}

// alive reports whether the browser still answers.
func (e *engine) alive() bool {
	select {
	case <-e.root.LostConnection:
		return false
	case <-e.proc.exited:
		return false
	default:
		return true
	}
}

// stop asks the browser to leave within grace, then makes it leave. After
// stop no process, no profile and no goroutine of the engine is left.
func (e *engine) stop(grace time.Duration) {
	if grace > 0 && e.alive() {
		_ = e.mux.shutdown()
		ctx, cancel := context.WithTimeout(context.Background(), grace)
		_ = e.proc.wait(ctx)
		cancel()
	}
	e.proc.kill()
	<-e.root.LostConnection
	e.cancel()
}
