package archive_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// quick are options that do not make a test wait.
func quick() archive.Options {
	return archive.Options{Backoff: time.Millisecond, MaxWait: -1}
}

func open(t *testing.T, spec string, opts archive.Options) archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), spec, opts)
	if err != nil {
		t.Fatalf("Open(%s): %v", spec, err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return a
}

func waybackOf(t *testing.T, quirks capturetest.WaybackQuirks) *capturetest.Wayback {
	t.Helper()
	w, err := capturetest.NewWayback(capturetest.Fixture(), quirks)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func mementoOf(t *testing.T, style capturetest.MementoStyle) *capturetest.Memento {
	t.Helper()
	m, err := capturetest.NewMemento(capturetest.Fixture(), style)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m
}

// warcOf is the WARC file of captures.
func warcOf(t *testing.T, captures []*capture.Capture) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := archive.WriteWARC(&b, captures, archive.Info{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writeFile(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}
