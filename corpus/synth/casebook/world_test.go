package casebook

import (
	"image"
	"image/draw"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

func TestThatAFileIsNotThereIsAnAnswerThatCrawlersKeep(t *testing.T) {
	dir := t.TempDir()
	if err := writeSites(dir); err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(dir, "canal-walk", "index.html")
	doc, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(index, append(doc, []byte(`<img src="lost.png">`)...), 0o600); err != nil {
		t.Fatal(err)
	}
	canal, err := site.Open(filepath.Join(dir, "canal-walk"), "canal-walk", site.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	p := &plan{page: place{site: canal, page: "index.html", host: canal.Host(), path: "/"}, now: epoch().Add(year)}
	for _, v := range []time.Duration{200 * day, 100 * day} {
		p.capture(p.now.Add(-v))
	}
	warc, err := p.warc(1)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "archive.warc.gz")
	if err := os.WriteFile(name, warc, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(t.Context(), name, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for file, want := range map[string]int{"lost.png": http.StatusNotFound, "img/a.png": http.StatusOK} {
		r, err := a.Fetch(t.Context(), p.page.URL()+file, p.now)
		if err != nil {
			t.Fatal(err)
		}
		if r.Status != want {
			t.Errorf("the archive has status %d for %s", r.Status, file)
		}
	}
}

func TestAnOldVersionIsToldByWhatItsCopyHasAndTheNewerOnesHaveNot(t *testing.T) {
	mask := func(rects ...image.Rectangle) *image.Gray {
		m := image.NewGray(image.Rect(0, 0, 4*oldSide, oldSide))
		for _, r := range rects {
			draw.Draw(m, r, image.White, image.Point{}, draw.Src)
		}
		return m
	}
	square := func(i int) image.Rectangle { return image.Rect(i*oldSide, 0, (i+1)*oldSide, oldSide) }
	for name, tc := range map[string]struct {
		altered, old *image.Gray
		newer        []*image.Gray
		want         int
	}{
		"other in two newer ones":       {mask(), mask(), []*image.Gray{mask(square(0), square(1)), mask(square(1), square(2))}, 1},
		"other in the only newer one":   {mask(), mask(), []*image.Gray{mask(square(0), square(1))}, 2},
		"altered there":                 {mask(square(0)), mask(), []*image.Gray{mask(square(0), square(1))}, 1},
		"another at every visit":        {mask(), mask(square(0), square(1)), []*image.Gray{mask(square(0), square(1))}, 0},
		"hardly another":                {mask(), mask(), []*image.Gray{mask(image.Rect(0, 0, oldSide, 1))}, 0},
		"another in a few lines of it":  {mask(), mask(), []*image.Gray{mask(image.Rect(0, 0, oldSide, 2))}, 1},
		"the same in all newer squares": {mask(), mask(), []*image.Gray{mask()}, 0},
	} {
		if got := oldSquares(tc.altered, tc.old, tc.newer); got != tc.want {
			t.Errorf("%s: %d squares, want %d", name, got, tc.want)
		}
	}
}
