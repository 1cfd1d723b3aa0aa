package browser

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"

	"github.com/defacecheck/defacecheck/capture"
)

// challenged answers a request for a password. The proxy gets its session's;
// a server gets none, so that its 401 page is what is seen.
func (v *visit) challenged(s *session, e *fetch.EventAuthRequired) {
	answer := &fetch.AuthChallengeResponse{Response: fetch.AuthChallengeResponseResponseCancelAuth}
	if e.AuthChallenge != nil && e.AuthChallenge.Source == fetch.AuthChallengeSourceProxy &&
		strings.HasSuffix(e.AuthChallenge.Origin, v.road.addr) && v.req.Source == nil {
		answer = &fetch.AuthChallengeResponse{
			Response: fetch.AuthChallengeResponseResponseProvideCredentials,
			Username: v.road.session.Username(), Password: v.road.session.Password()}
	}
	v.async("answer proxy", func() error {
		_, err := cdp.Call(v.ctx, s, fetch.ContinueWithAuth,
			fetch.ContinueWithAuthParams{RequestID: e.RequestID, AuthChallengeResponse: answer})
		return err
	})
}

// paused answers a request that was held up: from the archive, or with a
// refusal once the page is frozen.
func (v *visit) paused(s *session, e *fetch.EventRequestPaused) {
	switch {
	case v.rec.isFrozen():
		v.async("refuse request", func() error { return v.refuse(s, e, network.ErrorReasonAborted) })
	case v.req.Source == nil:
		v.async("let request go", func() error {
			_, err := cdp.Call(v.ctx, s, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: e.RequestID})
			return err
		})
	default:
		v.async("answer from archive", func() error { return v.replay(s, e) })
	}
}

func (v *visit) refuse(s *session, e *fetch.EventRequestPaused, why network.ErrorReason) error {
	_, err := cdp.Call(v.ctx, s, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: why})
	return err
}

// replay answers one request from the archive. Only reading can be replayed:
// anything but GET and HEAD is refused, as nothing has recorded its answer.
func (v *visit) replay(s *session, e *fetch.EventRequestPaused) error {
	key := e.NetworkID
	if e.Request.Method != http.MethodGet && e.Request.Method != http.MethodHead {
		v.rec.missing(key, e.Request.URL, e.ResourceType, capture.ErrNotArchived)
		return v.refuse(s, e, network.ErrorReasonFailed)
	}
	select {
	case v.turns <- struct{}{}:
		defer func() { <-v.turns }()
	case <-v.ctx.Done():
		return v.ctx.Err()
	}
	rec, err := v.req.Source.Fetch(v.ctx, e.Request.URL, v.req.At)
	if err != nil {
		v.rec.missing(key, e.Request.URL, e.ResourceType, err)
		return v.absent(s, e, err)
	}
	v.rec.replayed(key, e.Request.URL, e.ResourceType, rec, v.req.Bodies)
	return v.fulfil(s, e, rec)
}

// absent answers for what the archive lacks: a plain 404 without a body for a
// part of the page, a failed connection for the document, so that no error
// page of ours can be taken for the site's.
func (v *visit) absent(s *session, e *fetch.EventRequestPaused, why error) error {
	if e.ResourceType == network.ResourceTypeDocument || !errors.Is(why, capture.ErrNotArchived) {
		return v.refuse(s, e, network.ErrorReasonFailed)
	}
	return v.fulfil(s, e, &capture.Record{Status: http.StatusNotFound})
}

// fulfil hands a record to the browser.
func (v *visit) fulfil(s *session, e *fetch.EventRequestPaused, rec *capture.Record) error {
	body := rec.Body
	if body == nil {
		body = []byte{}
	}
	ctx, cancel := context.WithTimeout(v.ctx, v.cfg.Budgets.Settle)
	defer cancel()
	_, err := cdp.Call(ctx, s, fetch.FulfillRequest, fetch.FulfillRequestParams{
		RequestID: e.RequestID, ResponseCode: int64(rec.Status),
		ResponseHeaders: entries(rec.Header), Body: body})
	if err != nil {
		return errors.Join(err, v.refuse(s, e, network.ErrorReasonFailed))
	}
	return nil
}

// framing are the headers that describe how a body was transferred; the body
// is handed over decoded.
var framing = map[string]bool{
	"Content-Encoding": true, "Transfer-Encoding": true, "Content-Length": true,
	"Connection": true, "Keep-Alive": true, "Trailer": true, "Upgrade": true,
	"Strict-Transport-Security": true, // would send later requests elsewhere than recorded
}

// entries turns headers into the protocol's form, leaving out what does not
// survive it.
func entries(h http.Header) []*fetch.HeaderEntry {
	var out []*fetch.HeaderEntry
	for name, values := range h {
		if framing[http.CanonicalHeaderKey(name)] || !printable(name) {
			continue
		}
		for _, value := range values {
			if printable(value) {
				out = append(out, &fetch.HeaderEntry{Name: name, Value: value})
			}
		}
	}
	return out
}

// printable reports whether s can stand in a header: Chrome refuses the whole
// answer for one control character.
func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f || r == 0xfffd })
}
