package hearing

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture"
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
	grow(t, dir, 2)
	return dir
}

// grow makes what is missing of a corpus of so many claims.
func grow(t *testing.T, dir string, claims int) {
	t.Helper()
	_, err := casebook.Make(t.Context(), casebook.Options{Sites: []string{filepath.Join(dir, "sites")}, Out: filepath.Join(dir, "corpus"), Seed: 5, Jobs: 1,
		Claims: claims, Classes: []string{"still_live", "devtools_none"}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryClaimGetsARowAndARunThatWasEndedIsContinued(t *testing.T) {
	dir := small(t)
	var told []string
	o := Options{Corpus: filepath.Join(dir, "corpus"), Out: filepath.Join(dir, "rows.jsonl"), Claims: 1, Program: "0.1 test",
		Verify: verify.Options{Program: "test", NotRead: "Not in this test."},
		Report: func(claim string, j *verify.Judgement) error {
			if j.Result == nil {
				t.Errorf("%s: no result", claim)
			}
			told = append(told, claim)
			return nil
		}}
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
	o.Claims, o.Split = 0, "jury"
	if err := Run(t.Context(), o); !errors.Is(err, ErrNoClaims) || !strings.Contains(err.Error(), `"jury"`) {
		t.Errorf("a side that the corpus does not have: %v", err)
	}
	o.Split = ""
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
	if !set.Rows[0].Decidable || set.Rows[1].Decidable {
		t.Error("a defacement that is still live can be decided, and an edit that nobody can know of cannot")
	}
	for _, r := range set.Rows {
		if d, ok := r.Baseline(hashLive); !ok || d < 0 || d > 64 {
			t.Errorf("%s: distance of the whole picture %v", r.Class, r.Baselines)
		}
		if d, ok := r.Baseline(pixelsLive); !ok || d < 0 || d > 1 {
			t.Errorf("%s: difference of pixels %v", r.Class, r.Baselines)
		}
	}
	if !seen(set.Rows[0]) || seen(set.Rows[1]) {
		t.Errorf("evidence %+v and %+v", set.Rows[0].Evidence, set.Rows[1].Evidence)
	}
	grow(t, dir, 3)
	if err := Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	grown, err := os.ReadFile(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	if set, err = rows.Read(bytes.NewReader(grown), rows.Limits{}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []string{"c000001", "c000002", "c000003"}) {
		t.Errorf("judgements were told of %v", told)
	}
	_, before, _ := bytes.Cut(all, []byte("\n"))
	_, after, _ := bytes.Cut(grown, []byte("\n"))
	if len(set.Rows) != 3 || !bytes.HasPrefix(after, before) || bytes.HasPrefix(grown, all) {
		t.Errorf("of a corpus that has grown by a claim there are %d rows, with a header of its own: %v", len(set.Rows), !bytes.HasPrefix(grown, all))
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
		if strings.HasPrefix(e.Finding, "witness.live_same") || strings.HasPrefix(e.Finding, "witness.archive_same") {
			return true
		}
	}
	return false
}

func TestRowsAreOfTheClaimsThatTheCorpusHas(t *testing.T) {
	head := fmt.Sprintf(`{"schema":%q,"corpus":"%s"}`, rows.Schema, strings.Repeat("0a", 32))
	line := func(claim, sum string) string {
		return fmt.Sprintf(`{"claim":%q,"sha256":"%s","split":"train","site":"a","class":"b","truth":"genuine","evidence":[],"word":"inconclusive","program":"1"}`,
			claim, strings.Repeat(sum, 32))
	}
	file := strings.Join([]string{head, line("c1", "01"), line("c2", "02"), line("c3", "03"), ""}, "\n")
	entry := func(name, sum string) casebook.Entry {
		return casebook.Entry{Name: name, SHA256: strings.Repeat(sum, 32)}
	}
	now := []byte(`{"schema":"now"}`)
	corpus := func(all ...casebook.Entry) casebook.Manifest {
		return casebook.Manifest{Claims: all, LeftOut: []casebook.LeftOut{{Claim: "c2"}}}
	}
	kept, done, err := keep([]byte(file), now, "1", corpus(entry("c1", "01"), entry("c3", "03"), entry("c4", "04")))
	if err != nil || string(kept) != strings.Join([]string{string(now), line("c1", "01"), line("c3", "03"), ""}, "\n") || len(done) != 2 {
		t.Errorf("kept %v: %s, %v", done, kept, err)
	}
	for what, m := range map[string]casebook.Manifest{
		"another claim of that name": corpus(entry("c1", "01"), entry("c3", "33")), "none of them": corpus(entry("c7", "01")), "fewer claims": corpus(entry("c1", "01")),
	} {
		if _, _, err := keep([]byte(file), now, "1", m); !errors.Is(err, ErrAnother) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, _, err := keep([]byte(file), now, "2", corpus(entry("c1", "01"), entry("c3", "03"))); !errors.Is(err, ErrAnother) {
		t.Errorf("another program: %v", err)
	}
}

func TestPicturesDifferByTheirPixelsWhateverTheirSize(t *testing.T) {
	grey := func(w, h int, v uint8) image.Image {
		img := image.NewGray(image.Rect(0, 0, w, h))
		for i := range img.Pix {
			img.Pix[i] = v
		}
		return img
	}
	if d := difference(grey(300, 100, 0), grey(50, 900, 255)); d != 1 {
		t.Errorf("black and white differ by %v", d)
	}
	if d := difference(grey(300, 100, 90), grey(50, 900, 90)); d != 0 {
		t.Errorf("two of one grey differ by %v", d)
	}
}

func TestTheCaptureNearestToTheClaimedTimeIsTheBaselines(t *testing.T) {
	claimed := time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)
	p := plainly{claimed: claimed}
	shot := func(name string, v capture.Validity) *capture.Capture {
		return &capture.Capture{Validity: v, First: []byte(name)}
	}
	p.archived(shot("far", capture.OK), claimed.AddDate(0, 0, -40))
	p.archived(shot("near", capture.OK), claimed.AddDate(0, 0, 3))
	p.archived(shot("an error page", capture.ErrorPage), claimed.AddDate(0, 0, 1))
	p.archived(nil, claimed)
	p.archived(shot("further", capture.OK), claimed.AddDate(0, 0, 30))
	p.live(shot("first", capture.OK))
	p.live(shot("in the fitted window", capture.OK))
	if string(p.then) != "near" || string(p.now) != "first" {
		t.Errorf("kept %q and %q", p.then, p.now)
	}
}

func TestRowsStandInTheOrderOfTheClaimsWhicheverIsHeardFirst(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "rows.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	d := &docket{todo: make([]casebook.Entry, 4), file: f, ready: map[int]rows.Row{}, all: 4}
	for _, i := range []int{2, 0, 3, 1} {
		if err := d.enter(i, rows.Row{Claim: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	var order string
	for line := range strings.Lines(string(data)) {
		order += line[len(`{"claim":"`):][:1]
	}
	if order != "0123" || d.done != 4 {
		t.Errorf("rows in the order %s, %d told of", order, d.done)
	}
}

func TestOneSideOfTheSplitIsListedAlone(t *testing.T) {
	all := []casebook.Entry{{Name: "c1", Split: "train"}, {Name: "c2", Split: "test"}, {Name: "c3", Split: "test"}}
	for want, o := range map[string]Options{"c1c2c3": {}, "c1c2": {Claims: 2}, "c2c3": {Split: "test"}, "c2": {Split: "test", Claims: 1}, "c1": {Split: "train", Claims: 9}} {
		list, err := o.list(all)
		got := ""
		for _, e := range list {
			got += e.Name
		}
		if err != nil || got != want {
			t.Errorf("%+v: %s %v, want %s", o, got, err, want)
		}
	}
}
