package queue_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
)

// reopened is the corpus as another process has it.
func reopened(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestWorkersTogetherKeepTheArchivesPace(t *testing.T) {
	t.Parallel()
	s, path := corpusOf(t, 0)
	rates := archive.Rates{CDXPerMinute: 1, ReplayPerMinute: -1}
	pacers := []*queue.Pacer{queue.NewPacer(s, rates), queue.NewPacer(reopened(t, path), rates)}
	granted := 0
	for i := range 10 {
		_, err := pacers[i%2].Wait(t.Context(), "archive.test", archive.Lists, time.Second)
		var late *archive.NotYet
		switch {
		case err == nil:
			granted++
		case !errors.As(err, &late) || !errors.Is(err, capture.ErrRateLimited) || late.For > time.Minute || late.For < 30*time.Second:
			t.Errorf("turn %d: %v", i, err)
		}
	}
	if granted != 4 {
		t.Errorf("%d turns were granted, want the 4 of the burst", granted)
	}
	if _, err := pacers[0].Wait(t.Context(), "archive.test", archive.Records, 0); err != nil {
		t.Errorf("records have a limit of their own: %v", err)
	}
}

func TestATurnThatIsSoonIsWaitedFor(t *testing.T) {
	t.Parallel()
	s, _ := corpusOf(t, 0)
	p := queue.NewPacer(s, archive.Rates{CDXPerMinute: 600})
	began := time.Now()
	for range 9 {
		if _, err := p.Wait(t.Context(), "archive.test", archive.Lists, time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took < 490*time.Millisecond { // five beyond the burst, a tenth of a second each
		t.Errorf("nine turns took %s", took)
	}
}

func TestWhatAnArchiveAsksOfOneWorkerHoldsForAll(t *testing.T) {
	t.Parallel()
	s, path := corpusOf(t, 0)
	one, other := queue.NewPacer(s, archive.Rates{}), queue.NewPacer(reopened(t, path), archive.Rates{})
	for _, host := range []string{"archive.test", "127.0.0.1:80"} { // with a pace of its own and without
		if err := one.Hold(t.Context(), host, 10*time.Minute); err != nil {
			t.Fatal(err)
		}
		if err := other.Hold(t.Context(), host, time.Second); err != nil { // does not shorten it
			t.Fatal(err)
		}
		for _, service := range []archive.Service{archive.Lists, archive.Records} {
			_, err := other.Wait(t.Context(), host, service, time.Minute)
			var late *archive.NotYet
			if !errors.As(err, &late) || late.For < 9*time.Minute {
				t.Errorf("%s of %s: %v", service, host, err)
			}
		}
	}
}

// hostedCorpus has claims for two pages of a host that an archive knows, for one page of
// another, and queues them.
func hostedCorpus(t *testing.T) (*store.Store, string) {
	t.Helper()
	s, path := corpusOf(t, 0)
	var items []store.Item
	for n, url := range []string{"http://town.test/", "http://town.test/news", "http://town.test/never", "http://other.test/"} {
		i := storetest.Item(uint64(n))
		i.Posting.URL = url
		items = append(items, i)
	}
	if _, err := s.Add(t.Context(), items...); err != nil {
		t.Fatal(err)
	}
	queueOf(t, s, queue.Options{})
	return s, path
}

func openArchive(t *testing.T, w *capturetest.Wayback) archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), "wayback+"+w.Base(), archive.Options{MaxWait: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func TestOneListOfAHostServesAllItsClaimsAtAllWorkers(t *testing.T) {
	t.Parallel()
	w, err := capturetest.NewWayback(capturetest.Fixture(), capturetest.WaybackQuirks{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s, path := hostedCorpus(t)
	workers := []archive.Archive{queue.NewLists(s).Of(openArchive(t, w)), queue.NewLists(reopened(t, path)).Of(openArchive(t, w))}
	var wg sync.WaitGroup
	for url, want := range map[string]int{"http://town.test/": 4, "http://town.test/news": 1, "http://town.test/never": 0} {
		for _, a := range workers {
			wg.Go(func() {
				tm, err := a.TimeMap(t.Context(), url, time.Time{}, time.Time{})
				if err != nil || len(tm) != want {
					t.Errorf("%s: %d captures, %v; want %d", url, len(tm), err, want)
				}
			})
		}
	}
	wg.Wait()
	if asked := w.Requests(); len(asked) != 1 || !strings.Contains(asked[0], "matchType=host") {
		t.Errorf("the archive was asked %q, want one list of the host", asked)
	}
	if _, err := workers[0].TimeMap(t.Context(), "http://other.test/", time.Time{}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if asked := w.Requests(); len(asked) != 2 || strings.Contains(asked[1], "matchType") {
		t.Errorf("for a host with one address the archive was asked %q", asked[1:])
	}
}

func TestWhereAListOfAHostCannotBeHadAddressesAreAskedFor(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string]capturetest.WaybackQuirks{"cut": {PageRows: 6}, "not known": {NoHosts: true}} {
		w, err := capturetest.NewWayback(capturetest.Fixture(), quirks)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		s, _ := hostedCorpus(t)
		a := queue.NewLists(s).Of(openArchive(t, w))
		tm, err := a.TimeMap(t.Context(), "http://town.test/news", time.Time{}, time.Time{})
		if err != nil || len(tm) != 1 {
			t.Errorf("%s: %v, %v", name, tm, err)
		}
	}
}

func TestAListThatAnArchivePutsOffIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w, err := capturetest.NewWayback(capturetest.Fixture(), capturetest.WaybackQuirks{Busy: 1, RetryAfter: "1"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s, _ := hostedCorpus(t)
	a := queue.NewLists(s).Of(openArchive(t, w))
	if _, err := a.TimeMap(t.Context(), "http://town.test/", time.Time{}, time.Time{}); !errors.Is(err, capture.ErrRateLimited) {
		t.Fatalf("a busy archive (%d): %v", http.StatusTooManyRequests, err)
	}
	time.Sleep(1100 * time.Millisecond)
	if tm, err := a.TimeMap(t.Context(), "http://town.test/", time.Time{}, time.Time{}); err != nil || len(tm) != 4 {
		t.Errorf("afterwards: %v, %v", tm, err)
	}
}
