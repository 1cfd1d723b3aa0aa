package hearing

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/synth/casebook"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func TestMain(m *testing.M) {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, verify.Jobs()...); ours {
		os.Exit(code)
	}
	goleak.VerifyTestMain(m)
}

// small makes a corpus of two claims.
func small(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("needs Chrome and half a minute")
	}
	if _, err := browser.Find(); err != nil {
		t.Skipf("no browser: %v", err)
	}
	dir := t.TempDir()
	for _, name := range []string{"mill", "quay"} {
		var text strings.Builder
		for i := range 14 {
			fmt.Fprintf(&text, "<h2>%s, part %d</h2><p>What was seen at the %s on the %dth day of the year is written down here.</p>", name, i, name, i*11+3)
		}
		if err := os.MkdirAll(filepath.Join(dir, "sites", name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "sites", name, "index.html"), []byte("<!doctype html><meta charset=utf-8><title>"+name+"</title><body>"+text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := casebook.Make(t.Context(), casebook.Options{Sites: filepath.Join(dir, "sites"), Out: filepath.Join(dir, "corpus"), Seed: 3, Jobs: 1,
		Classes: []string{"still_live", "devtools_none"}})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEveryClaimGetsARowAndARunThatWasEndedIsContinued(t *testing.T) {
	dir := small(t)
	o := Options{Corpus: filepath.Join(dir, "corpus"), Out: filepath.Join(dir, "rows.jsonl"), Claims: 1, Program: "0.1 test",
		Verify: verify.Options{Program: "test", NotRead: "Not in this test."}}
	if err := Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.Out, append(bytes.Clone(first), `{"claim":"c000002","spl`...), 0o644); err != nil {
		t.Fatal(err)
	}
	o.Claims = 0
	if err := Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	all, err := os.ReadFile(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(all, first) {
		t.Error("the row that was there is another")
	}
	set, err := rows.Read(bytes.NewReader(all), rows.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Rows) != 2 || set.Rows[0].Class != "still_live" || set.Rows[1].Class != "devtools_none" {
		t.Fatalf("rows %+v", set.Rows)
	}
	if !seen(set.Rows[0]) || seen(set.Rows[1]) {
		t.Errorf("evidence %+v and %+v", set.Rows[0].Evidence, set.Rows[1].Evidence)
	}
	o.Program = "0.2"
	if err := Run(t.Context(), o); !errors.Is(err, ErrAnother) {
		t.Errorf("another program continued the rows: %v", err)
	}
	o.Out = filepath.Join(dir, "sites", "mill", "index.html")
	if err := Run(t.Context(), o); !errors.Is(err, ErrAnother) {
		t.Errorf("a file that is none of rows was continued: %v", err)
	}
}

// seen says whether a witness showed the picture.
func seen(r rows.Row) bool {
	for _, e := range r.Evidence {
		if e.Finding == "witness.live_same" || e.Finding == "witness.archive_same" {
			return true
		}
	}
	return false
}
