package dataset

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

func FuzzEntry(f *testing.F) {
	f.Add([]byte(`{"id":"x","claim":{"url":{"base64":"/w=="}},"picture":{"hashes":{}},"postings":[{"text":"a"}],"results":[{}],"digests":["x"]}`))
	f.Add([]byte(`{"claim":{"claimed_at":{"from":"2025-01-01T00:00:00Z"}},"set_aside":{"tries":1},"adjudications":[{"at":"2025-01-01T00:00:00+01:00"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if e, err := parseEntry(data); err == nil {
			if k, err := e.kept(); err == nil && k.Record == nil {
				t.Fatal("no record and no error")
			}
		}
	})
}

func FuzzShard(f *testing.F) {
	dir := f.TempDir()
	s := &shards{dir: dir}
	for _, id := range []string{"a", "b"} {
		if err := s.add(&Entry{ID: id, Split: "train", Picture: pictureFact{Format: "png"}, image: []byte("x")}); err != nil {
			f.Fatal(err)
		}
	}
	if _, err := s.close(); err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "train-000000.tar"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = readShard(bytes.NewReader(data), func(e *Entry) error { _, _ = e.kept(); return nil })
	})
}

func FuzzTable(f *testing.F) {
	dir := f.TempDir()
	s := &tables{dir: dir}
	if err := s.add(&Entry{ID: "a", Split: "train", image: []byte("x")}); err != nil {
		f.Fatal(err)
	}
	if _, err := s.close(); err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "train.parquet"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<20 {
			t.Skip()
		}
		_ = readTable(context.Background(), bytes.NewReader(data), int64(len(data)), func(*Entry) error { return nil })
	})
}
