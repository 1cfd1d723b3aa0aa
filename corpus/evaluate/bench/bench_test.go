package bench_test

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

func TestWhatIsKeptIsMadeOnceForEachKey(t *testing.T) {
	t.Parallel()
	dir, made := t.TempDir(), 0
	get := func(key ...any) (string, error) {
		return bench.Keep(dir, "words", key, func() (string, error) { made++; return "town", nil })
	}
	for _, key := range [][]any{{"a", 1}, {"a", 1}, {"a", 2}, {"a", 1}} {
		if got, err := get(key...); err != nil || got != "town" {
			t.Fatalf("%q, %v", got, err)
		}
	}
	if made != 2 {
		t.Errorf("made %d times for two keys", made)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "words", "*"))
	for _, f := range files {
		if err := os.WriteFile(f, []byte("torn"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := get("a", 1); err != nil || got != "town" || made != 3 || len(files) != 2 {
		t.Errorf("after its file was torn: %q, %v, made %d times, %d files", got, err, made, len(files))
	}
}

func TestWhatCouldNotBeMadeIsNotKept(t *testing.T) {
	t.Parallel()
	dir, failed := t.TempDir(), errors.New("no ink")
	if _, err := bench.Keep(dir, "words", []any{1}, func() (string, error) { return "half", failed }); !errors.Is(err, failed) {
		t.Fatalf("got %v", err)
	}
	if got, err := bench.Keep(dir, "words", []any{1}, func() (string, error) { return "whole", nil }); err != nil || got != "whole" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestEachGivesWhatCameOfAllInTheirOrder(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int64
	even := func(_ context.Context, n int) (*int, error) {
		defer now.Add(-1)
		for k := now.Add(1); ; {
			if m := most.Load(); k <= m || most.CompareAndSwap(m, k) {
				break
			}
		}
		if n%2 == 1 {
			return nil, nil
		}
		return &n, nil
	}
	for _, jobs := range []int{-1, 0, 1, 3} {
		most.Store(0)
		got, err := bench.Each(t.Context(), bench.Pace{Jobs: jobs}, []int{4, 1, 2, 3, 0}, even)
		if err != nil {
			t.Fatal(err)
		}
		var all []int
		for _, n := range got {
			all = append(all, *n)
		}
		if !slices.Equal(all, []int{4, 2, 0}) || most.Load() > int64(max(1, jobs)) {
			t.Errorf("%d jobs: %v, %d at a time", jobs, all, most.Load())
		}
	}
}

func TestTheFirstErrorEndsTheRestAndNothingIsBegunTooLate(t *testing.T) {
	t.Parallel()
	failed := errors.New("no ink")
	stuck := func(ctx context.Context, n int) (*int, error) {
		if n == 0 {
			return nil, failed
		}
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if got, err := bench.Each(t.Context(), bench.Pace{Jobs: 2}, []int{1, 0, 2}, stuck); !errors.Is(err, failed) || got != nil {
		t.Errorf("%v, %v", got, err)
	}
	late := bench.PaceOf(2, time.Now().Add(-time.Hour), time.Minute)
	if got, err := bench.Each(t.Context(), late, []int{0, 1}, stuck); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	if p := bench.PaceOf(2, time.Now(), 0); !p.Until.IsZero() {
		t.Errorf("a limit of none ends at %v", p.Until)
	}
}

func TestNamesBecomeNamesOfFiles(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"JPEG 75, twice": "jpeg-75--twice", "/docs/index.html": "docs-index-html", "鎮": "", "..": ""} {
		if got := bench.Slug(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestTheUpperBoundIsClopperAndPearsons(t *testing.T) {
	t.Parallel()
	// With none of n it has a closed form; that of 3 of 1000 solves the binomial sum.
	for _, c := range []struct {
		k, n int
		want float64
	}{{0, 600, 1 - math.Pow(0.05, 1.0/600)}, {3, 1000, 0.00773524}, {5, 5, 1}, {0, 0, 1}} {
		if got := bench.Upper(c.k, c.n); math.Abs(got-c.want) > 1e-7 {
			t.Errorf("%d of %d: %.7f, want %.7f", c.k, c.n, got, c.want)
		}
	}
}
