package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
)

// child decides about a target that the page opened. It is paused until we
// let it go: frames and workers are watched first and then go on; windows are
// closed; service workers stay paused for ever, because the page is to be seen
// as its server sends it.
func (v *visit) child(_ *session, e *target.EventAttachedToTarget) {
	kind := e.TargetInfo.Type
	switch {
	case kind == "page":
		v.closeWindow(e.TargetInfo.TargetID)
		return
	case kind == "service_worker":
		return
	case kind == "iframe" && v.rec.child(kind) > v.cfg.Budgets.Children:
		return
	case kind != "iframe" && v.rec.child("worker") > v.cfg.Budgets.Workers:
		return
	}
	s := v.eng.mux.adopt(e.SessionID, v.sink)
	v.async("watch "+kind, func() error { return v.follow(s, kind) })
}

func (v *visit) closeWindow(id target.ID) {
	v.async("close window", func() error {
		_, err := cdp.Call(v.ctx, v.eng.root, target.CloseTarget, target.CloseTargetParams{TargetID: id})
		return err
	})
}

// follow watches a frame's or a worker's traffic as the page's own, then lets
// it run.
func (v *visit) follow(s *session, kind string) error {
	yes := true
	cmds := []command{v.watchNetwork(), v.intercept()}
	if kind == "iframe" {
		cmds = append(cmds,
			do(page.Enable, page.EnableParams{}),
			do(network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}))
		if v.scripts {
			cmds = append(cmds, do(page.AddScriptToEvaluateOnNewDocument,
				page.AddScriptToEvaluateOnNewDocumentParams{Source: v.steady()}))
		}
	}
	cmds = append(cmds,
		do(target.SetAutoAttach, target.SetAutoAttachParams{AutoAttach: true, WaitForDebuggerOnStart: true, Flatten: &yes}),
		do(runtime.RunIfWaitingForDebugger, cdp.Empty{}))
	ctx, cancel := context.WithTimeout(v.ctx, v.cfg.Budgets.Open)
	defer cancel()
	return s.batch(ctx, cmds...)
}
