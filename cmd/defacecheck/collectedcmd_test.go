package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// cmdCollected is "collected CORPUS PICTURE URL...": claims that the file shows what the
// addresses showed, as somebody collected them. The file may be no picture.
func cmdCollected(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: collected CORPUS PICTURE URL...")
	}
	data := []byte(ts.ReadFile(args[1]))
	sum := sha256.Sum256(data)
	s, err := store.Open(context.Background(), ts.MkAbs(args[0]))
	ts.Check(err)
	for _, url := range args[2:] {
		_, err := s.Add(context.Background(), store.Item{File: data, ReadAt: time.Now(),
			Posting: corpus.Posting{URL: url, Name: args[1], Channel: "script", Message: url},
			Picture: corpus.Picture{SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(data)), Format: "png"}})
		ts.Check(err)
	}
	ts.Check(s.Close())
}

// cmdDamaged is "damaged CORPUS FILE": what the corpus keeps of the file is that no more.
func cmdDamaged(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: damaged CORPUS FILE")
	}
	sum := sha256.Sum256([]byte(ts.ReadFile(args[1])))
	s, err := store.Open(context.Background(), ts.MkAbs(args[0]))
	ts.Check(err)
	r, err := s.DB().Exec("UPDATE files SET data = $2 WHERE sha256 = $1", hex.EncodeToString(sum[:]), []byte("rotten"))
	ts.Check(err)
	if n, err := r.RowsAffected(); err != nil || n != 1 {
		ts.Fatalf("damaged %d files, %v", n, err)
	}
	ts.Check(s.Close())
}
