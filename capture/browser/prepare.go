package browser

import (
	"context"
	_ "embed"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
)

// steadyScript runs in the page's own world before any of the page's scripts.
//
//go:embed steady.js
var steadyScript string

// world is the name of the isolated JavaScript world that our reading and
// styling happens in: the page's scripts cannot reach it.
const world = "defacecheck"

// prepare makes the tab ready before it sees the first byte of the page.
func (v *visit) prepare(ctx context.Context) error {
	view := v.req.Viewport
	yes := true
	scale := pick(view.Scale, 1)
	cmds := []command{
		do(page.Enable, page.EnableParams{}),
		do(inspector.Enable, cdp.Empty{}),
		v.watchNetwork(),
		do(page.SetLifecycleEventsEnabled, page.SetLifecycleEventsEnabledParams{Enabled: true}),
		do(network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}),
		do(network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: false}),
		do(target.SetAutoAttach, target.SetAutoAttachParams{AutoAttach: true, WaitForDebuggerOnStart: true, Flatten: &yes}),
		do(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(view.Width), Height: int64(view.Height), DeviceScaleFactor: scale, Mobile: view.Mobile}),
		do(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-reduced-motion", Value: "reduce"}, {Name: "prefers-color-scheme", Value: "light"}}}),
		do(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "UTC"}),
	}
	if view.Mobile {
		cmds = append(cmds,
			do(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true}),
			do(emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: UserAgent(v.eng.version, true)}))
	}
	if v.scripts {
		cmds = append(cmds, do(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: v.steady()}))
	} else {
		cmds = append(cmds, do(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	}
	cmds = append(cmds, v.intercept())
	return v.page.batch(ctx, cmds...)
}

// anotherShift is how far another visitor's random numbers lie from everybody
// else's, round the circle from 0 to 1: whoever picks one of two or more things
// by chance picks another. anotherDay is how far his clock is ahead: other in
// hour, day, weekday and month.
const (
	anotherShift = "0.5"
	anotherDay   = 32*24*time.Hour + 7*time.Hour
)

// steady returns the stabilising script with its clock set.
func (v *visit) steady() string {
	script := strings.ReplaceAll(steadyScript, "/*CLOCK*/0", strconv.FormatInt(v.clock.UnixMilli(), 10))
	if v.req.Another {
		script = strings.ReplaceAll(script, "/*SHIFT*/0", anotherShift)
	}
	return script
}

// watchNetwork turns network events on, with room for bodies only when they
// are wanted.
func (v *visit) watchNetwork() command {
	total, each := int64(1), int64(1)
	if v.req.Bodies {
		total, each = v.cfg.Budgets.Bodies, v.cfg.Budgets.Body
	}
	return do(network.Enable, network.EnableParams{MaxTotalBufferSize: &total, MaxResourceBufferSize: &each})
}

// intercept decides what of the tab's traffic passes through our hands. An
// archived page: everything, because we answer it. A live page: documents
// only, so that the proxy's question for a password can be answered; the
// answer is kept for the context, and everything else goes its way unhindered.
func (v *visit) intercept() command {
	if v.req.Source != nil {
		return do(fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}})
	}
	return do(fetch.Enable, fetch.EnableParams{HandleAuthRequests: new(true),
		Patterns: []*fetch.RequestPattern{{URLPattern: "*", ResourceType: network.ResourceTypeDocument}}})
}
