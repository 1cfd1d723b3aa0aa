package readingtest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// Fonts are two of Go's own, and after them those in a directory, if it is not "".
func Fonts(t testing.TB, dir string) []*opentype.Font {
	t.Helper()
	files := [][]byte{goregular.TTF, gomedium.TTF}
	var names []string
	if dir != "" {
		names, _ = filepath.Glob(filepath.Join(dir, "*.[to]tf"))
	}
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, b)
	}
	var all []*opentype.Font
	for _, b := range files {
		f, err := opentype.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// Face is a font at a size in pixels, hinted or not by lot.
func Face(t testing.TB, rng *rand.Rand, f *opentype.Font, size float64) font.Face {
	t.Helper()
	hinting := []font.Hinting{font.HintingNone, font.HintingFull}[rng.IntN(2)]
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: hinting})
	if err != nil {
		t.Fatal(err)
	}
	return face
}

// Grey is an opaque grey.
func Grey(v uint8) color.NRGBA { return color.NRGBA{v, v, v, 255} }

// Posted is a picture as it is after posting: reduced by a factor, 1 for none, and
// saved as JPEG at a quality of 1 to 100.
func Posted(t testing.TB, img *image.NRGBA, factor float64, quality int) *image.NRGBA {
	t.Helper()
	small := image.NewNRGBA(Reduced(img.Rect, factor))
	draw.CatmullRom.Scale(small, small.Rect, img, img.Rect, draw.Src, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return picture.ToNRGBA(out)
}

// Reduced is where a place of a picture lies after it was reduced by a factor.
func Reduced(r image.Rectangle, factor float64) image.Rectangle {
	at := func(p image.Point) image.Point {
		return image.Pt(int(float64(p.X)*factor), int(float64(p.Y)*factor))
	}
	return image.Rectangle{Min: at(r.Min), Max: at(r.Max)}
}
