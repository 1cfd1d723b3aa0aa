package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
)

// FuzzDamage writes bytes over a sound corpus. Whatever comes of it, a use of
// the file is an answer or an error.
func FuzzDamage(f *testing.F) {
	for _, at := range []uint32{0, 16, 18, 20, 28, 44, 56, 68, 100, 103, 105, 4096, 4100, 8195, 12288, 16390, 20480} {
		f.Add(at, []byte{0xff, 0xff})
		f.Add(at, []byte{0, 0, 0, 7})
	}
	f.Add(uint32(100), make([]byte, 4000))
	path := filepath.Join(f.TempDir(), "sound")
	s, err := store.Open(f.Context(), path)
	if err != nil {
		f.Fatal(err)
	}
	for n := range uint64(8) {
		if err := s.Record(f.Context(), storetest.Result(n)); err != nil {
			f.Fatal(err)
		}
		if _, err := s.Add(f.Context(), storetest.Item(n)); err != nil {
			f.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		f.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, at uint32, with []byte) {
		data := append([]byte{}, sound...)
		copy(data[int(at)%len(data):], with)
		path := filepath.Join(t.TempDir(), "damaged")
		write(t, path, data)
		s, err := store.Open(t.Context(), path)
		if err != nil {
			return
		}
		defer s.Close()
		_, _ = s.Find(t.Context(), storetest.Result(3).Claim.SHA256, storetest.Imprint(3))
		_ = s.Record(t.Context(), storetest.Result(9))
		_, _ = s.Holdings(t.Context())
		_, _ = s.Add(t.Context(), storetest.Item(3), storetest.Item(9))
		for r, err := range s.Records(t.Context(), store.Filter{}) {
			if err == nil {
				_, _ = s.File(t.Context(), r.Picture.SHA256)
				_ = s.Adjudicate(t.Context(), r.ID, corpus.Adjudication{At: r.Claim.ReadAt, By: "b", Truth: corpus.Unclear, Reason: "r"})
			}
		}
		for range s.Pending(t.Context(), "p", "m") {
		}
	})
}
