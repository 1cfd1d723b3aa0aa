package browser

import (
	"context"
	"encoding/base64"

	"github.com/chromedp/cdproto/network"
)

// finished closes an exchange and, when bodies are wanted, reads the body
// while the browser still has it.
func (v *visit) finished(s *session, e *network.EventLoadingFinished) {
	x := v.rec.finished(e)
	if x == nil || !v.req.Bodies || v.req.Source != nil || int64(e.EncodedDataLength) > v.cfg.Budgets.Body {
		return
	}
	v.async("read body", func() error { return v.readBody(s, e.RequestID, x) })
}

func (v *visit) readBody(s *session, id network.RequestID, x *exchange) error {
	v.rec.reading(1)
	defer v.rec.reading(-1)
	ctx, cancel := context.WithTimeout(v.ctx, v.cfg.Budgets.Read)
	defer cancel()
	var got struct {
		Body   string `json:"body"`
		Base64 bool   `json:"base64Encoded"`
	}
	if err := s.Call(ctx, network.CommandGetResponseBody, network.GetResponseBodyParams{RequestID: id}, &got); err != nil {
		return err
	}
	body := []byte(got.Body)
	if got.Base64 {
		var err error
		if body, err = base64.StdEncoding.DecodeString(got.Body); err != nil {
			return err
		}
	}
	v.rec.keep(x, body)
	return nil
}

// reading counts the bodies on their way, which the end of a visit waits for.
func (r *recorder) reading(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies += n
}

func (r *recorder) keep(x *exchange, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.room(int64(len(body))) {
		x.Body = body
	}
}
