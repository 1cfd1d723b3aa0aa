package storetest

import (
	"database/sql"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store"
)

func adjudicated(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	i := Item(1)
	add(t, c, store.Added{Pictures: 1, Files: 1, Claims: 1, Postings: 1}, i)
	var want []corpus.Adjudication
	for n, truth := range []rows.Truth{rows.Genuine, rows.Edited, rows.Misattributed, rows.NotDefaced, corpus.Unclear} {
		want = append(want, corpus.Adjudication{At: day(n + 1), By: "an analyst", Truth: truth, Reason: "seen live"})
	}
	for n, text := range Hostile() {
		want = append(want, corpus.Adjudication{At: day(10).Add(time.Duration(n)), By: "x" + text, Truth: rows.Genuine, Reason: "y" + text})
	}
	for n := range want { // the newest first, and each twice
		for range 2 {
			if err := c.Adjudicate(t.Context(), ID(i), want[len(want)-1-n]); err != nil {
				t.Fatal(err)
			}
		}
	}
	r, err := c.Claim(t.Context(), ID(i))
	if err != nil || !reflect.DeepEqual(r.Adjudications, want) {
		t.Errorf("%d judgements, %v; want all %d as they were, oldest first", len(r.Adjudications), err, len(want))
	}
	holds(t, c, store.Holdings{Pictures: 1, Files: 1, Claims: 1, Postings: 1, Adjudications: len(want)})
}

func unfounded(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	i := Item(1)
	add(t, c, store.Added{Pictures: 1, Files: 1, Claims: 1, Postings: 1}, i)
	for name, spoil := range map[string]func(*corpus.Adjudication){
		"nobody":          func(a *corpus.Adjudication) { a.By = " " },
		"no reason":       func(a *corpus.Adjudication) { a.Reason = "\n" },
		"no time":         func(a *corpus.Adjudication) { a.At = time.Time{} },
		"an endless time": func(a *corpus.Adjudication) { a.At = time.Date(12025, 1, 1, 0, 0, 0, 0, time.UTC) },
		"no truth":        func(a *corpus.Adjudication) { a.Truth = "" },
		"another truth":   func(a *corpus.Adjudication) { a.Truth = "supported" },
	} {
		a := corpus.Adjudication{At: day(1), By: "an analyst", Truth: rows.Genuine, Reason: "seen live"}
		spoil(&a)
		if err := c.Adjudicate(t.Context(), ID(i), a); !errors.Is(err, store.ErrUnfounded) {
			t.Errorf("%s: %v", name, err)
		}
	}
	good := corpus.Adjudication{At: day(1), By: "an analyst", Truth: rows.Genuine, Reason: "seen live"}
	if err := c.Adjudicate(t.Context(), sha("unknown"), good); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("an unknown claim: %v", err)
	}
	isRecord(t, c, Expected(i))
}

func setAside(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	items, order := many(t, c, 3)
	early := corpus.Setback{At: day(6), Program: "p 1", Tries: 3, Reason: "hung\x00\x1b\xff"}
	late := corpus.Setback{At: day(7), Program: "p 2", Tries: 5, Reason: "out of memory"}
	takeUp := func(claims ...string) (ended int) {
		do(t, c, func(tx *sql.Tx) (err error) {
			ended, err = c.TakeUpTx(t.Context(), tx, day(8), claims...)
			return err
		})
		return ended
	}
	isAside := func(want *corpus.Setback) {
		t.Helper()
		r, err := c.Claim(t.Context(), ID(items[0]))
		if err != nil || !reflect.DeepEqual(r.SetAside, want) {
			t.Errorf("set aside %+v, %v; want %+v", r.SetAside, err, want)
		}
	}
	do(t, c, func(tx *sql.Tx) error {
		for _, b := range []corpus.Setback{late, early, late} {
			if err := c.SetAsideTx(t.Context(), tx, ID(items[0]), b); err != nil {
				return err
			}
		}
		return c.SetAsideTx(t.Context(), tx, ID(items[1]), early)
	})
	isAside(&late)
	without := func(gone ...string) []string {
		return slices.DeleteFunc(slices.Clone(order), func(id string) bool { return slices.Contains(gone, id) })
	}
	for program, want := range map[string][]string{"p 1": without(ID(items[0]), ID(items[1])), "p 2": without(ID(items[0])), "p 3": order} {
		if got := pending(t, c, program, "m"); !slices.Equal(got, want) {
			t.Errorf("pending for %s: %.12q, want %.12q", program, got, want)
		}
	}
	if n := takeUp(ID(items[0]), sha("unknown")); n != 2 {
		t.Errorf("%d setbacks ended, want 2", n)
	}
	isAside(nil)
	if n := takeUp(); n != 1 {
		t.Errorf("%d setbacks ended, want that of the other claim", n)
	}
	if got := pending(t, c, "p 1", "m"); !slices.Equal(got, order) {
		t.Errorf("%d are pending, want all", len(got))
	}
	err := c.Do(t.Context(), func(tx *sql.Tx) error { return c.SetAsideTx(t.Context(), tx, sha("unknown"), late) })
	if !errors.Is(err, store.ErrUnknown) {
		t.Errorf("an unknown claim: %v", err)
	}
}

func do(t *testing.T, c Corpus, f func(tx *sql.Tx) error) {
	t.Helper()
	if err := c.Do(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// undone ends a transaction of several things with an error.
func undone(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	i, enough := Item(1), errors.New("enough")
	err := c.Do(t.Context(), func(tx *sql.Tx) error {
		if err := c.RecordTx(t.Context(), tx, Judged(i, "p", "m")); err != nil {
			return err
		}
		if err := c.KeepTx(t.Context(), tx, i.File); err != nil {
			return err
		}
		return enough
	})
	if !errors.Is(err, enough) {
		t.Errorf("do: %v", err)
	}
	holds(t, c, store.Holdings{})
	err = c.Do(t.Context(), func(tx *sql.Tx) error { return c.KeepTx(t.Context(), tx, i.File) })
	if !errors.Is(err, store.ErrUnknown) {
		t.Errorf("a file without a picture: %v", err)
	}
	do(t, c, func(tx *sql.Tx) error {
		return errors.Join(c.RecordTx(t.Context(), tx, Judged(i, "p", "m")), c.KeepTx(t.Context(), tx, i.File))
	})
	holds(t, c, store.Holdings{Pictures: 1, Files: 1, Claims: 1, Verdicts: 1})
}
