package archive_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// The captures around a day are listed from a WARC file, chosen, and read.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var warc bytes.Buffer
	if err := archive.WriteWARC(&warc, capturetest.Captures(capturetest.Fixture()), archive.Info{}); err != nil {
		panic(err)
	}
	file := filepath.Join(dir, "town.warc.gz")
	if err := os.WriteFile(file, warc.Bytes(), 0o600); err != nil {
		panic(err)
	}

	a, err := archive.Open(ctx, file, archive.Options{})
	if err != nil {
		panic(err)
	}
	defer func() { _ = a.Close() }()
	tm, err := a.TimeMap(ctx, "http://town.test/", time.Time{}, time.Time{})
	if err != nil {
		panic(err)
	}
	claimed := time.Date(2021, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, m := range capture.Bracket(tm, claimed, claimed.AddDate(0, 0, 1), 2) {
		rec, err := a.Fetch(ctx, m.URL, m.At)
		if err != nil {
			panic(err)
		}
		fmt.Println(m.At.Format(time.DateTime), rec.Status, string(rec.Body))
	}
	// Output:
	// 2021-03-10 18:00:00 200 <title>Town</title><p>Second version</p>
	// 2022-06-01 00:05:00 200 <title>Town</title><p>Third version, ümlaut</p>
}
