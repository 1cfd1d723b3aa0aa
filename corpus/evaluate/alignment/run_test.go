package alignment

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/verify"
)

// small is a run over the project's own page alone.
func small(t *testing.T, only string) *run {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skipf("skipped: %v", err)
	}
	r := &run{o: options{out: t.TempDir(), seed: 5, jobs: 2, only: regexp.MustCompile(only)}, cache: t.TempDir(), log: t.Output()}
	s := &site{name: "made", kind: "own", ref: "pages", root: ".", pages: []string{"almanac.html"}}
	if err := r.fetch(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if err := s.measure(); err != nil {
		t.Fatal(err)
	}
	r.sites, r.pages = []*site{s}, []subject{{s, "almanac.html"}}
	shut, err := r.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := shut(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func TestTheTruthOfAShotIsWhereItWasTaken(t *testing.T) {
	r := small(t, "scrolled")
	ds := r.drafts(r.pages, 1)
	d := ds[0]
	d.pose.Width, d.pose.Height, d.pose.Scale, d.pose.Scroll = 1366, 600, 1.5, 0.5
	if err := r.develop(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	c, err := r.stand.before().Live(t.Context(), capture.Request{URL: d.claim, FullPage: true,
		Viewport: capture.Viewport{Width: 1366, Height: 768, Scale: 1}})
	if err != nil || c.Validity != capture.OK {
		t.Fatalf("capture %v, error %v", c.Validity, err)
	}
	y := math.Round(0.5 * float64(c.PageHeight-600)) // the page is as high in both windows
	if n, ok, miss := d.hold(view{c, true, 0}, place{1.5, 0, -1.5 * y, nil}); n < 5 || !ok || miss > 1.5 {
		t.Errorf("%d anchors, placed %v, off %.2f px", n, ok, miss)
	}
	if _, ok, _ := d.hold(view{c, true, 0}, place{1.5, 0, -1.5*y - 40, nil}); ok {
		t.Error("a place 27 px off holds")
	}
}

func TestARewrittenLineIsWhatTheMaskBounds(t *testing.T) {
	r := small(t, "replaced line")
	d := r.drafts(r.pages, 1)[0]
	d.pose.Scale = 1
	if err := r.develop(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if len(d.mask) != 1 || d.mask[0].Dy() > 60 || d.mask[0].Dx() < 40 {
		t.Errorf("mask %v", d.mask)
	}
	before, err := r.photograph(t.Context(), d.on.site.digest, d.pose)
	if err != nil {
		t.Fatal(err)
	}
	old, err := decode(before.Before)
	if err != nil {
		t.Fatal(err)
	}
	rest := difference(old, d.img)
	if !rest.In(d.mask[0]) {
		t.Errorf("pixels differ in %v beside the mask %v", rest, d.mask[0])
	}
}

func TestAFrameLeavesThePictureAsItWasAndTellsWhereItIs(t *testing.T) {
	r := small(t, "^(in |desktop|messenger border|phone bars|iphone|side panel|edge|safari|picture viewer)")
	ds := r.drafts(r.pages, 7)
	if len(ds) != 14 {
		t.Fatalf("%d pictures drawn", len(ds))
	}
	for _, d := range ds {
		if err := r.develop(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		s, err := r.photograph(t.Context(), d.on.site.digest, d.pose)
		if err != nil {
			t.Fatal(err)
		}
		bare, err := decode(s.PNG)
		if err != nil {
			t.Fatal(err)
		}
		x, y := d.at(0, 0)
		if x < 0 || y < 30 {
			t.Errorf("%s: the page begins at %.0f, %.0f", d.id, x, y)
		}
		if d.ext == ".png" && difference(bare, cutOut(d.img, image.Pt(int(x), int(y)), bare.Rect.Size())) != (image.Rectangle{}) {
			t.Errorf("%s: the page is not in its frame", d.id)
		}
	}
}

func cutOut(img *image.RGBA, at image.Point, size image.Point) *image.RGBA {
	s := &specimen{img: img, at: func(x, y float64) (float64, float64) { return x, y }}
	s.crop(image.Rectangle{Min: at, Max: at.Add(size)})
	return s.img
}

func TestARunWritesEveryPictureIntoAllThreeReports(t *testing.T) {
	r := small(t, "^(scrolled|replaced 25 %|same template|blank)$")
	got, err := r.each(t.Context(), "dev", r.drafts(r.pages, 4))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 {
		t.Fatalf("%d outcomes", len(got))
	}
	for _, o := range got {
		if o.Trouble != "" || o.Got == verify.NotCompared {
			t.Errorf("%s: %s", o.ID, o.Trouble)
		}
		if _, err := os.Stat(o.File); err != nil {
			t.Error(err)
		}
	}
	var table bytes.Buffer
	if err := newReport(r, got, nil).write(&table, r.o.out); err != nil {
		t.Fatal(err)
	}
	for _, o := range got {
		if !strings.Contains(table.String(), o.Kind) {
			t.Errorf("%q is not in the table", o.Kind)
		}
	}
	var back report
	js, err := os.ReadFile(filepath.Join(r.o.out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(js, &back); err != nil || len(back.Pictures) != 4 {
		t.Errorf("%d pictures in the JSON, error %v", len(back.Pictures), err)
	}
	f, err := os.Open(filepath.Join(r.o.out, "pictures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err := csv.NewReader(f).ReadAll(); err != nil || len(rows) != 5 {
		t.Errorf("%d rows in the CSV, error %v", len(rows), err)
	}
}
