package frame_test

import (
	"bytes"
	"encoding/gob"
	"flag"
	"fmt"
	"hash/fnv"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	xdraw "golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

var captures = flag.String("captures", "", "a directory of captures, as eval-align keeps them, whose pages must not be cut")

// viewsOfPage is how many windows of each captured page are looked at: its top, its end
// and some in between.
const viewsOfPage = 6

func TestViewsOfCapturedPagesAreNotCut(t *testing.T) {
	if *captures == "" {
		t.Skip("skipped: give -captures a directory that make eval-align keeps")
	}
	files, err := filepath.Glob(filepath.Join(*captures, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no captures in %s: %v", *captures, err)
	}
	type kind struct {
		url    string
		mobile bool
	}
	seen, views, cut := map[kind]bool{}, 0, 0
	for _, name := range files {
		c := captured(t, name)
		k := kind{c.URL, c.Viewport.Mobile}
		if seen[k] || c.Validity != capture.OK || len(c.FullPage) == 0 {
			continue
		}
		page, err := png.Decode(bytes.NewReader(c.FullPage))
		if err != nil {
			t.Fatalf("decode capture of %s: %v", c.URL, err)
		}
		seen[k] = true
		h := fnv.New64a()
		fmt.Fprint(h, c.URL, c.Viewport.Mobile)
		rng := rand.New(rand.NewPCG(h.Sum64(), 1))
		for n := range viewsOfPage {
			view := posted(t, viewOf(page, n, c.Viewport.Mobile, rng), n)
			views++
			if f := frame.Find(view); f.Kind != frame.None || f.Content != view.Bounds() {
				cut++
				t.Errorf("view %d of %s, %v: %s %v: %s", n, c.URL, view.Bounds().Size(), f.Kind, f.Content, f.Why)
			}
		}
	}
	t.Logf("%d of %d views of %d pages were cut", cut, views, len(seen))
	if cut == 0 && views > 0 {
		t.Logf("at most %.2f %% at 95 %% confidence", 100*(1-math.Pow(.05, 1/float64(views)))) // Clopper and Pearson
	}
}

func captured(t *testing.T, name string) capture.Capture {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var c capture.Capture
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&c); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return c
}

// viewOf cuts a window out of a page.
func viewOf(page image.Image, n int, mobile bool, rng *rand.Rand) image.Image {
	b := page.Bounds()
	shape := .48 + .16*rng.Float64() // of a desktop's window without its bars
	if mobile {
		shape = 1.5 + .7*rng.Float64()
	}
	height := min(b.Dy(), int(shape*float64(b.Dx())))
	top := rng.IntN(b.Dy() - height + 1)
	switch n {
	case 0:
		top = 0
	case 1:
		top = b.Dy() - height
	}
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), height))
	draw.Draw(out, out.Rect, page, b.Min.Add(image.Pt(0, top)), draw.Src)
	return out
}

// posted passes a view through what pictures go through: nothing, JPEG, or a messenger.
func posted(t *testing.T, view image.Image, n int) image.Image {
	t.Helper()
	quality := 60
	switch n % 3 {
	case 0:
		return view
	case 2:
		quality = 85
		if b := view.Bounds(); max(b.Dx(), b.Dy()) > 1280 {
			share := 1280 / float64(max(b.Dx(), b.Dy()))
			small := image.NewRGBA(image.Rect(0, 0, int(share*float64(b.Dx())), int(share*float64(b.Dy()))))
			xdraw.CatmullRom.Scale(small, small.Rect, view, b, draw.Src, nil)
			view = small
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, view, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
