package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
)

// A claim judged alone and as a batch with the same witnesses.
func TestABatchGivesTheVerdictsThatVerifyGives(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("many seconds of browsers")
	}
	w := newChannelWorld(t, 1, 1)
	dir := t.TempDir()
	witnesses := append([]string{"--no-reading", "--captures", "2"}, w.witness...)
	want := map[string]*verify.Result{}
	for i, picture := range w.pictures {
		out := filepath.Join(dir, filepath.Base(picture))
		args := append([]string{"defacecheck", "verify", "--url", w.urls[i], "--claimed-at", claimedDay.Format(time.DateOnly), "--out", out, picture}, witnesses...)
		if code, said := command(t, w.at, args...); code == exitFailure || code == exitUsage {
			t.Fatal(said)
		}
		want[digestOf(t, picture)] = readVerdict(t, out)
	}
	reports := filepath.Join(dir, "reports")
	args := append([]string{"defacecheck", "batch", "--corpus", w.corpus, "--reports", reports}, witnesses...)
	code, said := command(t, w.at, args...)
	if code != 0 || !strings.Contains(said, "1 claim judged") {
		t.Fatalf("exit code %d: %s", code, said)
	}
	for id, picture := range collected(t, w.corpus) {
		got, alone := readVerdict(t, filepath.Join(reports, id)), want[picture]
		if g, w := got.Verdict, alone.Verdict; g.Word != w.Word || g.Answer != w.Answer || g.Log10LR != w.Log10LR {
			t.Errorf("%s: batch %s (%s, %v), verify %s (%s, %v)", got.Claim.Image, g.Word, g.Answer, g.Log10LR, w.Word, w.Answer, w.Log10LR)
		}
		if len(got.Captures) != len(alone.Captures) || got.Versions.Browser != alone.Versions.Browser {
			t.Errorf("%s: %d captures by %q, verify %d by %q", got.Claim.Image, len(got.Captures), got.Versions.Browser, len(alone.Captures), alone.Versions.Browser)
		}
	}
	if code, said := command(t, w.at, args...); code != 0 || !strings.Contains(said, "nothing is pending: 1 claim judged") {
		t.Errorf("a second batch: exit code %d: %s", code, said)
	}
}

// command runs the program in this process at a time and returns what it said.
func command(t *testing.T, at time.Time, args ...string) (code int, said string) {
	t.Helper()
	var b bytes.Buffer
	code = run(t.Context(), args, nil, io.Discard, &b, os.Getenv, clockFrom(at))
	return code, b.String()
}

func digestOf(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// collected are the claims of a corpus, each with the digest of its picture.
func collected(t *testing.T, file string) map[string]string {
	t.Helper()
	s, err := store.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all := map[string]string{}
	for r, err := range s.Records(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all[r.ID] = r.Picture.SHA256
	}
	return all
}

func readVerdict(t *testing.T, dir string) *verify.Result {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, report.JSONName))
	if err != nil {
		t.Fatal(err)
	}
	r := &verify.Result{}
	if err := json.Unmarshal(data, r); err != nil {
		t.Fatal(err)
	}
	return r
}
