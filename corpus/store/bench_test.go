package store_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
)

// filled is a corpus of that many pictures with a claim each, put in at once.
func filled(b *testing.B, pictures int) *store.Store {
	b.Helper()
	s := opened(b, filepath.Join(b.TempDir(), "corpus"))
	tx, err := s.DB().Begin()
	if err != nil {
		b.Fatal(err)
	}
	defer tx.Rollback()
	for n := range uint64(pictures) {
		w := storetest.Imprint(n).Difference256
		id := storetest.Result(n).Claim.SHA256
		_, err := tx.Exec("INSERT INTO pictures VALUES ($1, 1, 'png', 1, 1, 0, 0, 0, $2, $3, $4, $5, 1, 1)",
			id, int64(w[0]), int64(w[1]), int64(w[2]), int64(w[3]))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tx.Exec(`INSERT INTO claims (id, picture, name, url, claimed_from, claimed_to, posted_from, posted_to, seen)
			VALUES ($1, $1, $2, $2, '', '', '', '', $3)`, id, []byte("x"),
			"2025-02-01T12:30:00.000000000Z"); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkFind(b *testing.B) {
	for _, pictures := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(pictures), func(b *testing.B) {
			s := filled(b, pictures)
			asked := storetest.Turned(storetest.Imprint(5), store.Radius)
			for b.Loop() {
				if found, err := s.Find(b.Context(), "", asked); err != nil || len(found) != 1 {
					b.Fatalf("found %d, %v", len(found), err)
				}
			}
			b.ReportMetric(float64(pictures)*float64(b.N)/b.Elapsed().Seconds(), "pictures/s")
		})
	}
}

func BenchmarkRecord(b *testing.B) {
	s := opened(b, filepath.Join(b.TempDir(), "corpus"))
	for n := uint64(0); b.Loop(); n++ {
		if err := s.Record(b.Context(), storetest.Result(n)); err != nil {
			b.Fatal(err)
		}
	}
}
