package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/score"
)

// cmdChannel is "channel CORPUS CHANNEL": puts six claims of a channel into a corpus,
// four of them judged, and the names of the claims into the environment as $CLAIM1 to
// $CLAIM6.
func cmdChannel(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: channel CORPUS CHANNEL")
	}
	ctx := context.Background()
	s, err := store.Open(ctx, ts.MkAbs(args[0]))
	ts.Check(err)
	defer s.Close()
	m, err := score.Embedded()
	ts.Check(err)
	for n, of := range []struct {
		lr      float64
		answer  verify.Answer
		leaning verify.Leaning
	}{{-1, verify.Judged, verify.Misattributed}, {0.9, verify.Judged, ""}, {0, verify.Judged, ""}, {0, verify.OrdinaryPage, ""}, {}, {}} {
		item := posting(ts, n+1, args[1])
		_, err := s.Add(ctx, item)
		ts.Check(err)
		ts.Setenv(fmt.Sprintf("CLAIM%d", n+1), storetest.ID(item))
		if of.answer == "" {
			continue
		}
		r := storetest.Judged(item, "defacecheck test", m.Digest())
		r.Versions.Model = m.Name + " " + m.Version
		r.Verdict = verify.Verdict{Word: verify.Word(m.Band(of.lr)), Answer: of.answer, Log10LR: of.lr, Prior: 0.5,
			Probability: score.Probability(of.lr, 0.5), Leaning: of.leaning, Strength: score.Strength(of.lr), Sentence: "The evidence was weighed."}
		r.TimeLine = []verify.TimePoint{{At: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC), Kind: capture.Archive, Source: "a.test"}}
		ts.Check(s.Record(ctx, r))
	}
	// The first claim alone has a report of its own.
	id := ts.Getenv("CLAIM1")
	ts.Check(os.MkdirAll(filepath.Join(ts.MkAbs("reports"), id), 0o755))
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs("reports"), id, "report.html"), []byte("x"), 0o644))
}

// posting is a posting with a real picture.
func posting(ts *testscript.TestScript, n int, channel string) store.Item {
	item := storetest.Item(uint64(n))
	var b bytes.Buffer
	ts.Check(png.Encode(&b, chequered(300+n, 200)))
	sum := sha256.Sum256(b.Bytes())
	item.File = b.Bytes()
	item.Picture = corpus.Picture{SHA256: hex.EncodeToString(sum[:]), Bytes: int64(b.Len()), Format: "png", Width: 300 + n, Height: 200, Print: storetest.Imprint(uint64(n))}
	item.Posting.Channel = channel
	return item
}
