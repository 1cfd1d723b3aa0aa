package reading

import (
	"image"
	"image/color"
)

const (
	// groundStep is how far apart the grounds are taken, in pixels: about a
	// line of small text.
	groundStep = 16
	// groundWide and groundHigh are the sides of the part whose most frequent
	// colour is the ground in its middle: much wider than high, because bars,
	// buttons and lines of text are; wide enough that the strokes of a headline
	// do not fill it.
	groundWide, groundHigh = 128, 40
	// floor is the distance from the ground, of 255, below which nothing is
	// ink: what JPEG leaves around letters.
	floor = 14
	// gain makes faint text (grey on white) as dark as it is read best.
	gain = 1.5
)

// inked draws every pixel as its distance from the colour of the ground it
// stands on: dark letters on white, whatever the colours were. The distance is
// that of the channel which differs most, since red on black is as dark as the
// black.
func inked(img *image.NRGBA, r image.Rectangle) *image.Gray {
	r = r.Intersect(img.Rect)
	out := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y0 := 0; y0 < r.Dy(); y0 += groundStep {
		for x0 := 0; x0 < r.Dx(); x0 += groundStep {
			block := image.Rect(x0, y0, x0+groundStep, y0+groundStep).Intersect(out.Rect)
			mid := r.Min.Add(image.Pt(x0+groundStep/2, y0+groundStep/2))
			around := image.Rect(mid.X-groundWide/2, mid.Y-groundHigh/2, mid.X+groundWide/2, mid.Y+groundHigh/2).Intersect(r)
			paint(out, block, img, r.Min, groundOf(img, around))
		}
	}
	return out
}

func paint(out *image.Gray, block image.Rectangle, img *image.NRGBA, from image.Point, ground color.NRGBA) {
	for y := block.Min.Y; y < block.Max.Y; y++ {
		src := img.Pix[img.PixOffset(from.X+block.Min.X, from.Y+y):]
		dst := out.Pix[out.PixOffset(block.Min.X, y):][:block.Dx()]
		for i := range dst {
			p := src[4*i : 4*i+3]
			d := max(apart(p[0], ground.R), apart(p[1], ground.G), apart(p[2], ground.B))
			dst[i] = 255 - uint8(min(255, max(0, float64(d-floor)*gain)))
		}
	}
}

func apart(a, b uint8) int {
	if a > b {
		return int(a) - int(b)
	}
	return int(b) - int(a)
}

// groundOf is the most frequent colour of a part of the picture: the mean of
// the fullest of 512 cells of colour.
func groundOf(img *image.NRGBA, r image.Rectangle) color.NRGBA {
	var count, red, green, blue [512]int
	best := 0
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		row := img.Pix[img.PixOffset(r.Min.X, y):][:4*r.Dx()]
		for x := 0; x < len(row); x += 8 {
			c := int(row[x]>>5)<<6 | int(row[x+1]>>5)<<3 | int(row[x+2]>>5)
			count[c]++
			red[c] += int(row[x])
			green[c] += int(row[x+1])
			blue[c] += int(row[x+2])
			if count[c] > count[best] {
				best = c
			}
		}
	}
	n := max(1, count[best])
	return color.NRGBA{uint8(red[best] / n), uint8(green[best] / n), uint8(blue[best] / n), 255}
}
