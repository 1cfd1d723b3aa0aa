package reuse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/report"
)

// put puts pictures together, the first first.
func put(t *testing.T, f *Finder, p Progress, all ...*picture.Picture) [][]Kin {
	t.Helper()
	var sums []string
	for _, x := range all {
		sums = append(sums, x.SHA256)
	}
	if err := f.Search(t.Context(), sums, p); err != nil {
		t.Fatal(err)
	}
	sets, err := f.Sets(t.Context(), sums, p)
	if err != nil {
		t.Fatal(err)
	}
	return sets
}

func opened(t *testing.T, s *store.Store) *Finder {
	t.Helper()
	f, err := Open(t.Context(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEachPictureOfAPageIsToldByWhatItIsToTheFirst(t *testing.T) {
	t.Parallel()
	views := shots(t, first, other, view{"Another hand wrote these words", "lamp.example", "09:10", "<h1>Another hand</h1><p>wrote this"})
	s, p := kept(t, filepath.Join(t.TempDir(), "corpus"), views[0], recompressed(t, views[0], 1, 85), views[1], cut(t, views[0], pageOnly), laidOn(t, views[0]), views[2])
	f := opened(t, s)
	want := [][]Kin{{{p[0].SHA256, verify.IdenticalFile}, {p[1].SHA256, verify.SameScreenshot}, {p[2].SHA256, verify.SamePage},
		{p[3].SHA256, verify.CannotTell}, {p[4].SHA256, verify.SameScreenshot}}}
	if got := put(t, f, nil, p...); !reflect.DeepEqual(got, want) {
		t.Errorf("put together %v\nwant %v", got, want)
	}
	bare := [][]Kin{{{p[3].SHA256, verify.IdenticalFile}, {p[0].SHA256, verify.CannotTell}, {p[2].SHA256, verify.CannotTell}}}
	if got := put(t, f, nil, p[3], p[0], p[2], p[5]); !reflect.DeepEqual(got, bare) {
		t.Errorf("with a bare picture first: %v\nwant %v", got, bare)
	}
	again := opened(t, s)
	if got := put(t, again, func(int, int) { t.Error("something was compared twice") }, p...); !reflect.DeepEqual(got, want) {
		t.Errorf("from what was kept: %v\nwant %v", got, want)
	}
}

func TestASearchThatWasEndedGoesOn(t *testing.T) {
	t.Parallel()
	views := shots(t, first, other, letter)
	s, p := kept(t, filepath.Join(t.TempDir(), "corpus"), views...)
	f := opened(t, s)
	sums := []string{p[0].SHA256, p[1].SHA256, p[2].SHA256}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := f.Search(ctx, sums, func(done, all int) {
		if done == 1 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("ended with %v", err)
	}
	var told []int
	if err := opened(t, s).Search(t.Context(), sums, func(done, all int) { told = append(told, done, all) }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []int{1, 2, 2, 2}) {
		t.Errorf("told %v; want two pictures that were left", told)
	}
	if sets := put(t, f, nil, p...); len(sets) != 1 || len(sets[0]) != 3 {
		t.Errorf("put together %v", sets)
	}
}

// hashed is a picture with hashes of the test's choice; without a file where data is nil.
func hashed(t *testing.T, s *store.Store, n uint64, i imprint.Imprint, data []byte) *picture.Picture {
	t.Helper()
	item := storetest.Item(n)
	item.File, item.Picture.Print = data, i
	if data != nil {
		sum := sha256.Sum256(data)
		item.Picture.SHA256 = hex.EncodeToString(sum[:])
	}
	if _, err := s.Add(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	return &picture.Picture{SHA256: item.Picture.SHA256}
}

func TestPicturesThatCannotBeReadGoByTheirHashesAndJoinNoTwoThatAreApart(t *testing.T) {
	t.Parallel()
	views := shots(t, first, view{"", "lamp.example", "09:10", "<h1>Another hand</h1><p>wrote this on the wall of the mill"})
	s, p := kept(t, filepath.Join(t.TempDir(), "corpus"), views...)
	hash := storetest.Imprint(1)
	for i, bits := range []int{0, 12} { // the two hash alike here, and show different pages
		words := storetest.Turned(hash, bits).Difference256
		if _, err := s.DB().ExecContext(t.Context(), "UPDATE pictures SET wide_0 = $1, wide_1 = $2, wide_2 = $3, wide_3 = $4, informative = TRUE WHERE sha256 = $5",
			int64(words[0]), int64(words[1]), int64(words[2]), int64(words[3]), p[i].SHA256); err != nil {
			t.Fatal(err)
		}
	}
	near, nearer := hashed(t, s, 3, storetest.Turned(hash, 7), nil), hashed(t, s, 4, storetest.Turned(hash, 4), nil)
	broken := hashed(t, s, 5, storetest.Turned(hash, 3), []byte("\x89PNG and no more"))
	blank := hashed(t, s, 6, imprint.Imprint{Difference256: hash.Difference256}, nil)
	got := put(t, opened(t, s), nil, p[0], p[1], near, nearer, broken, blank)
	want := [][]Kin{{{p[0].SHA256, verify.IdenticalFile}, {near.SHA256, verify.Unexamined}, {nearer.SHA256, verify.Unexamined}, {broken.SHA256, verify.Unexamined}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("put together %v\nwant %v", got, want)
	}
}

// said puts a claim about a picture and an address into the corpus, as a message makes it.
func said(t *testing.T, s *store.Store, picture uint64, url, message string) store.Item {
	t.Helper()
	item := storetest.Item(picture)
	item.Posting.URL, item.Posting.Message = url, message
	if _, err := s.Add(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	return item
}

func TestWhatOneMessageSaysOfSeveralAddressesWasPostedOnce(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	clusters := func() []Cluster {
		t.Helper()
		all, err := opened(t, s).Clusters(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	var item store.Item
	for _, picture := range []uint64{1, 2} { // an album about two addresses
		for _, url := range []string{"http://a.test/", "http://b.test/"} {
			item = said(t, s, picture, url, "7")
		}
	}
	if got := clusters(); len(got) != 0 {
		t.Errorf("one message is %+v", got)
	}
	verified := storetest.Judged(item, "p", "m") // the same, looked at by somebody who did not know when it was posted
	verified.Claim.PostedAt = nil
	if err := s.Record(t.Context(), verified); err != nil {
		t.Fatal(err)
	}
	if got := clusters(); len(got) != 0 {
		t.Errorf("one message that was verified is %+v", got)
	}
	said(t, s, 1, "http://a.test/", "8")
	got := clusters()
	if len(got) != 1 || len(got[0].Pictures) != 1 || got[0].Pictures[0].SHA256 != storetest.Item(1).Picture.SHA256 || len(got[0].Pictures[0].Claims) != 2 {
		t.Errorf("a message that says it again: %+v", got)
	}
	verified.Claim.URL = "http://c.test/"
	if err := s.Record(t.Context(), verified); err != nil {
		t.Fatal(err)
	}
	if got := clusters(); len(got) != 2 {
		t.Errorf("a claim about another address, which nobody is known to have posted: %+v", got)
	}
}

func TestTheMethodIsPrintedAsItIsWritten(t *testing.T) {
	t.Parallel()
	if got := report.Safe(Method()); got != Method() {
		t.Errorf("on a page it is %q", got)
	}
}

func TestMessagesAreThoseOfThePictures(t *testing.T) {
	t.Parallel()
	m := messages{}
	for _, x := range [][2]string{{"p", "1"}, {"q", "1"}, {"q", "2"}} {
		m.add(x[0], x[1])
	}
	for want, sums := range map[int][]string{1: {"p"}, 2: {"p", "q"}, 0: {"r"}} {
		if got := m.together(sums); got != want {
			t.Errorf("%v stand in %d messages, want %d", sums, got, want)
		}
	}
}
