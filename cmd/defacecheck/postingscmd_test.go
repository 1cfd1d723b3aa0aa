package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// cmdPostings is "postings CORPUS CHANNEL N [TEXT]": puts N postings of a channel with
// a claim each into a corpus. TEXT stands in every field of a stranger; \x1b in it is
// an escape and \u202e turns the direction of writing.
func cmdPostings(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: postings CORPUS CHANNEL N [TEXT]")
	}
	var n int
	if _, err := fmt.Sscan(args[2], &n); err != nil {
		ts.Fatalf("read %q: %v", args[2], err)
	}
	text := ""
	if len(args) > 3 {
		if _, err := fmt.Sscanf(`"`+args[3]+`"`, "%q", &text); err != nil {
			ts.Fatalf("read %q: %v", args[3], err)
		}
	}
	s, err := store.Open(context.Background(), ts.MkAbs(args[0]))
	ts.Check(err)
	for k := range n {
		_, err := s.Add(context.Background(), postingItem(k, args[1], text))
		ts.Check(err)
	}
	ts.Check(s.Close())
}

func postingItem(k int, channel, text string) store.Item {
	data := fmt.Appendf(nil, "%s %d", channel, k)
	sum := sha256.Sum256(data)
	at := time.Date(2025, 2, 1, 10, k, 0, 0, time.UTC)
	return store.Item{File: data, ReadAt: at,
		Picture: corpus.Picture{SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(data)), Format: "png", Width: 8, Height: 6, Print: imprint.Imprint{}},
		Posting: corpus.Posting{URL: fmt.Sprintf("http://site-%d.test/%s", k, text), PostedAt: verify.Span{From: at, To: at}, Channel: channel + text,
			Message: fmt.Sprint(k, text), Text: "owned" + text, Forwarded: text, Notifier: text, Words: text, Origin: "result.json" + text, Name: "x.png" + text},
	}
}
