package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		os.Exit(recordForEver(path))
	}
	goleak.VerifyTestMain(m)
}

func TestSQLitePassesTheSuite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) func() (storetest.Corpus, error) {
		path := filepath.Join(t.TempDir(), "a corpus?#%41&'.sqlite")
		return func() (storetest.Corpus, error) {
			s, err := store.Open(t.Context(), path)
			if err != nil {
				return nil, err
			}
			if _, err := os.Stat(path); err != nil {
				return nil, fmt.Errorf("the file has another name: %w", err)
			}
			return s, nil
		}
	})
}

func opened(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestRecordingAnyNumberOfTimesInAnyOrderIsRecordingEachOnce(t *testing.T) {
	t.Parallel()
	s := opened(t, filepath.Join(t.TempDir(), "c"))
	before := store.Holdings{}
	next := uint64(0)
	rapid.Check(t, func(t *rapid.T) {
		next++ // a picture of its own for every case
		claims, verdicts := map[int]bool{}, map[[2]int]bool{}
		for _, pick := range rapid.SliceOfN(rapid.IntRange(0, 8), 1, 6).Draw(t, "results") {
			claim, judgement := pick%3, pick/3
			r := storetest.Result(next)
			r.Claim.URL += strings.Repeat("x", claim)
			r.Versions.Program = fmt.Sprint(judgement)
			if err := s.Record(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			claims[claim], verdicts[[2]int{claim, judgement}] = true, true
		}
		after, err := s.Holdings(t.Context())
		want := store.Holdings{Pictures: before.Pictures + 1, Claims: before.Claims + len(claims), Verdicts: before.Verdicts + len(verdicts)}
		if err != nil || after != want {
			t.Fatalf("holds %+v, %v; want %+v", after, err, want)
		}
		before = after
	})
}

func TestTheVerdictIsKeptWhole(t *testing.T) {
	t.Parallel()
	s := opened(t, filepath.Join(t.TempDir(), "c"))
	r := storetest.Result(7)
	r.Verdict = verify.Verdict{Word: verify.Contradicted, Log10LR: -1.25, Sentence: "a <b> & \x1b \u202e \u2028"}
	r.Evidence = []verify.Evidence{{ID: "corpus", Sentence: "seen"}}
	if err := s.Record(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	var program, digest, result string
	err := s.DB().QueryRow("SELECT program, model_digest, result FROM verdicts").Scan(&program, &digest, &result)
	if err != nil || program != r.Versions.Program || digest != r.Versions.ModelDigest {
		t.Errorf("program %q, model %q, %v", program, digest, err)
	}
	if want := asJSON(t, r); result != want {
		t.Errorf("kept %s\nwant %s", result, want)
	}
}

func TestMigrationsAreNumberedFromOneWithoutAGap(t *testing.T) {
	t.Parallel()
	all, err := store.Steps()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d migrations, %v", len(all), err)
	}
	for i, m := range all {
		if want := fmt.Sprintf("migrations/%04d_", i+1); !strings.HasPrefix(fmt.Sprint(m), "{"+fmt.Sprint(i+1)+" "+want) {
			t.Errorf("step %d is %.60v", i+1, m)
		}
	}
}

func TestAFullDiskIsNamedAndCostsNothingRecordedBefore(t *testing.T) {
	t.Parallel()
	s := opened(t, filepath.Join(t.TempDir(), "c"))
	if err := s.Record(t.Context(), storetest.Result(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DB().Exec("PRAGMA max_page_count = 1"); err != nil { // no more than there are
		t.Fatal(err)
	}
	big := storetest.Result(2)
	big.Verdict.Sentence = strings.Repeat("words ", 1<<14)
	if err := s.Record(t.Context(), big); !errors.Is(err, store.ErrFull) {
		t.Errorf("record: %v", err)
	}
	if h, err := s.Holdings(t.Context()); err != nil || h != (store.Holdings{Pictures: 1, Claims: 1, Verdicts: 1}) {
		t.Errorf("holds %+v, %v", h, err)
	}
}
