package court

import (
	"context"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/recent"
)

const (
	// DefaultKeep is how many bytes of captures are kept: those of the last pages. One has some
	// megabytes, and claims about a page follow each other.
	DefaultKeep = 96 << 20
	// LiveAge is how long the sight of a live page serves other claims. Its time is
	// told in their results.
	LiveAge = 5 * time.Minute
)

// Captures keeps what was seen, for other claims about the same page. What is kept is
// shared and must not be changed. Make one with NewCaptures.
type Captures struct {
	now func() time.Time

	mu    sync.Mutex
	kept  *recent.Cache[sight, taken]
	under map[sight]chan struct{} // being taken
}

// sight is what two captures have in common that are one.
type sight struct {
	memento capture.Memento // the zero value is the live page
	request capture.Request // without Source and At, which the memento tells
}

type taken struct {
	capture *capture.Capture
	got     time.Time
}

// NewCaptures keeps so many bytes of captures; 0 is DefaultKeep, negative none.
func NewCaptures(bytes int64, now func() time.Time) *Captures {
	if bytes == 0 {
		bytes = DefaultKeep
	}
	return &Captures{now: now, kept: recent.New[sight, taken](bytes), under: map[sight]chan struct{}{}}
}

// see gives the capture that is kept, or takes it and keeps it if it is good for others.
// Who asks for what is being taken waits for it.
func (c *Captures) see(ctx context.Context, s sight, take func() (*capture.Capture, error), good func() bool) (*capture.Capture, error) {
	for {
		got, wait, done := c.look(s)
		if got != nil {
			return got, nil
		}
		if wait == nil {
			defer done()
			got, err := take()
			if err == nil && lasting(got) && good() {
				c.add(s, got)
			}
			return got, err
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// lasting says whether another look would most likely show the same: a page that was
// not reached may be there a moment later.
func lasting(c *capture.Capture) bool {
	switch c.Validity {
	case capture.Unreachable, capture.Incomplete, capture.Blank:
		return false
	}
	return true
}

// look gives what is kept; or what to wait for; or leave to take it, which the caller
// ends by calling done.
func (c *Captures) look(s sight) (got *capture.Capture, wait <-chan struct{}, done func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.kept.Get(s); ok {
		if s.memento != (capture.Memento{}) || c.now().Sub(t.got) < LiveAge {
			return t.capture, nil, nil
		}
		c.kept.Drop(s)
	}
	if wait := c.under[s]; wait != nil {
		return nil, wait, nil
	}
	ended := make(chan struct{})
	c.under[s] = ended
	return nil, nil, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.under, s)
		close(ended)
	}
}

func (c *Captures) add(s sight, got *capture.Capture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept.Put(s, taken{got, c.now()}, size(got))
}

// size is what a capture keeps in memory, in bytes, as far as it counts.
func size(c *capture.Capture) int64 {
	n := len(c.FullPage) + len(c.First) + len(c.HTML) + 64*(len(c.Text)+len(c.Pictures)) + 1024*len(c.Requests)
	for _, t := range c.Text {
		n += len(t.Text) + len(t.Font)
	}
	for _, r := range c.Requests {
		n += len(r.Body) + len(r.URL)
	}
	return int64(n)
}
