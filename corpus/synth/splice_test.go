package synth

import (
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"
)

func uniform(w, h int, c color.Color) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, c)
		}
	}
	return m
}

func TestTheMaskOfASpliceIsThePastedRegion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(8, 60).Draw(t, "w"), rapid.IntRange(8, 60).Draw(t, "h")
		base, donor := uniform(w, h, color.White), uniform(w, h, color.Black)
		x, y := rapid.IntRange(0, w-2).Draw(t, "x"), rapid.IntRange(0, h-2).Draw(t, "y")
		at := image.Rect(x, y, rapid.IntRange(x+1, w-1).Draw(t, "x2"), rapid.IntRange(y+1, h-1).Draw(t, "y2"))
		out, mask := splice(base, donor, at, image.Point{})
		for py := range h {
			for px := range w {
				in := image.Pt(px, py).In(at)
				if (mask.GrayAt(px, py).Y == 0xff) != in || (out.NRGBAAt(px, py).R == 0) != in {
					t.Fatalf("pixel %d,%d: in the region %v, mask %d, pixel %v", px, py, in, mask.GrayAt(px, py).Y, out.NRGBAAt(px, py))
				}
			}
		}
	})
}

func TestAPixelThatThePasteLeavesAsItWasIsNotInTheMask(t *testing.T) {
	base, donor := uniform(4, 4, color.White), uniform(4, 4, color.White)
	donor.Set(1, 1, color.Black)
	_, mask := splice(base, donor, image.Rect(0, 0, 4, 4), image.Point{})
	for i, v := range mask.Pix {
		if want := i == 5; (v == 0xff) != want {
			t.Errorf("mask pixel %d is %d", i, v)
		}
	}
}

func TestTheFrameMovesPictureAndMaskTogether(t *testing.T) {
	content, mask := uniform(10, 6, color.Black), image.NewGray(image.Rect(0, 0, 10, 6))
	mask.Pix[0] = 0xff
	// A frame cut from a larger picture keeps the coordinates it had there.
	bars := uniform(10, 9, color.NRGBA{R: 200, A: 255})
	out, moved := framed(content, mask, bars.SubImage(image.Rect(0, 0, 10, 4)), bars.SubImage(image.Rect(0, 4, 10, 9)))
	if out.Bounds() != image.Rect(0, 0, 10, 15) || moved.Bounds() != out.Bounds() {
		t.Fatalf("picture %v, mask %v", out.Bounds(), moved.Bounds())
	}
	for y, want := range []uint8{200, 200, 200, 200, 0, 0, 0, 0, 0, 0, 200, 200, 200, 200, 200} {
		if got := out.NRGBAAt(3, y).R; got != want {
			t.Errorf("row %d is %d, want %d", y, got, want)
		}
	}
	if moved.GrayAt(0, 4).Y != 0xff || moved.GrayAt(0, 0).Y != 0 {
		t.Error("the mask did not move with the picture")
	}
}
