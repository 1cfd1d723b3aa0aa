package browser

import (
	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"

	"github.com/defacecheck/defacecheck/capture"
)

// event is one event and the session that it came from.
type event struct {
	from *session
	msg  cdproto.Message
}

// sink receives the events of the visit's sessions on the goroutine that reads
// the pipe. It must not wait: what does not fit into the queue ends the
// attempt instead of growing without a limit.
func (v *visit) sink(s *session, msg cdproto.Message) {
	switch msg.Method {
	case "Inspector.targetCrashed":
		s.end(capture.ErrCrashed)
		if s == v.page {
			v.fail(capture.ErrCrashed)
		}
		return
	case "Target.detachedFromTarget":
		v.eng.mux.watch(&msg)
		return
	}
	if handler(msg.Method) == nil {
		return
	}
	select {
	case v.events <- event{s, msg}:
	default:
		v.fail(errFlood)
	}
}

// handler returns what a visit does about the events of a method, or nil for
// those that it does not follow.
func handler(method cdproto.MethodType) func(*visit, event) {
	switch method {
	case "Network.requestWillBeSent":
		return on(func(v *visit, _ *session, e *network.EventRequestWillBeSent) { v.rec.sent(e) })
	case "Network.responseReceived":
		return on(func(v *visit, _ *session, e *network.EventResponseReceived) { v.rec.received(e) })
	case "Network.loadingFinished":
		return on((*visit).finished)
	case "Network.loadingFailed":
		return on(func(v *visit, _ *session, e *network.EventLoadingFailed) { v.rec.failed(e) })
	case "Network.webSocketCreated":
		return on(func(v *visit, _ *session, e *network.EventWebSocketCreated) { v.rec.socket(e) })
	case "Page.frameNavigated":
		return on((*visit).navigated)
	case "Page.lifecycleEvent":
		return on((*visit).lifecycle)
	case "Page.javascriptDialogOpening":
		return on((*visit).dialog)
	case "Target.attachedToTarget":
		return on((*visit).child)
	case "Fetch.requestPaused":
		return on((*visit).paused)
	case "Fetch.authRequired":
		return on((*visit).challenged)
	}
	return nil
}

// on decodes an event for its handler. An event that does not decode is an
// event of a newer Chrome and is passed over.
func on[E any](handle func(*visit, *session, *E)) func(*visit, event) {
	return func(v *visit, ev event) {
		var e E
		if jsonv2.Unmarshal(ev.msg.Params, &e) == nil {
			handle(v, ev.from, &e)
		}
	}
}

// loop handles the visit's events one after the other.
func (v *visit) loop() {
	for {
		select {
		case <-v.ctx.Done():
			return
		case ev := <-v.events:
			handler(ev.msg.Method)(v, ev)
		}
	}
}

// async runs a step that waits, beside the event loop, and forgets its error:
// the page or the request may be gone by then, which is no failure.
func (v *visit) async(what string, step func() error) {
	v.work.Go(func() {
		if err := step(); err != nil {
			v.log.Debug(what, "error", err)
		}
	})
}

func (v *visit) navigated(s *session, e *page.EventFrameNavigated) {
	if s == v.page && e.Frame.ParentID == "" {
		v.rec.committed(e.Frame)
	}
}

func (v *visit) lifecycle(s *session, e *page.EventLifecycleEvent) {
	if s == v.page && e.Name == "load" {
		v.rec.loaded(e.LoaderID)
	}
}

// dialog keeps what a dialog said and dismisses it. Leaving a page is always
// agreed to.
func (v *visit) dialog(s *session, e *page.EventJavascriptDialogOpening) {
	if v.rec.dialog(e) > v.cfg.Budgets.Patience {
		v.fail(errDialogs)
		return
	}
	v.async("dismiss dialog", func() error {
		_, err := cdp.Call(v.ctx, s, page.HandleJavaScriptDialog,
			page.HandleJavaScriptDialogParams{Accept: e.Type == page.DialogTypeBeforeunload})
		return err
	})
}
