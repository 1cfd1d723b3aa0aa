package browser

import (
	"slices"
	"time"

	"github.com/chromedp/cdproto/network"

	"github.com/defacecheck/defacecheck/capture"
)

// freeze makes every later request be refused.
func (r *recorder) freeze() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.frozen = true
}

func (r *recorder) isFrozen() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.frozen
}

// hop is one request of a chain of redirects, which share their number.
type hop struct {
	id  network.RequestID
	url string
}

// exchangeOf returns the exchange of a request. The two events that tell of a
// request come from different processes in any order; if the other one is not
// there yet, or never comes (some workers' scripts), the exchange is made here
// and kept for it. The caller holds the lock.
func (r *recorder) exchangeOf(key network.RequestID, url string, as network.ResourceType) *exchange {
	if x := r.current[key]; x != nil && x.URL == url {
		return x
	}
	if x := r.early[hop{key, url}]; x != nil {
		return x
	}
	x := &exchange{Exchange: capture.Exchange{URL: url, Method: "GET", Type: string(as), Started: time.Now().UTC()}}
	if len(r.exchanges) < r.limits.Requests {
		r.exchanges = append(r.exchanges, x)
		r.early[hop{key, url}] = x
	}
	return x
}

// missing records that the archive did not answer a request.
func (r *recorder) missing(key network.RequestID, url string, as network.ResourceType, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.exchangeOf(key, url, as)
	x.answered, x.Missing, x.Failed, x.cause = true, true, why.Error(), why
}

// replayed records what the archive answered.
func (r *recorder) replayed(key network.RequestID, url string, as network.ResourceType, rec *capture.Record, bodies bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.exchangeOf(key, url, as)
	x.answered, x.MementoAt = true, rec.At
	if bodies && r.room(int64(len(rec.Body))) {
		x.Body = rec.Body
	}
}

// reconcile gives the archive's answers that no request was told of to the
// requests of the same address that no answer is known of: some pictures of
// style sheets are told of under another number than they were answered under.
// The caller holds the lock.
func (r *recorder) reconcile() {
	waiting := map[string][]*exchange{}
	for _, x := range r.current {
		if !x.answered {
			waiting[x.URL] = append(waiting[x.URL], x)
		}
	}
	for at, orphan := range r.early {
		if len(waiting[at.url]) == 0 {
			continue
		}
		x := waiting[at.url][0]
		waiting[at.url] = waiting[at.url][1:]
		x.answered, x.Missing, x.MementoAt, x.cause, x.Body = true, orphan.Missing, orphan.MementoAt, orphan.cause, orphan.Body
		if x.Failed == "" {
			x.Failed = orphan.Failed
		}
		r.exchanges = slices.DeleteFunc(r.exchanges, func(o *exchange) bool { return o == orphan })
		delete(r.early, at)
	}
}

// room takes n bytes of what may be kept of bodies, if there is so much. The
// caller holds the lock.
func (r *recorder) room(n int64) bool {
	if n > r.limits.Body || r.kept+n > r.limits.Bodies {
		return false
	}
	r.kept += n
	return true
}
