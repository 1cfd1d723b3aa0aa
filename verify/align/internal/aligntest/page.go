// Package aligntest draws web pages that look like web pages, and turns them
// into the pictures that people post of them: scrolled, cropped, reduced,
// recompressed, with window frame around them, with a part replaced. Everything
// follows from a seed, so that a failing case can be drawn again.
package aligntest

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Artist draws with two faces of one family. It is not safe for concurrent use.
type Artist struct {
	regular, bold *opentype.Font
	faces         map[faceKey]font.Face
}

type faceKey struct {
	bold bool
	size float64
}

// NewArtist parses the fonts.
func NewArtist() (*Artist, error) {
	r, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	b, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, err
	}
	return &Artist{regular: r, bold: b, faces: map[faceKey]font.Face{}}, nil
}

func (a *Artist) face(bold bool, size float64) font.Face {
	k := faceKey{bold, size}
	if f, ok := a.faces[k]; ok {
		return f
	}
	src := a.regular
	if bold {
		src = a.bold
	}
	f, err := opentype.NewFace(src, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic(err) // the options above are valid for every size used here
	}
	a.faces[k] = f
	return f
}

// Text writes s with its baseline at (x, y).
func (a *Artist) Text(dst draw.Image, s string, x, y int, size float64, bold bool, c color.Color) {
	d := font.Drawer{Dst: dst, Src: image.NewUniform(c), Face: a.face(bold, size), Dot: fixed.P(x, y)}
	d.DrawString(s)
}

// Width is the advance of s in pixels.
func (a *Artist) Width(s string, size float64, bold bool) int {
	return font.MeasureString(a.face(bold, size), s).Ceil()
}

// Fill paints a rectangle.
func Fill(dst draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(dst, r, image.NewUniform(c), image.Point{}, draw.Src)
}

const letters = "eeeeeaaaaooiiuunnttrrsslldhcmpgbfvkwyzxqj"

// Words makes n words.
func Words(rng *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		for range 2 + rng.IntN(8) {
			b.WriteByte(letters[rng.IntN(len(letters))])
		}
	}
	return b.String()
}

// Photo paints something with the statistics of a photograph: soft patches,
// gradients and fine grain.
func Photo(dst *image.RGBA, r image.Rectangle, rng *rand.Rand) {
	type blob struct{ x, y, s, r, g, b float64 }
	blobs := make([]blob, 14)
	for i := range blobs {
		blobs[i] = blob{float64(r.Min.X) + rng.Float64()*float64(r.Dx()), float64(r.Min.Y) + rng.Float64()*float64(r.Dy()),
			8 + rng.Float64()*float64(r.Dx())/5, rng.Float64() * 255, rng.Float64() * 255, rng.Float64() * 255}
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			cr, cg, cb, w := 90.0, 110.0, 130.0, 1.0
			for _, b := range blobs {
				dx, dy := (float64(x)-b.x)/b.s, (float64(y)-b.y)/b.s
				k := 4 / (1 + dx*dx*dx*dx + dy*dy*dy*dy)
				cr, cg, cb, w = cr+k*b.r, cg+k*b.g, cb+k*b.b, w+k
			}
			grain := rng.Float64()*8 - 4
			dst.SetRGBA(x, y, color.RGBA{level(cr/w + grain), level(cg/w + grain), level(cb/w + grain), 255})
		}
	}
}

func level(v float64) uint8 { return uint8(min(max(v, 0), 255)) }
