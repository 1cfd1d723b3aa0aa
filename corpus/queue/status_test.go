package queue_test

import (
	"maps"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/corpus/store/storetest/pgtest"
	"github.com/defacecheck/defacecheck/verify"
)

func TestTheStateCountsEachClaimOnceAndAnswersThatAreNoVerdictsApart(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		s, _ := corpusOf(t, 6)
		countsOutcomes(t, s)
	})
	t.Run("postgresql", func(t *testing.T) { countsOutcomes(t, fill(t, pgtest.Start(t).Database(t), 6)) })
}

func countsOutcomes(t *testing.T, s *store.Store) {
	type judged struct {
		claim  uint64
		day    int // verdicts in the order of days
		word   verify.Word
		answer verify.Answer
	}
	for _, j := range []judged{
		{0, 1, verify.Inconclusive, verify.Judged},
		{1, 1, verify.Inconclusive, verify.PageNotSeen},
		{2, 1, verify.Supported, verify.OrdinaryPage},
		{3, 1, verify.Supported, verify.Shown},
		{4, 1, verify.Supported, verify.Judged}, {4, 3, verify.Inconclusive, verify.PageNotSeen}, {4, 2, verify.LeansFalse, verify.Judged},
	} {
		r := storetest.Judged(storetest.Item(j.claim), version.Program, version.ModelDigest)
		r.Claim.ReadAt = time.Date(2025, 4, j.day, 0, 0, 0, 0, time.UTC)
		r.Verdict.Word, r.Verdict.Answer = j.word, j.answer
		if err := s.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	state, err := queueOf(t, s, queue.Options{}).Status(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	want := map[outcome.Kind]int{outcome.Kind(verify.Inconclusive): 1, outcome.NotSeen: 2, outcome.Ordinary: 1, outcome.Shown: 1}
	if !maps.Equal(state.Verdicts, want) || state.Judged != 5 || state.Waiting != 1 {
		t.Errorf("%v, %d judged, %d waiting; want %v", state.Verdicts, state.Judged, state.Waiting, want)
	}
}
