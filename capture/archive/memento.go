package archive

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// maxPages bounds the documents of one paged TimeMap.
const maxPages = 100

// memento is an archive that speaks RFC 7089. TimeMaps are looked for at
// BASE/timemap/link/URL and BASE/timemap/json/URL, TimeGates at
// BASE/timegate/URL and BASE/URL.
type memento struct {
	*client
	maps, gates   []string
	whichM, which choice
}

func newMemento(base string, opts Options) (Archive, error) {
	c, err := newClient(base, opts)
	if err != nil {
		return nil, err
	}
	b := c.base.String()
	return &memento{client: c,
		maps:  []string{b + "/timemap/link/", b + "/timemap/json/"},
		gates: []string{b + "/timegate/", b + "/"},
	}, nil
}

// TimeMap is documented at capture.Lister. RFC 7089 tells neither status, type
// nor digest of a capture.
func (m *memento) TimeMap(ctx context.Context, url string, from, to time.Time) (capture.TimeMap, error) {
	url = asked(url)
	tm, err := m.list(ctx, url)
	if errors.Is(err, capture.ErrNotArchived) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list captures of %s at %s: %w", shown(url), m.Name(), err)
	}
	tm = slices.DeleteFunc(tm, func(x capture.Memento) bool { return !within(x.At, from, to) })
	return inOrder(tm), nil
}

// list reads the TimeMap and its further pages.
func (m *memento) list(ctx context.Context, url string) (capture.TimeMap, error) {
	page, err := m.firstPage(ctx, url)
	if err != nil {
		return nil, err
	}
	tm := m.mementos(nil, page, url)
	seen := map[string]bool{}
	for queue := page.more; len(queue) > 0 && len(tm) < m.opts.MaxMementos; queue = queue[1:] {
		if seen[queue[0]] || m.isIndex(queue[0], url) {
			continue
		}
		if seen[queue[0]] = true; len(seen) > maxPages {
			m.warn("the list of %s is cut after %d pages", shown(url), maxPages)
			break
		}
		next, err := m.page(ctx, queue[0])
		if err != nil {
			return nil, err
		}
		tm = m.mementos(tm, next, url)
		queue = append(queue, next.more...)
	}
	return tm, nil
}

// isIndex says whether address is the first document itself, in any form.
func (m *memento) isIndex(address, url string) bool {
	for _, prefix := range m.maps {
		if address == prefix+url {
			return true
		}
	}
	return false
}

func (m *memento) mementos(tm capture.TimeMap, page timeMapPage, url string) capture.TimeMap {
	for _, l := range page.mementos {
		x := capture.Memento{URL: url, At: l.datetime, Archive: m.Name(), URIM: resolve(m.base.String()+"/", l.uri)}
		if u, ok := parseURIM(x.URIM); ok && sameHost(u.url, url) {
			x.URL = u.url
		}
		tm = append(tm, x)
	}
	for _, r := range page.rows {
		if x, err := r.memento(url); err == nil {
			x.Archive, x.URIM = m.Name(), m.base.String()+"/"+r.timestamp+"/"+x.URL
			tm = append(tm, x)
		}
	}
	return tm
}

// firstPage asks in the form the archive is known to have, else in each.
func (m *memento) firstPage(ctx context.Context, url string) (timeMapPage, error) {
	if n := m.whichM.get(); n > 0 {
		return m.page(ctx, m.maps[n-1]+url)
	}
	var firstErr error
	for i, prefix := range m.maps {
		page, err := m.page(ctx, prefix+url)
		if err == nil {
			m.whichM.set(i + 1)
			return page, nil
		}
		if !errors.Is(err, capture.ErrNotArchived) && !errors.Is(err, capture.ErrMalformed) {
			return timeMapPage{}, err
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	return timeMapPage{}, firstErr
}

func (m *memento) page(ctx context.Context, address string) (timeMapPage, error) {
	a, err := m.ask(ctx, query{service: listing, url: address, limit: maxList,
		header: http.Header{"Accept-Encoding": {"gzip"}}, life: listAge})
	if err != nil {
		return timeMapPage{}, err
	}
	if a.Status != http.StatusOK {
		return timeMapPage{}, refusal(a)
	}
	body, err := a.decoded(maxList)
	if err != nil {
		return timeMapPage{}, err
	}
	return parseTimeMap(body, m.opts.MaxMementos)
}

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
		a, err := m.ask(ctx, query{service: replay, url: address, limit: m.opts.MaxBody, header: header, life: recordAge})
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
