package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
)

// first makes a corpus as the first version of the schema had it, with verdicts on
// the claims of storetest.
func first(t *testing.T, path string, verdicts ...*verify.Result) {
	t.Helper()
	schema, err := os.ReadFile("migrations/0001_claims.sql")
	if err != nil {
		t.Fatal(err)
	}
	execute(t, path, "PRAGMA application_id = 0x6466636b; CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL);"+
		string(schema)+"INSERT INTO migrations VALUES (1, 'migrations/0001_claims.sql')")
	for _, r := range verdicts {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		f := r.Claim
		id := corpus.ID(f.SHA256, f.URL, *f.ClaimedAt, *f.PostedAt)
		i := storetest.Imprint(1).Difference256
		execute(t, path, fmt.Sprintf(`INSERT OR IGNORE INTO pictures VALUES ('%s', 1, 'png', 1280, 800, 1, -2, 4294967296, %d, %d, %d, %d, 0.9, 1);
			INSERT OR IGNORE INTO claims VALUES ('%s', '%s', CAST('%s' AS BLOB), CAST('%s' AS BLOB), '%s', '%s', '%s', '%s', '%s');
			INSERT INTO verdicts VALUES ('%s', '%s', '%s', '%s', '%s', '%s', '%s')`,
			f.SHA256, int64(i[0]), int64(i[1]), int64(i[2]), int64(i[3]),
			id, f.SHA256, f.Image, f.URL, corpus.Stamp(f.ClaimedAt.From), corpus.Stamp(f.ClaimedAt.To),
			corpus.Stamp(f.PostedAt.From), corpus.Stamp(f.PostedAt.To), corpus.Stamp(f.ReadAt),
			id, corpus.Digest(string(text)), corpus.Stamp(f.ReadAt), r.Versions.Program, r.Versions.Model, r.Versions.ModelDigest,
			strings.ReplaceAll(string(text), "'", "''")))
	}
}

// judged is a verdict with all that is unfolded.
func judged(program string) *verify.Result {
	r := storetest.Result(1)
	r.Versions.Program = program
	r.Claim.Notifier, r.Claim.Words = "somebody", "was here"
	r.Verdict = verify.Verdict{Word: verify.LeansFalse, Answer: verify.Judged, Log10LR: -0.75, Probability: 0.15, Leaning: verify.Edited}
	r.Evidence = []verify.Evidence{{ID: "version", Group: "pages", Method: "tiles", Version: "3", Ran: true, Finding: "version.old",
		Log10LR: -0.9, Counted: -0.75, Leaning: verify.Edited}, {ID: "clock"}}
	r.Captures = []verify.CaptureView{{ID: "archive-1", Kind: "archived", Source: "an archive", URL: "http://a.test/", FinalURL: "http://a.test/b",
		SeenAt: r.Claim.ReadAt, Validity: "ok", Status: 200, Title: "it's a page", State: verify.Altered, Ordinary: true, HTMLSHA256: "ab", Digest: "cd"}}
	return r
}

// unfolded are the rows that a verdict is unfolded into, as text.
func unfolded(t *testing.T, s *store.Store) (all []string) {
	t.Helper()
	for _, query := range []string{
		"SELECT program || '|' || word || '|' || answer || '|' || leaning || '|' || log10_lr || '|' || probability FROM verdicts ORDER BY 1",
		"SELECT place || '|' || kind || '|' || seen_at || '|' || validity || '|' || status || '|' || state || '|' || ordinary || '|' || html_sha256 || '|' || image_sha256 FROM captures ORDER BY 1",
		"SELECT place || '|' || test || '|' || cause || '|' || method || '|' || version || '|' || ran || '|' || finding || '|' || log10_lr || '|' || counted || '|' || leaning FROM evidence ORDER BY 1",
	} {
		rows, err := s.DB().Query(query)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				t.Fatal(err)
			}
			all = append(all, line)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestACorpusOfTheFirstSchemaBecomesWhatANewOneWouldBe(t *testing.T) {
	t.Parallel()
	old, fresh := filepath.Join(t.TempDir(), "old"), filepath.Join(t.TempDir(), "new")
	first(t, old, judged("p 1"), judged("p 2"))
	a, b := opened(t, old), opened(t, fresh)
	for _, program := range []string{"p 1", "p 2"} {
		if err := b.Record(t.Context(), judged(program)); err != nil {
			t.Fatal(err)
		}
	}
	got, want := unfolded(t, a), unfolded(t, b)
	if !reflect.DeepEqual(got, want) || len(want) != 2+2+4 {
		t.Errorf("unfolded %q\nwant %q", got, want)
	}
	for r, err := range b.Records(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		same, err := a.Claim(t.Context(), r.ID)
		if err != nil || same.Claim.Notifier != "somebody" || same.Claim.Words != "was here" ||
			!reflect.DeepEqual(same.Verdicts, r.Verdicts) || !reflect.DeepEqual(same.Claim, r.Claim) {
			t.Errorf("claim %+v, %v\nwant %+v", same, err, r)
		}
	}
	if _, err := a.Add(t.Context(), storetest.Item(3)); err != nil {
		t.Error(err)
	}
}

func TestACorpusWithoutEditsLearnsWhichMessagesItHas(t *testing.T) {
	t.Parallel()
	namesItsMessages(t, filepath.Join(t.TempDir(), "old"))
}

// namesItsMessages takes a corpus back to the schema before edits, with more postings than are
// named at once, and opens it again.
func namesItsMessages(t *testing.T, spec string) {
	t.Helper()
	const postings = 1100
	var items []store.Item
	for n := range postings {
		i := storetest.Item(1)
		i.Posting.Message, i.Posting.EditedAt = fmt.Sprint(n), time.Time{}
		if n%3 == 0 {
			i.Posting.Message, i.Posting.Channel = "", fmt.Sprint(n)
		}
		items = append(items, i)
	}
	old := opened(t, spec)
	if _, err := old.Add(t.Context(), items...); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"DROP INDEX postings_by_post", "ALTER TABLE postings DROP COLUMN post", "DROP TABLE edits", "DELETE FROM migrations WHERE version > 4"} {
		if _, err := old.DB().Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	s := opened(t, spec)
	for n := range items {
		items[n].Posting.EditedAt = time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	}
	got, err := s.Add(t.Context(), items...)
	if want := postings - (postings+2)/3; err != nil || got.Edited != want || got.Known != postings {
		t.Errorf("%+v, %v; want %d edited", got, err, want)
	}
}

func TestAnOldCorpusWithAVerdictThatIsNotWhatWasKeptIsNamedAndLeftAsItWas(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "old")
	first(t, path, judged("p 1"), judged("p 2"))
	execute(t, path, "UPDATE verdicts SET result = replace(result, 'leans false', 'supported') WHERE program = 'p 2'")
	before, _ := os.ReadFile(path)
	if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("open: %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file is not what it was")
	}
}
