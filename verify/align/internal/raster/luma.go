// Package raster holds the few pixel operations that registration and tile
// comparison need: luma, reduction by area, blurring, and laying one picture
// into the frame of another. Planes are 8 bits a sample and begin at (0, 0).
//
// Nothing here allocates more than a small multiple of its input, and nothing
// panics on empty pictures: the result is empty as well.
package raster

import (
	"image"
	"image/color"
	"image/draw"
)

// Luma returns the brightness of img as ITU-R BT.601 weighs it, with its origin
// moved to (0, 0). Transparent pixels are taken on white, as viewers show them.
func Luma(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	if out.Rect.Empty() {
		return out
	}
	switch t := img.(type) {
	case *image.Gray:
		copyRows(out, t.Pix[t.PixOffset(b.Min.X, b.Min.Y):], t.Stride)
	case *image.YCbCr:
		copyRows(out, t.Y[t.YOffset(b.Min.X, b.Min.Y):], t.YStride)
	default:
		lumaRows(out, Flatten(img))
	}
	return out
}

func copyRows(out *image.Gray, src []uint8, stride int) {
	w, h := out.Rect.Dx(), out.Rect.Dy()
	for y := range h {
		copy(out.Pix[y*out.Stride:y*out.Stride+w], src[y*stride:])
	}
}

func lumaRows(out *image.Gray, src *image.RGBA) {
	w, h := out.Rect.Dx(), out.Rect.Dy()
	for y := range h {
		in := src.Pix[y*src.Stride : y*src.Stride+4*w]
		row := out.Pix[y*out.Stride : y*out.Stride+w]
		for x := range row {
			p := in[4*x : 4*x+4 : 4*x+4]
			// 299, 587, 114 thousandths in 16-bit fixed point; they add up to 65536.
			row[x] = uint8((19595*uint32(p[0]) + 38470*uint32(p[1]) + 7471*uint32(p[2]) + 32768) >> 16)
		}
	}
}

// Tint returns how red each pixel is against green and blue: 128 + (2R-G-B)/4.
// It tells apart most colours of one brightness, such as red letters on a dark
// teal ground, which luma cannot.
func Tint(src *image.RGBA) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		in := src.Pix[y*src.Stride : y*src.Stride+4*w]
		row := out.Pix[y*out.Stride : y*out.Stride+w]
		for x := range row {
			p := in[4*x : 4*x+4 : 4*x+4]
			row[x] = uint8(min(128+(2*int(p[0])-int(p[1])-int(p[2])+2)>>2, 255))
		}
	}
	return out
}

// Flatten returns img on white with its origin at (0, 0). An opaque RGBA or
// NRGBA picture is not copied: the result shares its pixels.
func Flatten(img image.Image) *image.RGBA {
	b := img.Bounds()
	switch t := img.(type) {
	case *image.RGBA:
		if t.Opaque() {
			return view(t.Pix, t.PixOffset(b.Min.X, b.Min.Y), t.Stride, b)
		}
	case *image.NRGBA:
		if t.Opaque() {
			return view(t.Pix, t.PixOffset(b.Min.X, b.Min.Y), t.Stride, b)
		}
	}
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, img, b.Min, draw.Over)
	return out
}

func view(pix []uint8, offset, stride int, b image.Rectangle) *image.RGBA {
	r := image.Rect(0, 0, b.Dx(), b.Dy())
	if r.Empty() {
		return &image.RGBA{Rect: r}
	}
	return &image.RGBA{Pix: pix[offset:], Stride: stride, Rect: r}
}
