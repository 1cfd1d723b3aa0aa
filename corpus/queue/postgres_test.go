package queue_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/corpus/store/storetest/pgtest"
	"github.com/defacecheck/defacecheck/verify"
)

func TestTwoWorkersOnOneServerShareTheClaimsAndOutliveAThird(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t).Database(t)
	s := fill(t, address, 60)
	dying := start(t.Context(), t, child{Corpus: address, Takes: time.Hour, Jobs: 2, Enqueue: true})
	until(t, "two claims are in flight", func() bool { return len(dying.out.all()) == 2 })
	_ = dying.cmd.Process.Kill()
	_ = dying.cmd.Wait()
	c := child{Corpus: address, Takes: 50 * time.Millisecond, Jobs: 2}
	judged := append(dying.out.all(), judgedByTwo(t, c)...)
	slices.Sort(judged)
	if n := len(slices.Compact(slices.Clone(judged))); n != 60 || len(judged) != 62 {
		t.Errorf("%d claims were judged %d times, want 60 and those two again that were in flight", n, len(judged))
	}
	checkEnds(t, s)
}

func TestAWorkerWaitsForAServerThatGoesAwayAndNothingIsLost(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	s := fill(t, server.Database(t), 12)
	reached := make(chan struct{}, 12)
	q := queueOf(t, s, queue.Options{Jobs: 2, Patience: time.Minute, Judge: func(_ context.Context, r *corpus.Record) (*verify.Result, error) {
		reached <- struct{}{}
		time.Sleep(100 * time.Millisecond)
		return verdict(r)
	}})
	ended := make(chan error, 1)
	go func() { ended <- q.Run(t.Context(), true) }()
	for range 4 {
		<-reached
	}
	server.Stop(t)
	time.Sleep(2 * time.Second)
	server.Resume(t)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	checkEnds(t, s)
}

func TestAWorkerWhoseServerStaysAwayEndsWithAClearErrorAndTheNextGoesOn(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	s := fill(t, server.Database(t), 6)
	reached := make(chan struct{}, 12)
	judge := func(_ context.Context, r *corpus.Record) (*verify.Result, error) {
		reached <- struct{}{}
		time.Sleep(300 * time.Millisecond)
		return verdict(r)
	}
	q := queueOf(t, s, queue.Options{Jobs: 2, Patience: time.Second, Grace: time.Second, Judge: judge})
	ended := make(chan error, 1)
	go func() { ended <- q.Run(t.Context(), true) }()
	<-reached
	server.Stop(t)
	select {
	case err := <-ended:
		if !errors.Is(err, queue.ErrAway) {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("it did not end")
	}
	server.Resume(t)
	// The worker of this process is on the list still: its process lives. To others it
	// is silent.
	next := queueOf(t, s, queue.Options{Jobs: 2, Judge: judge})
	if err := next.Run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	checkEnds(t, s)
}

func TestWorkersKeepOnePaceByTheServersClock(t *testing.T) {
	t.Parallel()
	s := fill(t, pgtest.Start(t).Database(t), 0)
	granted := 0
	for range 8 {
		if _, err := queue.NewPacer(s, archive.Rates{CDXPerMinute: 1}).Wait(t.Context(), "archive.test", archive.Lists, 0); err == nil {
			granted++
		} else if !errors.As(err, new(*archive.NotYet)) {
			t.Fatal(err)
		}
	}
	if granted != 4 {
		t.Errorf("%d turns were granted, want the 4 of the burst", granted)
	}
	p := queue.NewPacer(s, archive.Rates{})
	if err := p.Hold(t.Context(), "127.0.0.1:80", time.Hour); err != nil {
		t.Fatal(err)
	}
	var late *archive.NotYet
	if _, err := p.Wait(t.Context(), "127.0.0.1:80", archive.Records, 0); !errors.As(err, &late) || late.For < 59*time.Minute {
		t.Errorf("an archive that asked for an hour: %v", err)
	}
}
