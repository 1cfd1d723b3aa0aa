package dataset_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/dataset"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func fresh(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "corpus.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// secret is what a page said, and must not be in a dataset without images.
const secret = "<the page's own words>"

// filled is a corpus with a bit of everything.
func filled(t testing.TB) *store.Store {
	t.Helper()
	s := fresh(t)
	at := time.Date(2025, 3, 1, 10, 0, 0, 123456789, time.UTC)
	for i, text := range append(storetest.Hostile(), "", "\xff\xfe\x00 no UTF-8", "plain") {
		n := uint64(i)
		item := storetest.Item(n)
		item.Posting.Text, item.Posting.Channel, item.Posting.Name, item.Posting.Notifier = text, text, text, text
		_, err := s.Add(t.Context(), item)
		check(t, err)
		other := item
		other.Posting.Channel, other.Posting.Name, other.Posting.Notifier = "Another", "first.png", "someone else"
		_, err = s.Add(t.Context(), other)
		check(t, err)
		if i%3 == 0 {
			later := item
			later.Posting.EditedAt, later.Posting.Text = at, "later: "+text
			a, err := s.Add(t.Context(), later)
			check(t, err)
			if a.Edited != 1 {
				t.Fatalf("%+v", a)
			}
		}
		id := storetest.ID(item)
		if i%2 == 0 {
			r := storetest.Judged(item, "0.3.0", "m1")
			r.Claim.Metadata = map[string]any{"z": secret, "a": 1.5e-7}
			r.Captures = append(r.Captures, verify.CaptureView{ID: "c1", Kind: "archived", Title: secret, State: verify.Same,
				Match: &verify.Match{Located: true, Scale: 1.25, Agreement: 0.5}, Words: &verify.Words{Found: 0.75, Swapped: []string{secret}}})
			r.Evidence = append(r.Evidence, verify.Evidence{ID: "e", Group: "g", Ran: true, Finding: "witness.same", Log10LR: 1.5, Sentence: secret})
			check(t, s.Record(t.Context(), r))
			newest := storetest.Judged(item, "0.4.0", "m2")
			if i%4 == 0 {
				newest.Verdict.Answer = verify.PageNotSeen
			}
			check(t, s.Record(t.Context(), newest))
			check(t, s.Adjudicate(t.Context(), id, corpus.Adjudication{At: at, By: "me", Truth: rows.Genuine, Reason: "seen"}))
			check(t, s.Adjudicate(t.Context(), id, corpus.Adjudication{At: at.Add(time.Hour), By: "me", Truth: corpus.Unclear, Reason: "not sure " + text}))
		}
	}
	check(t, s.Record(t.Context(), storetest.Result(1000))) // was only verified: no posting, no file
	return s
}

func records(t testing.TB, s *store.Store) (all []*corpus.Record) {
	t.Helper()
	for r, err := range s.Records(t.Context(), store.Filter{}) {
		check(t, err)
		all = append(all, r)
	}
	return all
}

func written(t testing.TB, s *store.Store, f dataset.Format, images bool) (string, *dataset.Manifest) {
	t.Helper()
	dir := t.TempDir()
	m, err := dataset.Write(t.Context(), s, dir, dataset.Options{Format: f, Images: images, Program: "0.3.0", Now: time.Unix(1e9, 0)})
	check(t, err)
	return dir, m
}

func TestACorpusComesBackAsItWasWhateverTheFormat(t *testing.T) {
	t.Parallel()
	s := filled(t)
	want := records(t, s)
	for _, f := range dataset.Formats() {
		dir, m := written(t, s, f, true)
		back := fresh(t)
		r, err := dataset.Read(t.Context(), dir, back, nil)
		if err != nil || r.Claims != len(want) || r.Missing != 0 || r.Added.Claims != len(want) || m.Counts.Claims != len(want) {
			t.Errorf("%s: %+v, %v", f, r, err)
			continue
		}
		got := records(t, back)
		for i := range want {
			if i >= len(got) || !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("%s: record %d:\n got %+v\nwant %+v", f, i, got[i], want[i])
				break
			}
			k, err := back.Keep(t.Context(), got[i])
			check(t, err)
			was, err := s.Keep(t.Context(), want[i])
			check(t, err)
			if !bytes.Equal(k.File, was.File) || !reflect.DeepEqual(k.Results, was.Results) {
				t.Errorf("%s: record %d: file or results differ", f, i)
			}
		}
		// A second time nothing is put in.
		if r, err := dataset.Read(t.Context(), dir, back, nil); err != nil || r.Added.Claims+r.Added.Postings+r.Added.Pictures != 0 {
			t.Errorf("%s again: %+v, %v", f, r, err)
		}
		if h, _ := back.Holdings(t.Context()); h.Claims != len(want) || h.Files != len(want)-1 {
			t.Errorf("%s: %+v", f, h)
		}
	}
}

func TestASetbackComesBack(t *testing.T) {
	t.Parallel()
	s, item := fresh(t), storetest.Item(1)
	_, err := s.Add(t.Context(), item)
	check(t, err)
	tx, err := s.DB().Begin()
	check(t, err)
	check(t, s.SetAsideTx(t.Context(), tx, storetest.ID(item), corpus.Setback{At: time.Unix(1e9, 5), Program: "0.3.0", Tries: 3, Reason: "it hung"}))
	check(t, tx.Commit())
	dir, _ := written(t, s, dataset.JSONL, true)
	back := fresh(t)
	_, err = dataset.Read(t.Context(), dir, back, nil)
	check(t, err)
	if got := records(t, back); len(got) != 1 || !reflect.DeepEqual(got[0], records(t, s)[0]) || got[0].SetAside == nil {
		t.Errorf("%+v", got)
	}
}

// bytesOf is all that stands in the files of a dataset; of a table, which is packed,
// what comes back of it.
func bytesOf(t testing.TB, dir string, back *store.Store) string {
	t.Helper()
	var all strings.Builder
	check(t, filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		all.Write(data)
		return err
	}))
	for _, r := range records(t, back) {
		text, err := json.Marshal(r)
		check(t, err)
		all.Write(text)
	}
	return all.String()
}

func TestADatasetWithoutImagesHasNothingOfThePages(t *testing.T) {
	t.Parallel()
	s := filled(t)
	want := records(t, s)
	verdicts := 0
	for _, r := range want {
		verdicts += len(r.Verdicts)
	}
	for _, f := range dataset.Formats() {
		dir, m := written(t, s, f, false)
		back := fresh(t)
		r, err := dataset.Read(t.Context(), dir, back, nil)
		if err != nil || r.Missing != verdicts || m.Counts.Files != 0 {
			t.Errorf("%s: %+v, %v", f, r, err)
			continue
		}
		if all := bytesOf(t, dir, back); strings.Contains(all, "own words") || strings.Contains(all, string(storetest.Item(1).File)) {
			t.Errorf("%s: a page's words or a picture's bytes are in it", f)
		}
		for i, got := range records(t, back) {
			was := *want[i]
			was.Verdicts = nil
			if !reflect.DeepEqual(got, &was) {
				t.Errorf("%s: record %d:\n got %+v\nwant %+v", f, i, got, &was)
			}
		}
	}
}

func TestTheSameCorpusGivesTheSameFiles(t *testing.T) {
	t.Parallel()
	s := filled(t)
	for _, f := range dataset.Formats() {
		_, a := written(t, s, f, true)
		_, b := written(t, s, f, true)
		if !reflect.DeepEqual(a.Files, b.Files) || len(a.Files) == 0 {
			t.Errorf("%s: %+v and %+v", f, a.Files, b.Files)
		}
	}
}

// claimsOf are the entries of a dataset of JSON Lines.
func claimsOf(t testing.TB, dir string) (all []dataset.Entry) {
	t.Helper()
	for _, name := range []string{"train.jsonl", "test.jsonl"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		check(t, err)
		for line := range bytes.Lines(data) {
			var e dataset.Entry
			check(t, json.Unmarshal(line, &e))
			if string(e.Split)+".jsonl" != name {
				t.Errorf("%s is in %s", e.Split, name)
			}
			all = append(all, e)
		}
	}
	return all
}

func TestNoSiteAndNoPictureLiesOnBothSides(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	var items []store.Item
	for i := range uint64(300) {
		item := storetest.Item(i)
		item.Posting.URL = fmt.Sprintf("http://www%d.site-%d.co.uk/%d", i%3, i/2, i)
		if i%10 == 9 { // the picture of the one before, which is of another site
			before := items[i-1]
			item.Picture, item.File = before.Picture, before.File
			item.Posting.URL = fmt.Sprintf("http://x.far-%d.org/", i)
		}
		items = append(items, item)
	}
	_, err := s.Add(t.Context(), items...)
	check(t, err)
	dir, m := written(t, s, dataset.JSONL, false)
	sides, groups := map[string]rows.Split{}, map[string]rows.Split{}
	for _, e := range claimsOf(t, dir) {
		for _, what := range []string{e.Site, e.Picture.SHA256} {
			if side, ok := sides[what]; ok && side != e.Split {
				t.Errorf("%s lies on both sides", what)
			}
			sides[what] = e.Split
		}
		if side, ok := groups[e.Group]; ok && side != e.Split {
			t.Errorf("group %s lies on both sides", e.Group)
		}
		groups[e.Group] = e.Split
		if strings.HasPrefix(e.Site, "www") || strings.Count(e.Site, ".") > 2 {
			t.Errorf("site %s", e.Site)
		}
	}
	if n := m.Counts.Splits[rows.Test]; n < 20 || n > 120 || m.Counts.Groups != len(groups) {
		t.Errorf("%+v", m.Counts)
	}
	// Claims that come later leave earlier ones where they are.
	for i := range uint64(100) {
		item := storetest.Item(1000 + i)
		_, err := s.Add(t.Context(), item)
		check(t, err)
	}
	dir, _ = written(t, s, dataset.JSONL, false)
	for _, e := range claimsOf(t, dir) {
		if side, ok := sides[e.Site]; ok && side != e.Split {
			t.Errorf("%s changed sides", e.Site)
		}
	}
}

func TestWhatWasChangedOrCutIsRefused(t *testing.T) {
	t.Parallel()
	s := filled(t)
	for _, f := range dataset.Formats() {
		dir, m := written(t, s, f, true)
		name := filepath.Join(dir, m.Files[0].Name)
		data, err := os.ReadFile(name)
		check(t, err)
		for what, bad := range map[string][]byte{"cut": data[:len(data)-10], "changed": append(slices.Clone(data[:len(data)-1]), data[len(data)-1]^1)} {
			check(t, os.WriteFile(name, bad, 0o644))
			back := fresh(t)
			if _, err := dataset.Read(t.Context(), dir, back, nil); !errors.Is(err, dataset.ErrNotDataset) || !strings.Contains(err.Error(), m.Files[0].Name) {
				t.Errorf("%s %s: %v", f, what, err)
			}
		}
	}
	dir, _ := written(t, s, dataset.JSONL, true)
	pictures, err := filepath.Glob(filepath.Join(dir, "pictures", "*", "*"))
	check(t, err)
	check(t, os.WriteFile(pictures[0], []byte("another"), 0o644))
	if _, err := dataset.Read(t.Context(), dir, fresh(t), nil); err == nil {
		t.Error("a picture that is another was taken")
	}
	check(t, os.WriteFile(filepath.Join(dir, dataset.ManifestName), []byte(`{"schema":"defacecheck/dataset/9"}`), 0o644))
	if _, err := dataset.Read(t.Context(), dir, fresh(t), nil); !errors.Is(err, dataset.ErrNotDataset) {
		t.Errorf("%v", err)
	}
}

// TestAForgedDatasetBringsNoAddressThatNoClaimCanCarry: the ids of such a dataset fit, since
// whoever forges one can compute them.
func TestAForgedDatasetBringsNoAddressThatNoClaimCanCarry(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"javascript:alert(1)", "file:///etc/passwd", "=cmd|'/C calc'!A0", "http://0x7f.1/", "http://user:secret@victim.example/",
		"HTTP://victim.example/", "http://victim.example", "http://victim.example/#there", " http://victim.example/", "http://victim.example/\x1b[2J"} {
		s, item := fresh(t), storetest.Item(1)
		item.Posting.URL = url
		_, err := s.Add(t.Context(), item)
		check(t, err)
		for _, f := range dataset.Formats() {
			dir, _ := written(t, s, f, false)
			back := fresh(t)
			_, err := dataset.Read(t.Context(), dir, back, nil)
			if !errors.Is(err, capture.ErrBadURL) || !errors.Is(err, dataset.ErrNotDataset) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s of %q: %v", f, url, err)
			}
			if h, err := back.Holdings(t.Context()); err != nil || h.Claims != 0 {
				t.Errorf("%s of %q: %+v, %v", f, url, h, err)
			}
		}
	}
}
