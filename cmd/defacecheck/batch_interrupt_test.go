package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/court"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/corpus/queue/guardian"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// loaded is what a machine that does much else may add to a time that is promised.
const loaded = 5 * time.Second

// All that a process does after an interrupt, one after the other, at its slowest. Half a
// second is left for what has no limit of its own.
func TestTheTimesToEndARunAddUpToLessThanItsGuardianGives(t *testing.T) {
	t.Parallel()
	if sum := queue.Ending + summing + court.Closing; sum > guardian.Leave-500*time.Millisecond || guardian.Leave > 10*time.Second {
		t.Errorf("a run takes up to %s to end, of %s", sum, guardian.Leave)
	}
}

func TestCtrlCHandsBackWhatABatchIsAt(t *testing.T) {
	t.Parallel()
	if _, err := browser.Find(); err != nil {
		t.Skip("no browser:", err)
	}
	site, err := capturetest.NewSite(capturetest.SiteConfig{Host: "slow.test", Pages: map[string]capturetest.Page{"/": {Delay: time.Hour}}})
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	dir := t.TempDir()
	file, none := filepath.Join(dir, "corpus"), noArchive(t, dir)
	collectOne(t, file, site.URL("/"))
	var said bytes.Buffer
	cmd := started(t, &said, "batch", "--corpus", file, "--archive", none, "--resolve", site.Resolve(), "--no-reading")
	waitForVisit(t, site, 1)
	began := time.Now()
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait()
	if took := time.Since(began); took > 10*time.Second+loaded { // README.md says ten seconds
		t.Errorf("it took %s", took)
	}
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(said.String(), "handed back") ||
		!strings.Contains(said.String(), "1 claim left: the same command goes on") {
		t.Errorf("exit code %d, want %d; said %q", code, exitInterrupted, said.String())
	}
	if code, out, _ := defacecheck(t, "batch", "status", "--corpus", file); code != 0 || !strings.Contains(out, "1 waiting, 0 being judged, 0 not queued yet\n") {
		t.Errorf("exit code %d, state %q; want the claim to wait as if it had not been tried", code, out)
	}
}

// collectOne puts a claim about an address into a new corpus.
func collectOne(t *testing.T, file, url string) {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, chequered(320, 240)); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b.Bytes())
	s, err := store.Open(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Add(context.Background(), store.Item{File: b.Bytes(), ReadAt: time.Now(), Posting: corpus.Posting{URL: url, Name: "x.png"},
		Picture: corpus.Picture{SHA256: hex.EncodeToString(sum[:]), Bytes: int64(b.Len()), Format: "png", Width: 320, Height: 240}})
	if err != nil {
		t.Fatal(err)
	}
}

// noArchive is a WARC file that holds nothing.
func noArchive(t *testing.T, dir string) string {
	t.Helper()
	var empty bytes.Buffer
	if err := archive.WriteWARC(&empty, nil, archive.Info{}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "none.warc")
	if err := os.WriteFile(file, empty.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
