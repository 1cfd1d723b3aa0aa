package picture

import (
	"image"
	"image/color"
	"image/draw"
)

// ToNRGBA returns img as 8-bit non-premultiplied pixels with the origin at
// 0, 0. The result shares its pixels with img where the two have the same
// layout.
func ToNRGBA(img image.Image) *image.NRGBA {
	size := image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy())
	switch src := img.(type) {
	case *image.NRGBA:
		return &image.NRGBA{Pix: src.Pix[src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y):], Stride: src.Stride, Rect: size}
	case *image.RGBA:
		if src.Opaque() { // then premultiplied is the same
			return &image.NRGBA{Pix: src.Pix[src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y):], Stride: src.Stride, Rect: size}
		}
	case *image.YCbCr, *image.Gray, *image.CMYK:
		// Opaque, and package draw has fast ways to RGBA for them.
		dst := image.NewRGBA(size)
		draw.Draw(dst, size, img, img.Bounds().Min, draw.Src)
		return &image.NRGBA{Pix: dst.Pix, Stride: dst.Stride, Rect: size}
	case *image.Paletted:
		return fromPalette(src, size)
	}
	return convert(img, size)
}

// fromPalette looks each colour up once. An index without a colour, which
// decoders refuse, would be transparent black.
func fromPalette(src *image.Paletted, size image.Rectangle) *image.NRGBA {
	var table [256]color.NRGBA
	for i, c := range src.Palette {
		if i < len(table) {
			table[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
		}
	}
	dst := image.NewNRGBA(size)
	for y := range size.Dy() {
		from := src.Pix[y*src.Stride:][:size.Dx()]
		to := dst.Pix[y*dst.Stride:]
		for x, i := range from {
			c := table[i]
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = c.R, c.G, c.B, c.A
		}
	}
	return dst
}

func convert(img image.Image, size image.Rectangle) *image.NRGBA {
	dst := image.NewNRGBA(size)
	from := img.Bounds().Min
	for y := range size.Dy() {
		for x := range size.Dx() {
			dst.Set(x, y, img.At(from.X+x, from.Y+y))
		}
	}
	return dst
}

// flatten lays img on white in place. It returns where img was not opaque, nil
// when it was opaque everywhere.
func flatten(img *image.NRGBA) *image.Alpha {
	if img.Opaque() {
		return nil
	}
	mask := image.NewAlpha(img.Rect)
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:][:4*img.Rect.Dx()]
		for x := range img.Rect.Dx() {
			p := row[4*x : 4*x+4]
			a := uint32(p[3])
			mask.Pix[y*mask.Stride+x] = p[3]
			for c := range 3 {
				p[c] = uint8((uint32(p[c])*a + 255*(255-a) + 127) / 255)
			}
			p[3] = 255
		}
	}
	return mask
}
