package capturetest

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// TestSource checks that src, which holds records, keeps the promises of
// capture.Source, and those of capture.Lister if it is one. The records should
// be those of Fixture, or others with several captures of a page and a
// redirect.
func TestSource(t *testing.T, src capture.Source, records []capture.Record) {
	t.Helper()
	s := suite{src: src, shelf: newShelf(records)}
	t.Run("a source has a name", func(t *testing.T) {
		if src.Name() == "" {
			t.Error("Name() is empty")
		}
	})
	t.Run("every record comes as it was archived", s.faithful)
	t.Run("the nearest in time is given", s.nearest)
	t.Run("what is not archived is ErrNotArchived", s.absent)
	t.Run("scheme and fragment do not matter, the query's order does", s.spelling)
	t.Run("a redirect is given and not followed", s.redirect)
	t.Run("answers belong to who asked", s.private)
	t.Run("many may ask at once", s.concurrent)
	t.Run("an ended context ends the request", s.ended)
	if l, ok := src.(capture.Lister); ok {
		t.Run("the TimeMap is complete, in order and within bounds", func(t *testing.T) { s.timeMap(t, l) })
	}
}

type suite struct {
	src   capture.Source
	shelf shelf
}

func (s suite) fetch(t *testing.T, url string, at time.Time) *capture.Record {
	t.Helper()
	got, err := s.src.Fetch(t.Context(), url, at)
	if err != nil {
		t.Fatalf("Fetch(%s, %s): %v", url, at.Format(time.RFC3339), err)
	}
	return got
}

// same compares what every kind of archive keeps.
func same(t *testing.T, got *capture.Record, want capture.Record) {
	t.Helper()
	if !got.At.Truncate(time.Second).Equal(want.At.Truncate(time.Second)) || got.At.Location() != time.UTC {
		t.Errorf("%s: At is %s, want %s in UTC", want.URL, got.At, want.At)
	}
	if got.Status != want.Status || !bytes.Equal(got.Body, want.Body) {
		t.Errorf("%s of %s: status %d and body %q, want %d and %q", want.URL, want.At, got.Status, got.Body, want.Status, want.Body)
	}
	if !sameAddress(got.URL, want.URL) {
		t.Errorf("URL is %s, want %s", got.URL, want.URL)
	}
	for _, name := range []string{"Content-Type", "Location"} {
		if g, w := got.Header.Get(name), want.Header.Get(name); g != w {
			t.Errorf("%s: %s is %q, want %q", want.URL, name, g, w)
		}
	}
	for _, name := range []string{"Content-Encoding", "Transfer-Encoding", "Content-Length"} {
		if v := got.Header.Get(name); v != "" {
			t.Errorf("%s: header %s: %s does not describe the decoded body", want.URL, name, v)
		}
	}
}

func (s suite) faithful(t *testing.T) {
	for _, want := range s.shelf.records {
		same(t, s.fetch(t, want.URL, want.At), want)
	}
}

func (s suite) nearest(t *testing.T) {
	for _, r := range s.shelf.records {
		for _, shift := range []time.Duration{-10 * 365 * 24 * time.Hour, -40 * time.Hour, -time.Hour, time.Hour, 200 * 24 * time.Hour} {
			at := r.At.Add(shift)
			want, _ := s.shelf.nearest(r.URL, at)
			same(t, s.fetch(t, r.URL, at), want)
		}
	}
}

func (s suite) absent(t *testing.T) {
	at := s.shelf.records[0].At
	for _, url := range []string{"http://elsewhere.test/", s.shelf.records[0].URL + "no-such-page"} {
		got, err := s.src.Fetch(t.Context(), url, at)
		if !errors.Is(err, capture.ErrNotArchived) || got != nil {
			t.Errorf("Fetch(%s) = %v, %v; want ErrNotArchived", url, got, err)
		}
	}
}

func (s suite) spelling(t *testing.T) {
	for _, want := range s.shelf.records {
		_, rest, _ := strings.Cut(want.URL, "://")
		same(t, s.fetch(t, "https://"+rest, want.At), want)
		same(t, s.fetch(t, want.URL+"#part", want.At), want)
	}
}

func (s suite) redirect(t *testing.T) {
	found := false
	for _, want := range s.shelf.records {
		if want.Status < 300 || want.Status >= 400 {
			continue
		}
		found = true
		got := s.fetch(t, want.URL, want.At)
		if got.Status != want.Status || got.Header.Get("Location") != want.Header.Get("Location") {
			t.Errorf("redirect %s: status %d to %q", want.URL, got.Status, got.Header.Get("Location"))
		}
	}
	if !found {
		t.Error("the records have no redirect to test with")
	}
}

func (s suite) private(t *testing.T) {
	want := s.shelf.records[0]
	first := s.fetch(t, want.URL, want.At)
	clear(first.Body)
	first.Header.Set("Content-Type", "changed")
	same(t, s.fetch(t, want.URL, want.At), want)
}

func (s suite) concurrent(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		for _, want := range s.shelf.records {
			wg.Go(func() {
				got, err := s.src.Fetch(t.Context(), want.URL, want.At)
				if err != nil {
					t.Errorf("Fetch(%s): %v", want.URL, err)
					return
				}
				same(t, got, want)
			})
		}
	}
	wg.Wait()
}

func (s suite) ended(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := s.shelf.records[0]
	if got, err := s.src.Fetch(ctx, r.URL, r.At); !errors.Is(err, context.Canceled) {
		t.Errorf("Fetch with an ended context = %v, %v; want context.Canceled", got, err)
	}
}

func (s suite) timeMap(t *testing.T, l capture.Lister) {
	for _, r := range s.shelf.records {
		all := s.shelf.of(r.URL)
		s.compare(t, l, r.URL, time.Time{}, time.Time{}, all)
		s.compare(t, l, r.URL, r.At, time.Time{}, after(all, r.At))
		s.compare(t, l, r.URL, time.Time{}, r.At, before(all, r.At))
		s.compare(t, l, r.URL, r.At, r.At, after(before(all, r.At), r.At))
	}
	s.compare(t, l, "http://elsewhere.test/", time.Time{}, time.Time{}, nil)
}

func before(all []capture.Record, t time.Time) (out []capture.Record) {
	for _, r := range all {
		if !r.At.After(t) {
			out = append(out, r)
		}
	}
	return out
}

func after(all []capture.Record, t time.Time) (out []capture.Record) {
	for _, r := range all {
		if !r.At.Before(t) {
			out = append(out, r)
		}
	}
	return out
}

func (s suite) compare(t *testing.T, l capture.Lister, url string, from, to time.Time, want []capture.Record) {
	t.Helper()
	tm, err := l.TimeMap(t.Context(), url, from, to)
	if err != nil {
		t.Fatalf("TimeMap(%s): %v", url, err)
	}
	if len(tm) != len(want) {
		t.Fatalf("TimeMap(%s, %s, %s) has %d captures, want %d: %v", url, from, to, len(tm), len(want), tm)
	}
	for i, m := range tm {
		w := want[i]
		if !m.At.Equal(w.At) || !sameAddress(m.URL, w.URL) || m.Archive != l.Name() {
			t.Errorf("capture %d of %s is %+v, want %s of %s from %s", i, url, m, w.URL, w.At, l.Name())
		}
		if m.Status != 0 && m.Status != w.Status {
			t.Errorf("capture %d of %s has status %s, want %s", i, url, http.StatusText(m.Status), http.StatusText(w.Status))
		}
		if m.Digest != "" && m.Digest != Digest(w.Body) {
			t.Errorf("capture %d of %s has digest %s, want %s", i, url, m.Digest, Digest(w.Body))
		}
	}
}
