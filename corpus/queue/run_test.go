package queue_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
)

func TestAClaimThatFailsHangsOrPanicsIsTriedThriceAndSetAsideWithItsReason(t *testing.T) {
	t.Parallel()
	s, _ := corpusOf(t, 8)
	bad := map[string]string{"http://site-1.test/": "no good", "http://site-2.test/": "it took longer than it may",
		"http://site-3.test/": "the program panicked: oh", "http://site-4.test/": "the verdict is of another claim"}
	var tries atomic.Int64
	var e ends
	q := queueOf(t, s, queue.Options{Jobs: 3, Timeout: time.Second, Ended: e.note, Judge: func(ctx context.Context, r *corpus.Record) (*verify.Result, error) {
		if bad[r.Claim.URL] != "" {
			tries.Add(1)
		}
		switch r.Claim.URL {
		case "http://site-1.test/":
			return nil, errors.New("no good")
		case "http://site-2.test/":
			<-ctx.Done() // and it does not even stop then
			time.Sleep(5 * time.Second)
			return verdict(r)
		case "http://site-3.test/":
			panic("oh")
		case "http://site-4.test/":
			v, err := verdict(r)
			v.Claim.URL = "http://elsewhere.test/"
			return v, err
		}
		return verdict(r)
	}})
	if err := q.Run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	var urls []string
	for url := range bad {
		urls = append(urls, url)
	}
	checkEnds(t, s, urls...)
	for _, r := range records(t, s) {
		if want := bad[r.Claim.URL]; want != "" && (r.SetAside == nil || r.SetAside.Tries != 3 || !strings.Contains(r.SetAside.Reason, want)) {
			t.Errorf("%s: %+v, want %q", r.Claim.URL, r.SetAside, want)
		}
	}
	if tries.Load() != 12 || e.count(queue.Failed) != 8 || e.count(queue.SetAside) != 4 || e.count(queue.Judged) != 4 {
		t.Errorf("%d tries; told of %d failed, %d set aside, %d judged", tries.Load(), e.count(queue.Failed), e.count(queue.SetAside), e.count(queue.Judged))
	}
	n, err := q.TakeUp(t.Context(), time.Now())
	if err != nil || n != 4 {
		t.Errorf("took up %d, %v", n, err)
	}
	if n, err := q.Enqueue(t.Context()); err != nil || n != 4 {
		t.Errorf("queued %d again, %v", n, err)
	}
}

func TestAnArchivesLimitPutsAClaimOffAndIsNoFailure(t *testing.T) {
	t.Parallel()
	s, _ := corpusOf(t, 3)
	var asked atomic.Int64
	var e ends
	q := queueOf(t, s, queue.Options{Jobs: 1, Ended: e.note, Judge: func(_ context.Context, r *corpus.Record) (*verify.Result, error) {
		if r.Claim.URL == "http://site-0.test/" && asked.Add(1) <= 5 { // more often than failures are forgiven
			return nil, fmt.Errorf("look at it: %w", &archive.NotYet{For: time.Millisecond, Why: "its next turn is in"})
		}
		return verdict(r)
	}})
	if err := q.Run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	checkEnds(t, s)
	if asked.Load() != 6 || e.count(queue.PutOff) != 5 || e.count(queue.Failed) != 0 {
		t.Errorf("asked %d times, put off %d, failed %d", asked.Load(), e.count(queue.PutOff), e.count(queue.Failed))
	}
}

func TestClaimsAboutOnePageAreJudgedTogether(t *testing.T) {
	t.Parallel()
	s, _ := corpusOf(t, 0)
	items := map[string]store.Item{}
	for n := range uint64(9) {
		item := storetest.Item(n)
		item.Posting.URL = fmt.Sprintf("http://site-%d.test/", n%3)
		items[storetest.ID(item)] = item
		if _, err := s.Add(t.Context(), item); err != nil {
			t.Fatal(err)
		}
	}
	var judged []string
	q := queueOf(t, s, queue.Options{Jobs: 1, Judge: func(_ context.Context, r *corpus.Record) (*verify.Result, error) {
		judged = append(judged, r.Claim.URL)
		return storetest.Judged(items[r.ID], version.Program, version.ModelDigest), nil
	}})
	if err := q.Run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if len(judged) != 9 || len(slices.Compact(slices.Clone(judged))) != 3 {
		t.Errorf("judged %v", judged)
	}
}

func TestARunEndsWhereNothingCanBeJudgedAndNoClaimSuffers(t *testing.T) {
	t.Parallel()
	s, _ := corpusOf(t, 3)
	q := queueOf(t, s, queue.Options{Jobs: 2, Judge: func(context.Context, *corpus.Record) (*verify.Result, error) {
		return nil, &queue.Unable{Err: capture.ErrNoBrowser}
	}})
	if err := q.Run(t.Context(), true); !errors.Is(err, capture.ErrNoBrowser) {
		t.Errorf("the run ended with %v", err)
	}
	state, err := q.Status(t.Context(), time.Now())
	if err != nil || state.Waiting != 3 || state.Retried != 0 || len(state.SetAside) != 0 {
		t.Errorf("state %+v, %v", state, err)
	}
}

func TestAClaimIsQueuedOnceAndJudgedOnceForAVersion(t *testing.T) {
	t.Parallel()
	s, _ := corpusOf(t, 5)
	judge := func(_ context.Context, r *corpus.Record) (*verify.Result, error) { return verdict(r) }
	q := queueOf(t, s, queue.Options{Judge: judge})
	if n, err := q.Enqueue(t.Context()); err != nil || n != 0 {
		t.Errorf("queued %d twice, %v", n, err)
	}
	if err := q.Run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if n, err := q.Enqueue(t.Context()); err != nil || n != 0 {
		t.Errorf("queued %d that were judged, %v", n, err)
	}
	checkEnds(t, s)
	next, err := queue.Open(t.Context(), s, queue.Version{Program: "defacecheck test 2", ModelDigest: version.ModelDigest}, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := next.Enqueue(t.Context()); err != nil || n != 5 {
		t.Errorf("queued %d for the next version, %v", n, err)
	}
	state, err := q.Status(t.Context(), time.Now())
	if err != nil || state.Left() != 0 || state.Judged != 5 || state.Verdicts[outcome.Kind(verify.Inconclusive)] != 5 {
		t.Errorf("state %+v, %v", state, err)
	}
}

// A process that was stopped for long and goes on: others took it for dead.
func TestWhatAnOvertakenWorkerFindsIsNotRecorded(t *testing.T) {
	t.Parallel()
	s, _ := corpusOf(t, 1)
	reached, release := make(chan struct{}), make(chan struct{})
	slow := queueOf(t, s, queue.Options{Judge: func(_ context.Context, r *corpus.Record) (*verify.Result, error) {
		close(reached)
		<-release
		v, err := verdict(r)
		v.Notes = append(v.Notes, "too late")
		return v, err
	}})
	ended := make(chan error, 1)
	go func() { ended <- slow.Run(t.Context(), false) }()
	<-reached
	if _, err := s.DB().ExecContext(t.Context(), "DELETE FROM queue_workers"); err != nil {
		t.Fatal(err)
	}
	next := queueOf(t, s, queue.Options{Judge: func(_ context.Context, r *corpus.Record) (*verify.Result, error) { return verdict(r) }})
	if err := next.Run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	close(release)
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "took this one for dead") {
		t.Errorf("the overtaken worker ended with %v", err)
	}
	checkEnds(t, s)
	if v := records(t, s)[0].Latest(); v == nil || len(v.Result.Notes) != 0 {
		t.Errorf("recorded %+v", v)
	}
}

func TestARunEndsInTimeAlsoWhereAJudgeDoesNotStop(t *testing.T) {
	t.Parallel()
	s, _ := corpusOf(t, 2)
	release := make(chan struct{})
	var reached atomic.Int64
	q := queueOf(t, s, queue.Options{Jobs: 2, Judge: func(context.Context, *corpus.Record) (*verify.Result, error) {
		reached.Add(1)
		<-release
		return nil, errors.New("too late")
	}})
	t.Cleanup(func() { close(release) })
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- q.Run(ctx, true) }()
	until(t, "both are judged", func() bool { return reached.Load() == 2 })
	began := time.Now()
	interrupt()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the run ended with %v", err)
	}
	if took := time.Since(began); took > queue.Ending+loaded {
		t.Errorf("it took %s", took)
	}
	state, err := q.Status(t.Context(), time.Now())
	if err != nil || state.Waiting != 2 || state.Running != 0 || state.Retried != 0 || state.Workers != 0 {
		t.Errorf("state %+v, %v", state, err)
	}
}
