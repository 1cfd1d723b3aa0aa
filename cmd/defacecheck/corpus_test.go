package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest/pgtest"
	"github.com/defacecheck/defacecheck/verify"
)

func TestARunWithoutAResultTakesNothingFromTheCorpusThatAnotherPutThere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "corpus.db")
	failing, err := openCorpus(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	other, err := openCorpus(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("picture"))
	hash := strings.Repeat("0", 16)
	r := &verify.Result{Claim: verify.ClaimFacts{SHA256: hex.EncodeToString(sum[:]), URL: "http://a.test/", Hashes: verify.HashValues{
		Average: hash, Difference: hash, Perception: hash, Difference256: strings.Repeat(hash, 4)}}}
	if err := other.record(t.Context(), r, []byte("picture")); err != nil {
		t.Fatal(err)
	}
	for _, f := range []*corpusFile{other, failing} {
		if err := f.close(); err != nil {
			t.Fatal(err)
		}
	}
	again, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if h, err := again.Holdings(t.Context()); err != nil || h.Claims != 1 || h.Files != 1 {
		t.Errorf("the corpus holds %+v, %v; one was recorded", h, err)
	}
}

func TestACorpusInAPostgreSQLDatabaseIsUsedLikeAFile(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	address, picture := server.Database(t), filepath.Join(t.TempDir(), "x.png")
	data, err := pictureOf("png")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(picture, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := defacecheck(t, "corpus", "list", "--corpus", address); code != exitFailure || !strings.Contains(stderr, "there is no corpus in it") {
		t.Errorf("an empty database: code %d, %s", code, stderr)
	}
	for _, want := range []string{"no earlier claim with this picture", "this very file already"} {
		code, stdout, stderr := defacecheck(t, "verify", picture, "--no-live", "--archive", "wayback+http://127.0.0.1:1", "--url", "http://a.test/", "--corpus", address)
		if code != exitInconclusive || !strings.Contains(stdout, want) {
			t.Fatalf("verify: code %d, %s; want %q in %s", code, stderr, want, stdout)
		}
	}
	_, listed, _ := defacecheck(t, "corpus", "list", "--corpus", address)
	lines := strings.Split(strings.TrimSpace(listed), "\n")
	if len(lines) != 2 {
		t.Fatalf("listed %q", listed)
	}
	id, _, _ := strings.Cut(lines[1], " ")
	if code, _, stderr := defacecheck(t, "corpus", "adjudicate", "--corpus", address, "--claim", id, "--truth", "edited", "--reason", "r", "--by", "b"); code != 0 {
		t.Fatalf("adjudicate: code %d, %s", code, stderr)
	}
	code, shown, stderr := defacecheck(t, "corpus", "show", "--corpus", address, id, "--out", t.TempDir())
	if code != 0 || strings.Count(shown, "page not seen (log10 LR") != 2 || !strings.Contains(shown, "edited, by b: r") {
		t.Errorf("show: code %d, %s, %s", code, stderr, shown)
	}
	server.Stop(t)
	code, _, stderr = defacecheck(t, "corpus", "list", "--corpus", address)
	if code != exitFailure || !strings.Contains(stderr, "does not answer") || strings.Contains(stderr, pgtest.Password) {
		t.Errorf("a server that is gone: code %d, %s", code, stderr)
	}
}
