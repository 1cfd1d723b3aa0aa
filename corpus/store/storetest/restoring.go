package storetest

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// whole is a claim with a bit of everything, as another corpus kept it.
func whole(t *testing.T, n uint64) store.Kept {
	t.Helper()
	i := Item(n)
	r := Expected(i)
	r.Postings[0].Text = Hostile()[0]
	k := store.Kept{Record: r, File: i.File}
	for _, program := range []string{"p 1", "p 2"} {
		text, err := json.Marshal(Judged(i, program, "m"))
		if err != nil {
			t.Fatal(err)
		}
		text = append(text[:len(text)-1], `,"added_by_a_newer_version":[1]}`...)
		k.Results = append(k.Results, text)
		r.Verdicts = append(r.Verdicts, corpus.Verdict{SHA256: corpus.Digest(string(text)), Result: Judged(i, program, "m")})
	}
	if r.Verdicts[0].SHA256 > r.Verdicts[1].SHA256 { // of one time, they come by digest
		r.Verdicts[0], r.Verdicts[1] = r.Verdicts[1], r.Verdicts[0]
		k.Results[0], k.Results[1] = k.Results[1], k.Results[0]
	}
	r.Adjudications = []corpus.Adjudication{{At: day(6), By: "me", Truth: rows.Edited, Reason: "seen"}}
	r.SetAside = &corpus.Setback{At: day(7), Program: "p 1", Tries: 3, Reason: "hung"}
	return k
}

// restored puts claims in as they were kept, and takes them out again.
func restored(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	k, other := whole(t, 1), whole(t, 2)
	other.Record.Postings, other.File = nil, nil // was only verified
	for _, want := range []store.Added{{Pictures: 2, Files: 1, Claims: 2, Postings: 1}, {Known: 1}} {
		if got, err := c.Restore(t.Context(), k, other); err != nil || got != want {
			t.Fatalf("restored %+v, %v; want %+v", got, err, want)
		}
	}
	for _, want := range []store.Kept{k, other} {
		got, err := c.Claim(t.Context(), want.Record.ID)
		if err != nil {
			t.Fatal(err)
		}
		again, err := c.Keep(t.Context(), got)
		if err != nil || !reflect.DeepEqual(again, store.Kept{Record: got, Results: want.Results, File: want.File}) {
			t.Errorf("kept %+v, %v", again, err)
		}
		for i := range got.Verdicts { // parsed, they are not what they were made of
			got.Verdicts[i].Result, want.Record.Verdicts[i].Result = nil, nil
		}
		if !reflect.DeepEqual(got, want.Record) {
			t.Errorf("restored %+v\nwant %+v", got, want.Record)
		}
	}
	holds(t, c, store.Holdings{Pictures: 2, Files: 1, Claims: 2, Postings: 1, Verdicts: 4, Adjudications: 2})
}

// unrestored refuses what contradicts itself, and leaves nothing of what came with it.
func unrestored(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	for what, spoil := range map[string]func(*store.Kept){
		"another id":                 func(k *store.Kept) { k.Record.ID = ID(Item(9)) },
		"a verdict of other bytes":   func(k *store.Kept) { k.Results[0] = append(k.Results[0], ' ') },
		"a verdict on another claim": func(k *store.Kept) { o := whole(t, 9); k.Results, k.Record.Verdicts = o.Results, o.Record.Verdicts },
		"a verdict too few":          func(k *store.Kept) { k.Results = k.Results[:1] },
		"another file":               func(k *store.Kept) { k.File = []byte("another") },
		"a posting of another claim": func(k *store.Kept) { k.Record.Postings[0].URL = "http://other.test/" },
		"a judgement without reason": func(k *store.Kept) { k.Record.Adjudications[0].Reason = "" },
	} {
		k := whole(t, 2)
		spoil(&k)
		_, err := c.Restore(t.Context(), whole(t, 1), k)
		if !errors.Is(err, store.ErrIncomplete) && !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrUnfounded) {
			t.Errorf("%s: %v", what, err)
		}
	}
	holds(t, c, store.Holdings{})
}
