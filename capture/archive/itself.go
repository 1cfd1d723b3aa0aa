package archive

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// maxPast is how many further captures are tried when the nearest shows
// nothing. Each costs a request to somebody else's server.
const maxPast = 3

// barren says whether a record carries nothing to show for the URL asked: a
// redirect to that very URL, which would go round in circles because http and
// https share their captures, or a 304.
func barren(rec *capture.Record, asked string) bool {
	if rec.Status == http.StatusNotModified {
		return true
	}
	loc := rec.Header.Get("Location")
	return rec.Status >= 300 && rec.Status < 400 && loc != "" && sameURL(resolve(rec.URL, loc), asked)
}

type fetcher func(ctx context.Context, url string, at time.Time) (*capture.Record, error)

// fruitful fetches the record nearest to at, and where that is barren the
// nearest one that is not, as the archive's list tells.
func fruitful(ctx context.Context, l capture.Lister, fetch fetcher, url string, at time.Time) (*capture.Record, error) {
	rec, err := fetch(ctx, url, at)
	if err != nil || !barren(rec, url) {
		return rec, err
	}
	tm, err := l.TimeMap(ctx, url, time.Time{}, time.Time{})
	if err != nil {
		return nil, err
	}
	tm = slices.DeleteFunc(tm, func(m capture.Memento) bool {
		return m.Status >= 300 && m.Status < 400 || m.At.Equal(rec.At)
	})
	slices.SortStableFunc(tm, func(a, b capture.Memento) int { return cmp.Compare(apart(a.At, at), apart(b.At, at)) })
	for _, m := range tm[:min(len(tm), maxPast)] {
		if rec, err = fetch(ctx, url, m.At); err != nil || !barren(rec, url) {
			return rec, err
		}
	}
	return nil, fmt.Errorf("%w: only redirects to itself", capture.ErrNotArchived)
}
