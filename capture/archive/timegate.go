package archive

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// Fetch is documented at capture.Source. The TimeGate chooses the memento; its
// original bytes are read where its address is of the Wayback kind, else it
// is taken as the archive gives it.
func (m *memento) Fetch(ctx context.Context, url string, at time.Time) (*capture.Record, error) {
	rec, err := fruitful(ctx, m, m.fetch, asked(url), at)
	if err != nil {
		return nil, fmt.Errorf("fetch %s from %s: %w", shown(url), m.Name(), err)
	}
	return rec, nil
}

func (m *memento) fetch(ctx context.Context, url string, at time.Time) (*capture.Record, error) {
	if n := m.which.get(); n > 0 {
		return m.negotiate(ctx, m.gates[n-1]+url, url, at)
	}
	var firstErr error
	for i, prefix := range m.gates {
		rec, err := m.negotiate(ctx, prefix+url, url, at)
		if err == nil {
			m.which.set(i + 1)
			return rec, nil
		}
		if !errors.Is(err, capture.ErrNotArchived) && !errors.Is(err, capture.ErrMalformed) && !errors.Is(err, capture.ErrBadURL) {
			return nil, err
		}
		if firstErr == nil || errors.Is(err, capture.ErrNotArchived) {
			firstErr = err
		}
	}
	return nil, firstErr
}

// negotiate asks a TimeGate and reads the memento it names or gives.
func (m *memento) negotiate(ctx context.Context, address, url string, at time.Time) (*capture.Record, error) {
	header := http.Header{"Accept-Datetime": {at.UTC().Format(http.TimeFormat)}, "Accept-Encoding": {"identity"}}
	for range maxHops {
		a, err := m.ask(ctx, query{service: Records, url: address, limit: m.opts.MaxBody, header: header, life: recordAge})
		if err != nil {
			return nil, err
		}
		named := m.named(a, at)
		if u, ok := parseURIM(named); ok && sameResource(u.url, url) {
			return m.raw(ctx, u, url)
		}
		switch {
		case a.isMemento():
			return m.record(a, uriM{m.base.String() + "/", "", url})
		case named == "" || named == address:
			return nil, m.refused(a)
		}
		address = named
	}
	return nil, fmt.Errorf("%w: it redirects more than %d times", capture.ErrMalformed, maxHops)
}

// named is the address of the memento that an answer of a TimeGate names for
// the time at: by its redirect, by Content-Location, or by the nearest link of
// relation memento. pywb answers with a frame that is no memento and names it
// in a link only.
func (m *memento) named(a *answer, at time.Time) string {
	if loc := a.Header.Get("Location"); loc != "" && a.Status >= 300 && a.Status < 400 && !a.isMemento() {
		return resolve(a.URL, loc)
	}
	if a.isMemento() {
		if t, err := mementoTime(a.Header.Get("Memento-Datetime")); err == nil {
			at = t
		}
		if loc := a.Header.Get("Content-Location"); loc != "" {
			return resolve(a.URL, loc)
		}
	} else if a.Status != http.StatusOK {
		return ""
	}
	return resolve(a.URL, m.nearestLink(a, at))
}

func (m *memento) nearestLink(a *answer, at time.Time) string {
	var best link
	for _, value := range a.Header.Values("Link") {
		links, _ := parseLinks(value, m.opts.MaxMementos) // a malformed Link names nothing
		for _, l := range links {
			if l.is("memento") && !l.datetime.IsZero() && (best.uri == "" || apart(l.datetime, at) < apart(best.datetime, at)) {
				best = l
			}
		}
	}
	return best.uri
}
