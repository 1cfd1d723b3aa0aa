package browser

import (
	"context"
	_ "embed"
	"errors"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"

	"github.com/defacecheck/defacecheck/capture"
)

// settle waits until the page has loaded, the network is quiet, and fonts and
// pictures are ready, or until ctx ends. A page that does not come
// to rest is photographed as it is, and the settlement says so.
func (v *visit) settle(ctx context.Context, out *capture.Settlement) error {
	err := v.untilQuiet(ctx)
	if err == nil {
		err = v.untilDecoded(ctx)
	}
	if err == nil {
		// A page's scripts may have asked for more when its pictures arrived.
		err = v.untilQuiet(ctx)
	}
	out.Loaded, out.Quiet = v.rec.quiet(0)
	out.Quiet = out.Quiet && err == nil
	out.Stopped = err != nil
	if v.ctx.Err() != nil || errors.Is(err, capture.ErrBrowserGone) {
		return err
	}
	return nil
}

func (v *visit) untilQuiet(ctx context.Context) error {
	for {
		loaded, silent := v.rec.quiet(v.cfg.Budgets.Quiet)
		if loaded && silent {
			return nil
		}
		if err := pause(ctx, pollEvery); err != nil {
			return err
		}
	}
}

// decodedScript resolves when fonts are there and pictures can be painted.
// Lazy pictures are told to load now.
//
//go:embed decoded.js
var decodedScript string

func (v *visit) untilDecoded(ctx context.Context) error {
	if !v.scripts {
		return nil // promises do not run in a page without scripts
	}
	var done bool
	return v.evaluate(ctx, decodedScript, true, &done)
}

// freeze stops the page for good: nothing loads, no script runs, nothing
// moves. The order matters: first no request may leave, so that nothing can
// navigate away; then loading stops; then scripts.
func (v *visit) freeze(ctx context.Context) error {
	v.rec.freeze()
	cmds := []command{
		do(fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}}),
		do(target.SetAutoAttach, target.SetAutoAttachParams{AutoAttach: false, Flatten: new(true)}),
	}
	if loaded, silent := v.rec.quiet(0); !loaded || !silent {
		cmds = append(cmds, do(page.StopLoading, cdp.Empty{}))
	}
	cmds = append(cmds, do(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	return v.page.batch(ctx, cmds...)
}
