package archive

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

// pageRows is how many rows one CDX request asks for. Ordinary sites have
// fewer; busy ones take a few requests.
const pageRows = 50_000

// wayback is an archive with a CDX server and raw replay.
type wayback struct {
	*client
	layouts []layout
	which   choice
}

func newWayback(base string, opts Options) (Archive, error) {
	c, err := newClient(base, opts)
	if err != nil {
		return nil, err
	}
	w := &wayback{client: c, layouts: layouts(c.base.String())}
	if c.base.String() == WaybackMachine {
		w.which.set(1)
	}
	return w, nil
}

// TimeMap is documented at capture.Lister.
func (w *wayback) TimeMap(ctx context.Context, url string, from, to time.Time) (capture.TimeMap, error) {
	url = asked(url)
	var tm capture.TimeMap
	ask := listing{url: url, from: from, to: to, limit: pageRows}
	for {
		rows, next, err := w.rows(ctx, ask)
		if errors.Is(err, capture.ErrNotArchived) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("list captures of %s at %s: %w", shown(url), w.Name(), err)
		}
		tm = w.appendRows(tm, url, rows, from, to)
		if next == "" || next == ask.resume || len(rows) == 0 {
			if w.layout().plain && len(rows) >= pageRows {
				w.warn("the list of %s may be cut after %d captures", shown(url), len(rows))
			}
			break
		}
		if len(tm) >= w.opts.MaxMementos {
			w.warn("the list of %s is cut after %d captures", shown(url), len(tm))
			break
		}
		ask.resume = next
	}
	return inOrder(tm), nil
}

func (w *wayback) appendRows(tm capture.TimeMap, url string, rows []cdxRow, from, to time.Time) capture.TimeMap {
	unreadable := 0
	for _, r := range rows {
		m, err := r.memento(url)
		if err != nil {
			unreadable++
			continue
		}
		if !within(m.At, from, to) {
			continue
		}
		m.Archive = w.Name()
		m.URIM = w.layout().replay + r.timestamp + "/" + m.URL
		tm = append(tm, m)
	}
	if unreadable > 0 {
		w.warn("%d captures of %s have a time that cannot be read", unreadable, shown(url))
	}
	return tm
}

// inOrder sorts oldest first and drops rows that say the same twice.
func inOrder(tm capture.TimeMap) capture.TimeMap {
	slices.SortStableFunc(tm, func(a, b capture.Memento) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.URL, b.URL), cmp.Compare(a.Digest, b.Digest), cmp.Compare(a.Status, b.Status))
	})
	return slices.CompactFunc(tm, func(a, b capture.Memento) bool {
		return a.At.Equal(b.At) && a.URL == b.URL && a.Digest == b.Digest && a.Status == b.Status
	})
}

func (w *wayback) layout() layout { return w.layouts[max(w.which.get(), 1)-1] }

// rows asks for one page of the list, and finds out which layout the archive
// has if that is not known yet.
func (w *wayback) rows(ctx context.Context, ask listing) ([]cdxRow, string, error) {
	if n := w.which.get(); n > 0 {
		return w.rowsAt(ctx, w.layouts[n-1], ask)
	}
	var firstErr error
	for i, l := range w.layouts {
		rows, next, err := w.rowsAt(ctx, l, ask)
		if err == nil || errors.Is(err, capture.ErrExcluded) {
			w.which.set(i + 1)
			return rows, next, err
		}
		if !errors.Is(err, capture.ErrNotArchived) && !errors.Is(err, capture.ErrMalformed) {
			return nil, "", err
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	if errors.Is(firstErr, capture.ErrNotArchived) {
		return nil, "", fmt.Errorf("%w: no CDX server at %s or %s", capture.ErrDown, w.layouts[0].cdx, w.layouts[1].cdx)
	}
	return nil, "", firstErr
}

func (w *wayback) rowsAt(ctx context.Context, l layout, ask listing) ([]cdxRow, string, error) {
	a, err := w.ask(ctx, query{
		service: Lists, url: l.question(ask), limit: maxList,
		header: http.Header{"Accept-Encoding": {"gzip"}, "Accept": {"application/json"}},
		life:   listAge,
	})
	if err != nil {
		return nil, "", err
	}
	if a.Status != http.StatusOK {
		return nil, "", refusal(a)
	}
	body, err := a.decoded(maxList)
	if err != nil {
		return nil, "", err
	}
	return parseCDX(body, w.opts.MaxMementos)
}

// smallestList is the size in bytes below which a list, compressed or not, has
// no row: a row has a digest of 32 characters and a timestamp of 14.
const smallestList = 64

// listAge believes a list for a while, and none or an exclusion for less.
func listAge(a *answer) time.Duration {
	switch {
	case a.Status == http.StatusOK && len(a.body) >= smallestList:
		return listLife
	case a.Status == http.StatusOK, a.Status == http.StatusNotFound, a.Status == http.StatusForbidden:
		return negativeLife
	}
	return 0
}

// decoded undoes the content encoding of an answer.
func (a *answer) decoded(limit int64) ([]byte, error) {
	b, err := a.encoded(limit, a.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	if b.Problem != nil {
		return nil, fmt.Errorf("%w: answer: %w", capture.ErrMalformed, b.Problem)
	}
	return b.Decoded, nil
}

func (a *answer) encoded(limit int64, coding string) (*warc.Body, error) {
	b, err := warc.ReadBody(bytes.NewReader(a.body), warc.Fields{{Name: "Content-Encoding", Value: coding}}, limit)
	if errors.Is(err, warc.ErrTooLarge) {
		return nil, fmt.Errorf("%w: %w", capture.ErrTooLarge, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", capture.ErrMalformed, err)
	}
	return b, nil
}

// asked is a URL in the spelling that archives are asked for, without
// fragment.
func asked(rawURL string) string {
	u, err := parseURL(rawURL)
	if err != nil {
		return rawURL
	}
	return u.Href(true)
}
