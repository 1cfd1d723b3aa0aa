// Package witness joins the ways of getting a capture: one browser for a run,
// one way out to the live web, and the archives that the user named. It starts
// the browser when the first capture is asked for, so that a run that needs
// none starts none, and it never asks an archive that was not named.
package witness

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// Config says which witnesses there are.
type Config struct {
	Egress   egress.Config
	Browser  browser.Config // Gateway is set by Open
	Archives []archive.Archive
}

// Stand is the set of witnesses of one run. It is safe for concurrent use.
type Stand struct {
	gateway  *egress.Gateway
	archives []archive.Archive
	config   browser.Config

	mu      sync.Mutex
	browser *browser.Browser
	closed  bool
}

// errClosed is returned by captures asked for after Close.
var errClosed = errors.New("the witnesses are dismissed")

// Open prepares the witnesses. It contacts nobody and starts nothing. The
// archives are closed by Close.
func Open(cfg Config) (*Stand, error) {
	named := map[string]bool{}
	for _, a := range cfg.Archives {
		if named[a.Name()] {
			return nil, fmt.Errorf("open witnesses: two archives are called %q; name each once, or rename one file", a.Name())
		}
		named[a.Name()] = true
	}
	gateway, err := egress.New(cfg.Egress)
	if err != nil {
		return nil, fmt.Errorf("open witnesses: %w", err)
	}
	cfg.Browser.Gateway = gateway
	return &Stand{gateway: gateway, archives: cfg.Archives, config: cfg.Browser}, nil
}

// Close ends the browser and closes the archives.
func (s *Stand) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	var errs []error
	if s.browser != nil {
		errs = append(errs, s.browser.Close())
	}
	for _, a := range s.archives {
		errs = append(errs, a.Close())
	}
	return errors.Join(errs...)
}

// Version names the browser, or is "" when none was started.
func (s *Stand) Version() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.browser == nil {
		return ""
	}
	return s.browser.Version()
}

// start returns the run's browser, starting it if it is not there yet.
func (s *Stand) start(ctx context.Context) (*browser.Browser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	if s.browser != nil {
		return s.browser, nil
	}
	b, err := browser.Start(ctx, s.config)
	if err != nil {
		return nil, err
	}
	s.browser = b
	return b, nil
}

// Live captures the page as it is now.
func (s *Stand) Live(ctx context.Context, r capture.Request) (*capture.Capture, error) {
	r.Source = nil
	return s.take(ctx, r)
}

// Replay captures the page as the archive that lists the memento kept it.
func (s *Stand) Replay(ctx context.Context, m capture.Memento, r capture.Request) (*capture.Capture, error) {
	i := slices.IndexFunc(s.archives, func(a archive.Archive) bool { return a.Name() == m.Archive })
	if i < 0 {
		return nil, fmt.Errorf("replay %s: no archive is called %q", capture.Redact(r.URL), m.Archive)
	}
	r.Source, r.At = s.archives[i], m.At
	return s.take(ctx, r)
}

func (s *Stand) take(ctx context.Context, r capture.Request) (*capture.Capture, error) {
	b, err := s.start(ctx)
	if err != nil {
		return nil, err
	}
	return b.Capture(ctx, r)
}

// TimeMap asks every archive for its mementos of the URL within [from, to],
// one after the other because a slow archive is usually slow for a reason, and
// returns them together, oldest first.
func (s *Stand) TimeMap(ctx context.Context, url string, from, to time.Time) (capture.TimeMap, []capture.Trouble) {
	var all capture.TimeMap
	var troubles []capture.Trouble
	for _, a := range s.archives {
		tm, err := a.TimeMap(ctx, url, from, to)
		if err != nil {
			troubles = append(troubles, capture.Trouble{Source: a.Name(), Err: err})
			continue
		}
		all = append(all, tm...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].At.Before(all[j].At) })
	return all, troubles
}

// Warnings tells what the archives could not read, each with its archive's name.
func (s *Stand) Warnings() []string {
	var all []string
	for _, a := range s.archives {
		for _, w := range a.Warnings() {
			all = append(all, a.Name()+": "+w)
		}
	}
	return all
}
