package trace

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// drawn is a page of text in the given ground and ink, as a browser paints it.
func drawn(t testing.TB, w, h int, seed uint64, ground, ink color.Color) *image.NRGBA {
	t.Helper()
	return enlargedPage(t, w, h, 1, seed, ground, ink)
}

// enlargedPage is a page of w by h painted k times as large.
func enlargedPage(t testing.TB, w, h, k int, seed uint64, ground, ink color.Color) *image.NRGBA {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 15 * float64(k), DPI: 72, Hinting: font.HintingVertical})
	if err != nil {
		t.Fatal(err)
	}
	defer face.Close()
	img := image.NewNRGBA(image.Rect(0, 0, k*w, k*h))
	draw.Draw(img, img.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face}
	rng := rand.New(rand.NewPCG(seed, 1))
	words := []string{"council", "meeting", "minutes", "of", "the", "harbour", "Wednesday", "ferry", "and", "timetable", "library", "opens"}
	for y := 30; y < h-20; y += 23 {
		d.Dot = fixed.P(k*(20+rng.IntN(6)), k*y)
		for d.Dot.X.Round() < k*(w-120) {
			d.DrawString(words[rng.IntN(len(words))] + " ")
		}
	}
	return img
}

func page(t testing.TB, seed uint64) *image.NRGBA {
	return drawn(t, 900, 640, seed, color.White, color.Gray{30})
}

// jpegged is the picture after JPEG compression.
func jpegged(t testing.TB, img *image.NRGBA, quality int) *image.NRGBA {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	back, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return copied(back, back.Bounds())
}

// copied is a part of a picture.
func copied(img image.Image, r image.Rectangle) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: r.Size()})
	draw.Draw(out, out.Rect, img, r.Min, draw.Src)
	return out
}

// pasted is base with the part of from that begins at p put over r.
func pasted(base, from *image.NRGBA, r image.Rectangle, p image.Point) *image.NRGBA {
	out := copied(base, base.Rect)
	draw.Draw(out, r, from, p, draw.Src)
	return out
}
