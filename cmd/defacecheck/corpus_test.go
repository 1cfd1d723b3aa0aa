package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/store"
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
	hash := strings.Repeat("0", 16)
	r := &verify.Result{Claim: verify.ClaimFacts{SHA256: strings.Repeat("a", 64), URL: "http://a.test/", Hashes: verify.HashValues{
		Average: hash, Difference: hash, Perception: hash, Difference256: strings.Repeat(hash, 4)}}}
	if err := other.record(t.Context(), r); err != nil {
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
	if h, err := again.Holdings(t.Context()); err != nil || h.Claims != 1 {
		t.Errorf("the corpus holds %d claims, %v; one was recorded", h.Claims, err)
	}
}
