package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/corpus/store/storetest/pgtest"
)

// both runs a benchmark on an empty corpus of either kind.
func both(b *testing.B, run func(b *testing.B, s *store.Store)) {
	b.Run("sqlite", func(b *testing.B) { run(b, opened(b, filepath.Join(b.TempDir(), "corpus"))) })
	b.Run("postgresql", func(b *testing.B) { run(b, opened(b, pgtest.Start(b).Database(b))) })
}

// BenchmarkAdd takes in postings with pictures of 300 kB, 100 in a transaction.
func BenchmarkAdd(b *testing.B) {
	both(b, func(b *testing.B, s *store.Store) {
		n := uint64(0)
		for b.Loop() {
			b.StopTimer()
			items := make([]store.Item, 100)
			for k := range items {
				items[k] = storetest.Weighing(n, 300_000)
				n++
			}
			b.StartTimer()
			if a, err := s.Add(b.Context(), items...); err != nil || a.Files != len(items) {
				b.Fatalf("added %+v, %v", a, err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pictures/s")
	})
}

// BenchmarkRecords reads claims with a posting and a verdict of 20 kB each. What is in
// memory must not depend on how many there are.
func BenchmarkRecords(b *testing.B) {
	for _, claims := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(claims), func(b *testing.B) {
			both(b, func(b *testing.B, s *store.Store) {
				fill(b, s, claims)
				b.ResetTimer()
				most := uint64(0)
				for b.Loop() {
					read := 0
					for _, err := range s.Records(b.Context(), store.Filter{}) {
						if err != nil {
							b.Fatal(err)
						}
						if read++; read%500 == 0 {
							most = max(most, alive())
						}
					}
					if read != claims {
						b.Fatalf("read %d of %d", read, claims)
					}
				}
				b.ReportMetric(float64(claims)*float64(b.N)/b.Elapsed().Seconds(), "claims/s")
				b.ReportMetric(float64(most)/1e6, "MB-alive")
			})
		})
	}
}

// alive is how much memory is in use.
func alive() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func fill(b *testing.B, s *store.Store, claims int) {
	b.Helper()
	for first := 0; first < claims; first += 100 {
		var items []store.Item
		for n := range 100 {
			items = append(items, storetest.Item(uint64(first+n)))
		}
		if _, err := s.Add(b.Context(), items...); err != nil {
			b.Fatal(err)
		}
		err := s.Do(b.Context(), func(tx *sql.Tx) error {
			for _, i := range items {
				r := storetest.Judged(i, "p", "m")
				r.Limits = []string{strings.Repeat("limits of what can be told ", 750)}
				if err := s.RecordTx(b.Context(), tx, r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
