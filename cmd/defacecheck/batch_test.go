package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/synth"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/report"
)

// Three claims of the demonstration about one page, judged one by one and as a batch
// with the same witnesses.
func TestABatchGivesTheVerdictsThatVerifyGives(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute of browsers")
	}
	if _, err := browser.Find(); err != nil {
		t.Skip("no browser:", err)
	}
	dir := t.TempDir()
	set, err := synth.Town(t.Context(), synth.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	claims := slices.DeleteFunc(slices.Clone(set.Claims), func(c synth.Claim) bool {
		return !slices.Contains([]string{"a-witnessed", "b-partial", "d-spliced-old"}, c.Name)
	})
	resolve, stop, err := set.Serve(claims[0]) // the page is live in the same state for all three
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	var witnesses []string
	for _, c := range claims {
		witnesses = append(witnesses, "--archive", set.Path(c.Archive))
	}
	for _, r := range resolve {
		witnesses = append(witnesses, "--resolve", r)
	}
	file := filepath.Join(dir, "corpus")
	want := map[string]*verify.Result{}
	for _, c := range claims {
		out := filepath.Join(dir, "alone", c.Name)
		args := append([]string{"defacecheck", "verify", "--url", c.URL, "--claimed-at", c.ClaimedAt, "--posted-at", c.PostedAt,
			"--out", out, set.Path(c.Picture)}, witnesses...)
		if code, said := command(t, set.Now, args...); code == exitFailure || code == exitUsage {
			t.Fatal(said)
		}
		want[addClaim(t, file, set, c)] = readVerdict(t, out)
	}
	reports := filepath.Join(dir, "reports")
	args := append([]string{"defacecheck", "batch", "--corpus", file, "--reports", reports}, witnesses...)
	code, said := command(t, set.Now, args...)
	if code != 0 || !strings.Contains(said, "3 claims judged") {
		t.Fatalf("exit code %d: %s", code, said)
	}
	for id, alone := range want {
		got := readVerdict(t, filepath.Join(reports, id))
		if g, w := got.Verdict, alone.Verdict; g.Word != w.Word || g.Answer != w.Answer || g.Log10LR != w.Log10LR {
			t.Errorf("%s: batch %s (%s, %v), verify %s (%s, %v)", got.Claim.Image, g.Word, g.Answer, g.Log10LR, w.Word, w.Answer, w.Log10LR)
		}
		if len(got.Captures) != len(alone.Captures) || got.Versions.Browser != alone.Versions.Browser {
			t.Errorf("%s: %d captures by %q, verify %d by %q", got.Claim.Image, len(got.Captures), got.Versions.Browser, len(alone.Captures), alone.Versions.Browser)
		}
	}
	if code, said := command(t, set.Now, args...); code != 0 || !strings.Contains(said, "nothing is pending: 3 claims judged") {
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

// addClaim takes a claim of the demonstration into a corpus and returns its id.
func addClaim(t *testing.T, file string, set *synth.Set, c synth.Claim) string {
	t.Helper()
	data, err := os.ReadFile(set.Path(c.Picture))
	if err != nil {
		t.Fatal(err)
	}
	pic, err := picture.Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	p := corpus.Posting{Channel: "demonstration", Message: c.Name, Name: filepath.Base(c.Picture)}
	if p.URL, err = capture.CanonicalURL(c.URL); err != nil {
		t.Fatal(err)
	}
	if p.ClaimedAt, err = verify.ParseSpan(c.ClaimedAt); err != nil {
		t.Fatal(err)
	}
	if p.PostedAt, err = verify.ParseSpan(c.PostedAt); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	item := store.Item{Posting: p, File: data, ReadAt: set.Now, Picture: corpus.Picture{SHA256: pic.SHA256, Bytes: pic.Bytes,
		Format: string(pic.Format), Width: pic.Width, Height: pic.Height, Print: imprint.Of(pic.Image)}}
	if _, err := s.Add(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	return corpus.ID(pic.SHA256, p.URL, p.ClaimedAt, p.PostedAt)
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
