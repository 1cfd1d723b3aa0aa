package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

func TestWithoutClientsThereAreOurOwnSitesAndTooFew(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	out := filepath.Join(t.TempDir(), "sites")
	err := run(t.Context(), out, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "3 sites could be had") {
		t.Errorf("error %v", err)
	}
	all, err := site.Load(out, site.Limits{})
	if err != nil || len(all) != 3 {
		t.Errorf("%d sites, %v", len(all), err)
	}
}
