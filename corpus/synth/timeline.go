package synth

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// archivist visits the sites with the project's own browser, at the times that
// its clock is set to.
type archivist struct {
	server  *sitesServer
	gateway *egress.Gateway
	browser *browser.Browser
	seen    map[visit]*capture.Capture

	mu  sync.Mutex
	now time.Time
}

func newArchivist(ctx context.Context, cfg browser.Config, server *sitesServer) (*archivist, error) {
	a := &archivist{server: server, seen: map[visit]*capture.Capture{}, now: Now()}
	var routes []egress.Override
	for _, r := range server.resolve() {
		o, err := egress.ParseOverride(r)
		if err != nil {
			return nil, err
		}
		routes = append(routes, o)
	}
	var err error
	if a.gateway, err = egress.New(egress.Config{Resolve: routes, Logger: cfg.Logger}); err != nil {
		return nil, err
	}
	cfg.Gateway, cfg.Clock = a.gateway, a.clock
	a.browser, err = browser.Start(ctx, cfg)
	return a, err
}

func (a *archivist) clock() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.now
}

func (a *archivist) close() error { return a.browser.Close() }

// visit captures what a site showed, once for each visit of the set.
func (a *archivist) visit(ctx context.Context, v visit) (*capture.Capture, error) {
	if c := a.seen[v]; c != nil {
		return c, nil
	}
	a.mu.Lock()
	a.now = v.At
	a.mu.Unlock()
	a.server.show(v.State)
	c, err := a.browser.Capture(ctx, capture.Request{URL: siteURL(v.Host, v.path), Bodies: true})
	if err != nil {
		return nil, fmt.Errorf("archive %s as of %s: %w", siteURL(v.Host, v.path), v.At.Format(time.RFC3339), err)
	}
	if c.Validity != capture.OK {
		return nil, fmt.Errorf("archive %s as of %s: the capture is %s: %s", c.URL, v.At.Format(time.RFC3339), c.Validity, c.Reason)
	}
	date(c, v.At)
	a.seen[v] = c
	return c, nil
}

// date puts a capture at its time: the document at t, its parts in the seconds
// after it. What differs from run to run is levelled: the order in which a
// browser asks for the parts, and the loopback address that was free. What an
// archive would not have is taken off: a crawler keeps no pictures of the page.
func date(c *capture.Capture, t time.Time) {
	c.SeenAt, c.TakenAt = t, t
	slices.SortStableFunc(c.Requests, func(x, y capture.Exchange) int {
		if d := part(x) - part(y); d != 0 {
			return d
		}
		return strings.Compare(x.URL, y.URL)
	})
	for i := range c.Requests {
		c.Requests[i].Started = t.Add(time.Duration(i) * 200 * time.Millisecond)
		c.Requests[i].RemoteAddr = ""
	}
	c.First, c.FullPage = nil, nil
}

// part is 0 for the document and 1 for what it is made of.
func part(x capture.Exchange) int {
	if x.Type == "Document" {
		return 0
	}
	return 1
}

// warc returns the archive of the visits as one WARC file, oldest first.
func (a *archivist) warc(ctx context.Context, visits []visit) ([]byte, error) {
	visits = slices.Clone(visits)
	slices.SortFunc(visits, func(x, y visit) int { return x.At.Compare(y.At) })
	var list []*capture.Capture
	for _, v := range visits {
		c, err := a.visit(ctx, v)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	var b bytes.Buffer
	err := archive.WriteWARC(&b, list, archive.Info{Operator: "the demonstration set of a town that does not exist"})
	return b.Bytes(), err
}
