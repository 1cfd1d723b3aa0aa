package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
)

func isRecord(t *testing.T, c Corpus, want *corpus.Record) {
	t.Helper()
	got, err := c.Claim(t.Context(), want.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("claim %.2000s\nwant %.2000s", fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want))
	}
}

// list gives the ids of the claims that a filter chooses.
func list(t *testing.T, c Corpus, f store.Filter) (all []string) {
	t.Helper()
	for r, err := range c.Records(t.Context(), f) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r.ID)
	}
	return all
}

func pending(t *testing.T, c Corpus, program, model string) (all []string) {
	t.Helper()
	for id, err := range c.Pending(t.Context(), program, model) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, id)
	}
	return all
}

// many adds items, of which the first were seen last, and gives their ids in the
// order in which records come.
func many(t *testing.T, c Corpus, n int) (items []store.Item, order []string) {
	t.Helper()
	for k := range n {
		i := Item(uint64(k))
		i.ReadAt = day(28 - k/10)
		i.Posting.Channel = fmt.Sprint("channel ", k%3)
		items = append(items, i)
	}
	add(t, c, store.Added{Pictures: n, Files: n, Claims: n, Postings: n}, items...)
	sorted := slices.Clone(items)
	slices.SortFunc(sorted, func(a, b store.Item) int {
		if d := a.ReadAt.Compare(b.ReadAt); d != 0 {
			return d
		}
		return slices.Compare([]byte(ID(a)), []byte(ID(b)))
	})
	for _, i := range sorted {
		order = append(order, ID(i))
	}
	return items, order
}

func filtered(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	if got := list(t, c, store.Filter{}); got != nil {
		t.Errorf("an empty corpus has %q", got)
	}
	items, order := many(t, c, 123) // more than two pages
	keep := func(ok func(i store.Item) bool) (some []string) {
		for _, id := range order {
			if at := slices.IndexFunc(items, func(i store.Item) bool { return ID(i) == id }); ok(items[at]) {
				some = append(some, id)
			}
		}
		return some
	}
	record(t, c, Judged(items[5], "p", "m"), Judged(items[7], "p", "m"))
	some := []string{ID(items[90]), ID(items[5]), ID(items[3]), sha("unknown"), ID(items[5])}
	for name, f := range map[string]struct {
		filter store.Filter
		want   []string
	}{
		"all":             {store.Filter{}, order},
		"of a channel":    {store.Filter{Channel: "channel 1"}, keep(func(i store.Item) bool { return i.Posting.Channel == "channel 1" })},
		"of no channel":   {store.Filter{Channel: "channel"}, nil},
		"never judged":    {store.Filter{WithoutVerdict: true}, keep(func(i store.Item) bool { return ID(i) != ID(items[5]) && ID(i) != ID(items[7]) })},
		"by id":           {store.Filter{Claims: some}, keep(func(i store.Item) bool { return slices.Contains(some, ID(i)) })},
		"by id of none":   {store.Filter{Claims: []string{}}, nil},
		"by everything":   {store.Filter{Claims: order, Channel: "channel 2", WithoutVerdict: true}, keep(func(i store.Item) bool { return i.Posting.Channel == "channel 2" && ID(i) != ID(items[5]) })},
		"by 2000 unknown": {store.Filter{Claims: append(slices.Repeat([]string{sha("x")}, 2000), order[0])}, order[:1]},
	} {
		if got := list(t, c, f.filter); !slices.Equal(got, f.want) {
			t.Errorf("%s: %d claims %.200q, want %d %.200q", name, len(got), got, len(f.want), f.want)
		}
	}
}

// meanwhile uses the corpus while it is read, which a single connection would not
// allow to whoever held a query open.
func meanwhile(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	items, order := many(t, c, 60)
	seen := 0
	for r, err := range c.Records(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if r.ID != order[seen] {
			t.Fatalf("claim %d is %s, want %s", seen, r.ID, order[seen])
		}
		if seen++; seen%20 == 1 {
			record(t, c, Judged(items[seen], "p", "m"))
		}
	}
	if seen != len(order) {
		t.Errorf("%d claims, want %d", seen, len(order))
	}
	for range c.Records(t.Context(), store.Filter{}) {
		break // whoever has seen enough holds nothing up
	}
	record(t, c, Judged(items[9], "p", "m"))
}

func verdicts(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	i := Item(1)
	later, first := Judged(i, "p 2", "m"), Judged(i, "p 1", "m")
	later.Claim.ReadAt = day(20)
	later.Verdict.Sentence = "a <b> & \x1b \u202e \u2028"
	record(t, c, later, first)
	r, err := c.Claim(t.Context(), ID(i))
	if err != nil || len(r.Verdicts) != 2 {
		t.Fatalf("%d verdicts, %v", len(r.Verdicts), err)
	}
	if !reflect.DeepEqual(r.Verdicts[0].Result, first) || !reflect.DeepEqual(r.Latest().Result, later) {
		t.Errorf("verdicts %+v", r.Verdicts)
	}
}

func toDo(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	items, order := many(t, c, 60)
	absent := Item(99)
	absent.File = nil
	add(t, c, store.Added{Pictures: 1, Claims: 1, Postings: 1}, absent)
	if got := pending(t, c, "p", "m"); !slices.Equal(got, order) {
		t.Errorf("%d are pending, want %d: all that have a file", len(got), len(order))
	}
	record(t, c, Judged(items[0], "p", "m"), Judged(items[1], "p", "other"), Judged(items[2], "other", "m"))
	want := slices.DeleteFunc(slices.Clone(order), func(id string) bool { return id == ID(items[0]) })
	if got := pending(t, c, "p", "m"); !slices.Equal(got, want) {
		t.Errorf("%d are pending, want %d: all but the one that was judged with both", len(got), len(want))
	}
}

func prefixes(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	_, order := many(t, c, 60)
	for _, id := range order {
		short := 1
		for slices.ContainsFunc(order, func(o string) bool { return o != id && o[:short] == id[:short] }) {
			if _, err := c.Resolve(t.Context(), id[:short]); !errors.Is(err, store.ErrAmbiguous) {
				t.Errorf("%s: %v", id[:short], err)
			}
			short++
		}
		for _, prefix := range []string{id[:short], id} {
			if got, err := c.Resolve(t.Context(), prefix); got != id || err != nil {
				t.Errorf("%s is %s, %v; want %s", prefix, got, err, id)
			}
		}
	}
	for _, no := range append(Hostile(), order[0]+"0", "%", "_", "g") {
		if got, err := c.Resolve(t.Context(), no); no != "12345" && !errors.Is(err, store.ErrUnknown) {
			t.Errorf("%.40q is %s, %v", no, got, err)
		}
	}
}
