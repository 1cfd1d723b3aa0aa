package store_test

import (
	"bytes"
	"image"
	"image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// realScreenshots are defacements of different sites as a mirror kept them.
func realScreenshots(t *testing.T) (pictures []image.Image) {
	t.Helper()
	names, _ := filepath.Glob("../../../shared/data/defacement/*/*")
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		img, _, err := image.Decode(f)
		f.Close()
		if err == nil && img.Bounds().Dx() > 400 {
			pictures = append(pictures, img)
		}
	}
	if len(pictures) == 0 {
		t.Skip("skipped: no real screenshots in ../shared/data/defacement")
	}
	return pictures
}

// recompressed is the picture at another width and JPEG quality.
func recompressed(t *testing.T, img image.Image, scale float64, quality int) image.Image {
	t.Helper()
	size := img.Bounds().Size()
	small := image.NewRGBA(image.Rect(0, 0, int(float64(size.X)*scale), int(float64(size.Y)*scale)))
	draw.BiLinear.Scale(small, small.Rect, img, img.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	again, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// TestRadiusHoldsRecompressedCopiesOfRealScreenshotsAndNoOthers is where Radius
// comes from; -v prints the distances.
func TestRadiusHoldsRecompressedCopiesOfRealScreenshotsAndNoOthers(t *testing.T) {
	t.Parallel()
	var originals []imprint.Imprint
	var copies []int
	for _, img := range realScreenshots(t) {
		i := imprint.Of(img)
		if !i.Informative {
			continue
		}
		for _, c := range []struct {
			scale   float64
			quality int
		}{{1, 92}, {1, 50}, {0.75, 80}, {0.5, 60}} {
			if d, err := imprint.Distance(i, imprint.Of(recompressed(t, img, c.scale, c.quality))); err == nil {
				copies = append(copies, d.Difference256)
			}
		}
		originals = append(originals, i)
	}
	var others []int
	for n, a := range originals {
		for _, b := range originals[:n] {
			d, _ := imprint.Distance(a, b)
			others = append(others, d.Difference256)
		}
	}
	slices.Sort(copies)
	slices.Sort(others)
	t.Logf("%d informative pictures; copies differ by %v bits, different pictures by %v", len(originals), copies, others)
	if kept := len(copies) - len(slices.DeleteFunc(slices.Clone(copies), func(d int) bool { return d <= store.Radius })); kept*10 < len(copies)*9 {
		t.Errorf("%d of %d recompressed copies lie within %d", kept, len(copies), store.Radius)
	}
	if len(others) > 0 && others[0] <= store.Radius {
		t.Errorf("different pictures lie %d apart", others[0])
	}
}
