package alignment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// seenAt is when every capture of the benchmark is taken; the pages' clocks
// stand there.
var seenAt = time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)

// stand is what verify asks: the page as our own browser sees it, cached.
type stand struct {
	cache   string
	browser *browser.Browser
	web     *web

	mu    sync.Mutex
	taken int // captures rendered in this run
}

// witness is the stand before one claim, and remembers what it showed.
type witness struct {
	*stand
	shots map[string]view // by the digest of the shot
	asked []string        // the windows that captures were asked for in
}

func (s *stand) before() *witness { return &witness{stand: s, shots: map[string]view{}} }

// view is one shot of a capture.
type view struct {
	capture *capture.Capture
	full    bool
	scroll  int // CSS px; of the first-viewport shot
}

// errNoAnswer keeps a capture out of the cache: all pages are at hand here, so that one
// that gave no answer in time tells of the machine, and the next run may see it.
var errNoAnswer = errors.New("the page gave no answer")

// Live implements verify.Witnesses.
func (s *witness) Live(ctx context.Context, r capture.Request) (*capture.Capture, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	site := s.web.sites[strings.TrimPrefix(u.Hostname(), twin)]
	if site == nil {
		return nil, fmt.Errorf("capture %s: %w", r.URL, capture.ErrBadURL)
	}
	r.Source, r.At = s.web, seenAt
	key := []any{"capture/7 ", site.digest, r.URL, fmt.Sprintf("%+v %d %v", r.Viewport, r.ScrollY, r.FullPage), r.Another, s.browser.Installation().Version}
	var got *capture.Capture
	c, err := bench.Keep(s.cache, "captures", key, func() (capture.Capture, error) {
		s.count()
		if got, err = s.browser.Capture(ctx, r); err != nil {
			return capture.Capture{}, err
		}
		got.Requests, got.HTML, got.Err = nil, nil, nil
		if got.Validity == capture.Unreachable {
			return *got, errNoAnswer
		}
		return *got, nil
	})
	if errors.Is(err, errNoAnswer) {
		c, err = *got, nil
	}
	if err != nil {
		return nil, err
	}
	c.Origin = capture.Origin{Kind: capture.Live, Name: "live web"}
	s.remember(&c, r.ScrollY)
	return &c, nil
}

// TimeMap implements verify.Witnesses; there is no archive.
func (s *stand) TimeMap(context.Context, string, time.Time, time.Time) (capture.TimeMap, []capture.Trouble) {
	return nil, nil
}

// Replay implements verify.Witnesses.
func (s *stand) Replay(context.Context, capture.Memento, capture.Request) (*capture.Capture, error) {
	return nil, capture.ErrNotArchived
}

func (s *stand) count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken++
}

func (s *witness) remember(c *capture.Capture, scroll int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := c.Viewport
	s.asked = append(s.asked, fmt.Sprintf("%dx%d@%g+%d", v.Width, v.Height, max(v.Scale, 1), scroll))
	s.shots[digest(c.First)] = view{c, false, scroll}
	if c.FullPage != nil {
		s.shots[digest(c.FullPage)] = view{c, true, 0}
	}
}

// shot returns the shot that a verdict names.
func (s *witness) shot(digest string) (view, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.shots[digest]
	return v, ok
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
