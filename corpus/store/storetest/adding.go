package storetest

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
)

func add(t *testing.T, c Corpus, want store.Added, items ...store.Item) {
	t.Helper()
	if got, err := c.Add(t.Context(), items...); err != nil || got != want {
		t.Fatalf("added %+v, %v; want %+v", got, err, want)
	}
}

func added(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	full, bare := Item(1), Item(2)
	bare.Posting = corpus.Posting{URL: "http://b.test/"}
	add(t, c, store.Added{Pictures: 2, Files: 2, Claims: 2, Postings: 2}, full, bare)
	for _, i := range []store.Item{full, bare} {
		isRecord(t, c, Expected(i))
		if data, err := c.File(t.Context(), i.Picture.SHA256); err != nil || !bytes.Equal(data, i.File) {
			t.Errorf("file %q, %v; want %q", data, err, i.File)
		}
	}
	holds(t, c, store.Holdings{Pictures: 2, Files: 2, Claims: 2, Postings: 2})
	if _, err := c.File(t.Context(), sha("another")); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := c.Claim(t.Context(), sha("another")); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("a claim that is not there: %v", err)
	}
}

func once(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	first, moved, elsewhere, later, otherURL := Item(1), Item(1), Item(1), Item(1), Item(1)
	moved.Posting.Origin, moved.Posting.Name, moved.Posting.Text, moved.ReadAt = "a copy", "b.jpg", "edited", day(9)
	elsewhere.Posting.Channel = "another channel"
	later.Posting.Message = "2"
	otherURL.Posting.URL = "http://other.test/"
	add(t, c, store.Added{Pictures: 1, Files: 1, Claims: 1, Postings: 1, Known: 1}, first, moved)
	add(t, c, store.Added{Known: 2}, first, moved)
	add(t, c, store.Added{Claims: 1, Postings: 3}, elsewhere, later, otherURL)
	want := Expected(first)
	want.Postings = append(want.Postings, later.Posting, elsewhere.Posting)
	isRecord(t, c, want)
	holds(t, c, store.Holdings{Pictures: 1, Files: 1, Claims: 2, Postings: 4})
}

func mended(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	item := Item(1)
	add(t, c, store.Added{Pictures: 1, Files: 1, Claims: 1, Postings: 1}, item)
	if err := c.Do(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), "UPDATE files SET data = $1", []byte("scrambled"))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.File(t.Context(), item.Picture.SHA256); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("a picture that is another: %v", err)
	}
	add(t, c, store.Added{Files: 1, Known: 1}, item)
	if data, err := c.File(t.Context(), item.Picture.SHA256); err != nil || !bytes.Equal(data, item.File) {
		t.Errorf("mended to %q, %v", data, err)
	}
	add(t, c, store.Added{Known: 1}, item)
}

func completed(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	whole, bare := Item(1), Item(1)
	bare.File, bare.Posting.Notifier, bare.Posting.Words = nil, "", ""
	add(t, c, store.Added{Pictures: 1, Claims: 1, Postings: 1}, bare)
	if _, err := c.File(t.Context(), bare.Picture.SHA256); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("a file that was not given: %v", err)
	}
	add(t, c, store.Added{Files: 1, Known: 1}, whole)
	want := Expected(whole)
	want.Postings[0] = bare.Posting // as it was read first
	isRecord(t, c, want)
	other := Item(1)
	other.Posting.Notifier = "somebody else"
	add(t, c, store.Added{Known: 1}, other)
	isRecord(t, c, want)
}

func addedAndJudged(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	i := Item(1)
	r := Judged(i, "p", "m")
	record(t, c, r)
	add(t, c, store.Added{Files: 1, Postings: 1}, i)
	record(t, c, r)
	holds(t, c, store.Holdings{Pictures: 1, Files: 1, Claims: 1, Postings: 1, Verdicts: 1})
}

func spoilt(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	for name, spoil := range map[string]func(*store.Item){
		"no digest":       func(i *store.Item) { i.Picture.SHA256 = "" },
		"another's file":  func(i *store.Item) { i.File = []byte("x") },
		"an empty file":   func(i *store.Item) { i.File = []byte{} },
		"no address":      func(i *store.Item) { i.Posting.URL = "" },
		"an endless time": func(i *store.Item) { i.Posting.EditedAt = time.Date(12025, 1, 1, 0, 0, 0, 0, time.UTC) },
	} {
		bad := Item(2)
		spoil(&bad)
		_, err := c.Add(t.Context(), Item(1), bad)
		if !errors.Is(err, store.ErrIncomplete) || !strings.Contains(err.Error(), bad.Posting.Origin) {
			t.Errorf("%s: %v", name, err)
		}
	}
	holds(t, c, store.Holdings{}) // neither the bad one nor the good one beside it
}

func hostilePostings(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	for n, text := range Hostile() {
		i := Item(uint64(n))
		i.Posting = corpus.Posting{URL: "http://a.test/" + text, Notifier: text, Words: text, Channel: text, Message: text,
			Text: text, Forwarded: text, Origin: text, Name: text}
		add(t, c, store.Added{Pictures: 1, Files: 1, Claims: 1, Postings: 1}, i)
		isRecord(t, c, Expected(i))
		if text == "" {
			continue
		}
		if got := list(t, c, store.Filter{Channel: text}); len(got) != 1 || got[0] != ID(i) {
			t.Errorf("channel %.40q has %d claims", text, len(got))
		}
	}
}

// crowd has two handles, two goroutines each, add overlapping items in different
// orders, each of which ends as one.
func crowd(t *testing.T, open func() (Corpus, error)) {
	const claims = 30
	var work errgroup.Group
	for h := range 2 {
		c := handle(t, open)
		for g := range 2 {
			work.Go(func() error {
				for k := 0; k < claims; k += 5 {
					var items []store.Item
					for n := range 5 {
						at := uint64(k + n)
						if (h+g)%2 == 1 {
							at = claims - 1 - at
						}
						items = append(items, Item(at))
					}
					if _, err := c.Add(t.Context(), items...); err != nil {
						return fmt.Errorf("handle %d: %w", h, err)
					}
				}
				return nil
			})
		}
	}
	if err := work.Wait(); err != nil {
		t.Fatal(err)
	}
	holds(t, handle(t, open), store.Holdings{Pictures: claims, Files: claims, Claims: claims, Postings: claims})
}
