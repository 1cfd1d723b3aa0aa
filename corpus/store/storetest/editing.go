package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// edited reads a message again after it was edited: with another text, with another address,
// and with neither.
func edited(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	version := func(at time.Time, url, text string) store.Item {
		i := Item(1)
		i.Posting.EditedAt, i.Posting.URL, i.Posting.Text = at, url, text
		return i
	}
	first := version(time.Time{}, "http://a.test/", "first")
	other := Item(2) // of another message
	unnamed := Item(3)
	unnamed.Posting.Message = ""
	add(t, c, store.Added{Pictures: 3, Files: 3, Claims: 3, Postings: 3}, first, other, unnamed)
	isRecord(t, c, Expected(first))

	again, moved := version(day(6), "http://a.test/", Hostile()[5]), version(day(7), "http://b.test/", "at b")
	add(t, c, store.Added{Known: 1, Edited: 1}, again)
	add(t, c, store.Added{Known: 1}, again)
	add(t, c, store.Added{Claims: 1, Postings: 1, Edited: 1}, moved)
	add(t, c, store.Added{Known: 2}, again, moved)
	// What has no name cannot be known again, and what is older than all that is known is no edit.
	unnamed.Posting.EditedAt = day(8)
	add(t, c, store.Added{Known: 1}, unnamed)
	before := other
	before.Posting.EditedAt = day(2)
	add(t, c, store.Added{Known: 1}, before)

	edit := func(i store.Item) corpus.Edit {
		return corpus.Edit{Channel: i.Posting.Channel, Message: i.Posting.Message, At: i.Posting.EditedAt, Text: i.Posting.Text}
	}
	want := Expected(first)
	want.Edits = []corpus.Edit{edit(again), edit(moved)}
	isRecord(t, c, want)
	isRecord(t, c, Expected(moved)) // its own version is no edit of it
	isRecord(t, c, Expected(other))

	// It is restored elsewhere as it was, with or without what it is an edit of.
	record := Expected(Item(4))
	record.Edits = []corpus.Edit{{Channel: "a channel", Message: "4", At: day(9), Text: "later"}}
	for _, want := range []store.Added{{Pictures: 1, Claims: 1, Postings: 1}, {Known: 1}} {
		if got, err := c.Restore(t.Context(), store.Kept{Record: record}); err != nil || got != want {
			t.Errorf("restored %+v, %v; want %+v", got, err, want)
		}
	}
	isRecord(t, c, record)
	for what, bad := range map[string]corpus.Edit{
		"of another message": {Channel: "a channel", Message: "5", At: day(9)},
		"no later":           {Channel: "a channel", Message: "4", At: day(5)},
		"at an endless time": {Channel: "a channel", Message: "4", At: time.Date(12025, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		spoilt := *record
		spoilt.Edits = []corpus.Edit{bad}
		if _, err := c.Restore(t.Context(), store.Kept{Record: &spoilt}); !errors.Is(err, store.ErrIncomplete) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func channels(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	if got, err := c.Channels(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("of nothing: %+v, %v", got, err)
	}
	var items []store.Item
	for n, name := range []string{"many", "many", "few", Hostile()[5], ""} {
		i := Item(uint64(n))
		i.Posting.Channel = name
		if n > 0 {
			i.Posting.Forwarded = ""
		}
		items = append(items, i)
	}
	twice := items[1]
	twice.Posting.Message = "again"
	items = append(items, twice)
	if _, err := c.Add(t.Context(), items...); err != nil {
		t.Fatal(err)
	}
	record(t, c, Result(1000)) // was not posted
	want := map[string]store.Channel{"many": {Name: "many", Claims: 2, Postings: 3, Forwarded: 1}, "few": {Name: "few", Claims: 1, Postings: 1},
		Hostile()[5]: {Name: Hostile()[5], Claims: 1, Postings: 1}, "": {Claims: 1, Postings: 1}}
	got, err := c.Channels(t.Context())
	if err != nil || len(got) != len(want) || got[0].Name != "many" {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, g := range got {
		if g != want[g.Name] {
			t.Errorf("%+v, want %+v", g, want[g.Name])
		}
	}
}

func posted(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	i := Item(1)
	add(t, c, store.Added{Pictures: 1, Files: 1, Claims: 1, Postings: 1}, i)
	record(t, c, Judged(i, "p", "m"))
	n := 0
	for got, err := range c.Posted(t.Context(), store.Filter{Claims: []string{ID(i), sha("another")}}) {
		if n++; err != nil || !reflect.DeepEqual(got, Expected(i)) {
			t.Errorf("%+v, %v\nwant %+v", got, err, Expected(i))
		}
	}
	if n != 1 {
		t.Errorf("%d claims", n)
	}
}
