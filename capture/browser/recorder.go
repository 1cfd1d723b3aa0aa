package browser

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"

	"github.com/defacecheck/defacecheck/capture"
)

// exchange is a request on its way.
type exchange struct {
	capture.Exchange
	loader   cdp.LoaderID
	main     bool // the navigation of the main frame
	pending  bool
	secure   *network.SecurityDetails
	answered bool  // by the archive, whatever the answer
	cause    error // why the archive did not answer
}

// recorder is what a visit knows of its page. Its methods are called from the
// event loop and read from the phases.
type recorder struct {
	limits Budgets

	mu        sync.Mutex
	exchanges []*exchange
	// Requests are told of by the session that began them and finished in the
	// one that they began (a worker's script); the browser's numbers are unique.
	current  map[network.RequestID]*exchange
	early    map[hop]*exchange // answered before they were told of
	dropped  int
	pending  int
	active   time.Time // when the network last did something
	frame    cdp.FrameID
	loader   cdp.LoaderID // of the committed document
	url      string       // of the committed document
	commits  int
	isLoaded bool
	frozen   bool
	bodies   int // bodies being read
	dialogs  []capture.Dialog
	asked    int
	children map[string]int
	kept     int64 // bytes of bodies
}

func newRecorder(b Budgets) *recorder {
	return &recorder{limits: b, current: make(map[network.RequestID]*exchange),
		early: make(map[hop]*exchange), children: make(map[string]int), active: time.Now()}
}

// sent records a request, and the response that sent it elsewhere if it is
// the next hop of a redirect.
func (r *recorder) sent(e *network.EventRequestWillBeSent) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.current[e.RequestID]; old != nil {
		if e.RedirectResponse == nil {
			return // a frame's document, told of by its page and by itself
		}
		old.answer(e.RedirectResponse)
		r.settle(old)
	}
	x := r.expected(e)
	if x == nil {
		r.dropped++
		return
	}
	x.loader, x.pending = e.LoaderID, !endless(e.Type)
	x.Method, x.Type, x.ReqHeader = e.Request.Method, string(e.Type), headers(e.Request.Headers)
	x.Started = seconds(float64(e.WallTime))
	x.main = e.Type == network.ResourceTypeDocument && string(e.RequestID) == string(e.LoaderID) &&
		(r.frame == "" || e.FrameID == r.frame)
	r.current[e.RequestID] = x
	if x.pending {
		r.pending++
	}
	r.active = time.Now()
}

// expected returns the exchange that an answer has been prepared for, or a new
// one, or nil when there are too many. The caller holds the lock.
func (r *recorder) expected(e *network.EventRequestWillBeSent) *exchange {
	at := hop{e.RequestID, e.Request.URL}
	if x := r.early[at]; x != nil {
		delete(r.early, at)
		return x
	}
	if len(r.exchanges) >= r.limits.Requests {
		return nil
	}
	x := &exchange{Exchange: capture.Exchange{URL: shown(e.Request.URL)}}
	r.exchanges = append(r.exchanges, x)
	return x
}

// maxInline is how much of a data URL is remembered: its type and no more than
// a glimpse of its content, which can be megabytes.
const maxInline = 100

func isInline(url string) bool {
	return strings.HasPrefix(url, "data:") || strings.HasPrefix(url, "blob:")
}

func shown(url string) string {
	if isInline(url) {
		return clip(url, maxInline)
	}
	return url
}

// endless reports whether requests of this type are meant to stay open, or do
// not change what the page looks like: nobody waits for them.
func endless(t network.ResourceType) bool {
	switch t {
	case network.ResourceTypeEventSource, network.ResourceTypeWebSocket, network.ResourceTypeMedia,
		network.ResourceTypePing, network.ResourceTypePrefetch, network.ResourceTypeCSPViolationReport:
		return true
	}
	return false
}

func (r *recorder) received(e *network.EventResponseReceived) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if x := r.current[e.RequestID]; x != nil {
		x.answer(e.Response)
		if x.Type == "" {
			x.Type = string(e.Type)
		}
	}
	r.active = time.Now()
}

// answer copies the facts of a response.
func (x *exchange) answer(resp *network.Response) {
	x.Status = int(resp.Status)
	x.MIME = resp.MimeType
	x.Header = headers(resp.Headers)
	x.Bytes = int64(resp.EncodedDataLength)
	x.secure = resp.SecurityDetails
}

// settle marks an exchange as done.
func (r *recorder) settle(x *exchange) {
	if x.pending {
		x.pending = false
		r.pending--
	}
	r.active = time.Now()
}

func (r *recorder) finished(e *network.EventLoadingFinished) *exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.current[e.RequestID]
	if x != nil {
		x.Bytes = int64(e.EncodedDataLength)
		r.settle(x)
	}
	return x
}

func (r *recorder) failed(e *network.EventLoadingFailed) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if x := r.current[e.RequestID]; x != nil {
		if x.Failed == "" {
			x.Failed = e.ErrorText
		}
		if e.BlockedReason != "" {
			x.Failed += " (" + string(e.BlockedReason) + ")"
		}
		r.settle(x)
	}
}

func (r *recorder) socket(e *network.EventWebSocketCreated) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.exchanges) < r.limits.Requests {
		r.exchanges = append(r.exchanges, &exchange{Exchange: capture.Exchange{
			URL: e.URL, Method: "GET", Type: string(network.ResourceTypeWebSocket), Started: time.Now().UTC()}})
	}
}

func seconds(s float64) time.Time { return time.UnixMicro(int64(s * 1e6)).UTC() }

func headers(h network.Headers) map[string]string {
	out := make(map[string]string, len(h))
	for name, value := range h {
		out[name] = fmt.Sprint(value)
	}
	return out
}

// clip cuts s to at most n bytes, at a character's end.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}
