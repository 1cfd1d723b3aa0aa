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
	a, err := m.ask(ctx, query{service: Lists, url: address, limit: maxList,
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
