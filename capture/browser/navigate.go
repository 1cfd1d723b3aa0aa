package browser

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"

	"github.com/defacecheck/defacecheck/capture"
)

// noDocument is why no document arrived. It is a finding about the page, not
// a failure of ours.
type noDocument struct{ err error }

func (e *noDocument) Error() string { return e.err.Error() }
func (e *noDocument) Unwrap() error { return e.err }

// navigate goes to the page and waits until its document begins to arrive.
func (v *visit) navigate(ctx context.Context) error {
	res, err := cdp.Call(ctx, v.page, page.Navigate, page.NavigateParams{URL: v.req.URL})
	switch {
	case err != nil && v.rec.hasDocument():
		return nil // slow to say so, but there is something to look at
	case errors.Is(err, context.DeadlineExceeded) && v.ctx.Err() == nil:
		return &noDocument{v.netError("net::ERR_TIMED_OUT")}
	case err != nil:
		return err
	case res.IsDownload:
		return &noDocument{fmt.Errorf("open %s: the server sends a file to be saved, not a page: %w", capture.Redact(v.req.URL), capture.ErrMalformed)}
	case res.ErrorText != "":
		return &noDocument{v.netError(res.ErrorText)}
	}
	return v.untilCommitted(ctx)
}

// untilCommitted waits for the event of a commit that the command has already
// been told of.
func (v *visit) untilCommitted(ctx context.Context) error {
	for !v.rec.hasDocument() {
		if err := pause(ctx, pollEvery); err != nil {
			return err
		}
	}
	return nil
}

// netErrors maps the network stack's words to the errors that callers know.
// The order matters: the first match counts.
var netErrors = [...]struct {
	word string
	err  error
}{
	{"ERR_TOO_MANY_REDIRECTS", capture.ErrRedirects},
	{"ERR_CERT_", capture.ErrTLS}, {"ERR_SSL_", capture.ErrTLS}, {"ERR_BAD_SSL", capture.ErrTLS},
	{"ERR_TIMED_OUT", capture.ErrTimeout}, {"ERR_CONNECTION_TIMED_OUT", capture.ErrTimeout},
	{"ERR_NAME_", capture.ErrNoHost},
	{"ERR_UNSAFE_PORT", capture.ErrRefused}, {"ERR_BLOCKED_BY_", capture.ErrRefused},
	{"ERR_INVALID_URL", capture.ErrBadURL}, {"ERR_UNKNOWN_URL_SCHEME", capture.ErrBadURL},
	{"ERR_INVALID_", capture.ErrMalformed}, {"ERR_CONTENT_", capture.ErrMalformed},
	{"ERR_RESPONSE_HEADERS_", capture.ErrMalformed}, {"ERR_INCOMPLETE_", capture.ErrMalformed},
	{"ERR_HTTP2_", capture.ErrMalformed},
}

// netError names the failure of a navigation. For a live page the gateway
// knows better than the browser, which sees nothing but a proxy that declines;
// for an archived one the archive does.
func (v *visit) netError(text string) error {
	url := v.rec.lastDocument(v.req.URL)
	if cause := v.rec.archiveCause(); cause != nil {
		return fmt.Errorf("open %s: %w", capture.Redact(v.req.URL), cause)
	}
	if v.req.Source == nil && !strings.Contains(text, "ERR_CERT_") && !strings.Contains(text, "ERR_TOO_MANY") {
		if err := v.road.failure(url); err != nil {
			return fmt.Errorf("open %s: %w", capture.Redact(v.req.URL), err)
		}
	}
	for _, known := range netErrors {
		if strings.Contains(text, known.word) {
			return fmt.Errorf("open %s: %w (%s)", capture.Redact(v.req.URL), known.err, text)
		}
	}
	return fmt.Errorf("open %s: %w (%s)", capture.Redact(v.req.URL), capture.ErrConnect, text)
}

func (r *recorder) hasDocument() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.commits > 0 && !strings.HasPrefix(r.url, "chrome-error:") && r.url != "about:blank"
}

// lastDocument returns the last address that the main frame was sent to.
func (r *recorder) lastDocument(asked string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := len(r.exchanges) - 1; i >= 0; i-- {
		if r.exchanges[i].main {
			return r.exchanges[i].URL
		}
	}
	return asked
}

// archiveCause returns why the archive did not answer for the document.
func (r *recorder) archiveCause() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := len(r.exchanges) - 1; i >= 0; i-- {
		if x := r.exchanges[i]; x.main {
			return x.cause
		}
	}
	return nil
}

// pause waits for d or for the end of ctx.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
