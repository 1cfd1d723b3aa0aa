package report

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// Limits of an embedded picture. A report with four exhibits stays below a few
// megabytes, which mail programs still take.
const (
	maxImageWidth  = 1200      // pixels: twice a column on a common screen
	maxImagePixels = 3_000_000 // bounds tall pages
)

// dataURI re-encodes img as a data: URI no larger than the limits. Nothing of
// the original file passes: not its metadata, not its bytes. Where img is
// transparent the paper shows hatched.
func dataURI(img image.Image) (template.URL, error) {
	b := img.Bounds()
	if b.Empty() {
		return "", fmt.Errorf("encode picture: it has no pixels (%d by %d)", b.Dx(), b.Dy())
	}
	w, h := shrink(b.Dx(), b.Dy())
	data, kind, err := picture.EncodeForReport(onPaper(img), w, h)
	if err != nil {
		return "", err
	}
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data)), nil
}

// shrink returns the size to embed a picture of w by h at.
func shrink(w, h int) (int, int) {
	f := math.Min(1, float64(maxImageWidth)/float64(w))
	if px := float64(w) * float64(h) * f * f; px > maxImagePixels {
		f *= math.Sqrt(maxImagePixels / px)
	}
	return max(1, int(float64(w)*f)), max(1, int(float64(h)*f))
}

// onPaper lays img on hatched paper, unless it covers everything.
func onPaper(img image.Image) image.Image {
	if o, ok := img.(interface{ Opaque() bool }); ok && o.Opaque() {
		return img
	}
	b := img.Bounds()
	paper := hatched(b.Dx(), b.Dy())
	draw.Draw(paper, paper.Rect, img, b.Min, draw.Over)
	return paper
}

// hatched is opaque grey with diagonal lines: it must look like nothing that a
// page shows.
func hatched(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	light, dark := color.RGBA{232, 232, 228, 255}, color.RGBA{206, 206, 200, 255}
	for y := range h {
		for x := range w {
			c := light
			if (x+y)%16 < 3 {
				c = dark
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}
