package storetest

import (
	"database/sql"
	"reflect"
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

func summed(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	items, order := many(t, c, 60)
	again := items[0]
	again.Posting.Channel, again.Posting.Message = "b", "77"
	twice := again
	twice.Posting.Message = "78"
	add(t, c, store.Added{Postings: 2}, again, twice)
	later := Judged(items[1], "p", "m")
	later.Claim.ReadAt, later.Verdict.Word = day(20), verify.LeansFalse
	unseen, ordinary := Judged(items[4], "p", "m"), Judged(items[5], "p", "m")
	unseen.Verdict.Answer = verify.PageNotSeen
	ordinary.Verdict.Word, ordinary.Verdict.Answer = verify.Supported, verify.OrdinaryPage
	record(t, c, later, Judged(items[1], "p", "m"), Judged(items[2], "p", "m"), unseen, ordinary)
	for n, truth := range []rows.Truth{rows.Genuine, corpus.Unclear} {
		if err := c.Adjudicate(t.Context(), ID(items[1]), corpus.Adjudication{At: day(9 + n), By: "b", Truth: truth, Reason: "r"}); err != nil {
			t.Fatal(err)
		}
	}
	do(t, c, func(tx *sql.Tx) error {
		return c.SetAsideTx(t.Context(), tx, ID(items[3]), corpus.Setback{At: day(9), Program: "p", Tries: 2, Reason: "hung"})
	})
	want := map[string]*store.Summary{}
	for _, i := range items {
		want[ID(i)] = &store.Summary{ID: ID(i), URL: i.Posting.URL, Picture: i.Picture.SHA256, PostedAt: i.Posting.PostedAt, Channels: []string{i.Posting.Channel}}
	}
	want[ID(items[0])].Channels = []string{"b", "channel 0"}
	want[ID(items[1])].Outcome, want[ID(items[1])].Truth = outcome.Kind(verify.LeansFalse), corpus.Unclear
	want[ID(items[2])].Outcome = outcome.Kind(verify.Inconclusive)
	want[ID(items[4])].Outcome, want[ID(items[5])].Outcome = outcome.NotSeen, outcome.Ordinary
	want[ID(items[3])].SetAside = true
	n := 0
	for got, err := range c.Summaries(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if got.ID != order[n] || !reflect.DeepEqual(got, want[got.ID]) {
			t.Errorf("claim %d is %+v\nwant %+v", n, got, want[order[n]])
		}
		n++
	}
	if n != len(order) {
		t.Errorf("%d claims, want %d", n, len(order))
	}
}

func notItself(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	own, other := Item(1), Item(1)
	other.Posting.URL = "http://other.test/"
	add(t, c, store.Added{Pictures: 1, Files: 1, Claims: 2, Postings: 2}, own, other)
	for claim, want := range map[string][]string{"": {own.Posting.URL, other.Posting.URL}, ID(own): {other.Posting.URL}, ID(other): {own.Posting.URL}} {
		for _, sum := range []string{own.Picture.SHA256, sha("a copy")} {
			found, err := c.Besides(claim).Find(t.Context(), sum, Imprint(1))
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]bool{}
			for _, p := range found {
				got[p.URL] = true
			}
			if len(got) != len(want) || !got[want[0]] {
				t.Errorf("besides %.12q: %v, want %v", claim, got, want)
			}
		}
	}
}
