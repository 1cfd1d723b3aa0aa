package synth

import (
	"image"
	"image/color"
	"image/draw"
)

// canvas returns a copy of m that can be drawn on, with its origin at zero.
func canvas(m image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(out, out.Bounds(), m, m.Bounds().Min, draw.Src)
	return out
}

// splice pastes the part of donor that begins at from into the rectangle at of
// base, as one does with an image editor and a hard selection. It returns the
// picture and the mask of the pixels that it changed.
func splice(base, donor image.Image, at image.Rectangle, from image.Point) (*image.NRGBA, *image.Gray) {
	out := canvas(base)
	draw.Draw(out, at, donor, from, draw.Src)
	return out, differing(base, out)
}

// differing is the mask of the pixels in which two pictures of one size
// disagree: white where they do.
func differing(a, b image.Image) *image.Gray {
	x, y := canvas(a), canvas(b)
	mask := image.NewGray(x.Bounds())
	for i := range mask.Pix {
		if [4]byte(x.Pix[4*i:]) != [4]byte(y.Pix[4*i:]) {
			mask.Pix[i] = 0xff
		}
	}
	return mask
}

// framed puts a frame around the content: bars above, and below when there is
// a task bar. The mask, if any, is moved along.
func framed(content image.Image, mask *image.Gray, top, bottom image.Image) (*image.NRGBA, *image.Gray) {
	size := content.Bounds().Size()
	head, foot := top.Bounds().Dy(), 0
	if bottom != nil {
		foot = bottom.Bounds().Dy()
	}
	out := image.NewNRGBA(image.Rect(0, 0, size.X, head+size.Y+foot))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, image.Rect(0, 0, size.X, head), top, top.Bounds().Min, draw.Src)
	body := image.Rect(0, head, size.X, head+size.Y)
	draw.Draw(out, body, content, content.Bounds().Min, draw.Src)
	if bottom != nil {
		draw.Draw(out, image.Rect(0, head+size.Y, size.X, head+size.Y+foot), bottom, bottom.Bounds().Min, draw.Src)
	}
	if mask == nil {
		return out, nil
	}
	moved := image.NewGray(out.Bounds())
	draw.Draw(moved, body, mask, image.Point{}, draw.Src)
	return out, moved
}
