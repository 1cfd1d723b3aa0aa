package raster

import (
	"image"
	"testing"
)

func TestAProjectionReadsThePixelUnderEachPoint(t *testing.T) {
	t.Parallel()
	src := image.NewRGBA(image.Rect(0, 0, 7, 5))
	for i := range src.Pix {
		src.Pix[i] = uint8(i * 7)
		if i%4 == 3 {
			src.Pix[i] = 255
		}
	}
	gray := Luma(src)
	shift := func(x, y float64) (float64, float64, bool) { return x - 2, y - 1, true }
	out, plane := Project(src, shift, image.Pt(12, 9), 1), ProjectGray(gray, shift, image.Pt(12, 9), 1)
	for y := range 9 {
		for x := range 12 {
			at := image.Pt(x-2, y-1)
			if !at.In(src.Rect) {
				if out.RGBAAt(x, y).A != 0 || plane.GrayAt(x, y).Y != 255 {
					t.Fatalf("(%d, %d) lies beyond the source and is %v", x, y, out.RGBAAt(x, y))
				}
				continue
			}
			if out.RGBAAt(x, y) != src.RGBAAt(at.X, at.Y) || plane.GrayAt(x, y) != gray.GrayAt(at.X, at.Y) {
				t.Fatalf("(%d, %d) is %v, want %v", x, y, out.RGBAAt(x, y), src.RGBAAt(at.X, at.Y))
			}
		}
	}
}

func TestAProjectionOfNothingIsEmpty(t *testing.T) {
	t.Parallel()
	nowhere := func(x, y float64) (float64, float64, bool) { return x, y, false }
	src := image.NewRGBA(image.Rect(0, 0, 3, 3))
	if out := Project(src, nowhere, image.Pt(4, 4), 2); out.RGBAAt(1, 1).A != 0 {
		t.Error("a pixel without a source shows")
	}
	Project(&image.RGBA{}, func(x, y float64) (float64, float64, bool) { return x, y, true }, image.Pt(4, 4), 1)
	ProjectGray(image.NewGray(image.Rect(0, 0, 2, 2)), nowhere, image.Pt(0, 0), 3)
}
