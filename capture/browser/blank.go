package browser

import (
	"bytes"
	"image"
	"image/png"
)

const (
	// maxPixels bounds what is decoded to look for content: 16,384 rows of
	// 1,366 columns at scale 1.6. A larger picture is not looked at.
	maxPixels = 36 << 20
	// inkShare is the share of pixels that may differ from the background in a
	// blank picture: less than one short line of text in a window.
	inkShare = 0.0002
	// inkDistance is how far a channel may be from the background's, of 255.
	inkDistance = 8
)

// isFlat reports whether a PNG of ours shows nothing but its background, the
// colour of its lower left corner. A picture that cannot be read is not
// flat: not having looked is not having seen nothing.
func isFlat(shot []byte) bool {
	size, err := png.DecodeConfig(bytes.NewReader(shot))
	if err != nil || size.Width < 1 || size.Height < 1 || size.Width*size.Height > maxPixels {
		return false
	}
	if !compressesLikeNothing(len(shot), size.Width*size.Height) {
		return false
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return false
	}
	limit := int(inkShare * float64(size.Width*size.Height))
	return !moreInk(img, limit)
}

// compressesLikeNothing spares the decoding of nearly every page: a flat
// picture takes about a fiftieth of a byte a pixel when compressed for speed.
func compressesLikeNothing(size, pixels int) bool { return size < pixels/40+4096 }

// moreInk reports whether more than limit pixels are not background.
func moreInk(img image.Image, limit int) bool {
	b := img.Bounds()
	r0, g0, b0, _ := img.At(b.Min.X, b.Max.Y-1).RGBA()
	n := 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			if apart(r, r0) || apart(g, g0) || apart(bl, b0) {
				if n++; n > limit {
					return true
				}
			}
		}
	}
	return false
}

func apart(a, b uint32) bool {
	return max(a, b)-min(a, b) > inkDistance*257
}
