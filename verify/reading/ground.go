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
			ground := groundOf(img, around)
			paint(out, block, img, r.Min, ground, brighter(img, around, ground))
		}
	}
	return out
}

// paint draws the ink of a block. luma above 0 takes the distance in brightness
// alone, so many times; else it is that of the channel which differs most.
func paint(out *image.Gray, block image.Rectangle, img *image.NRGBA, from image.Point, ground color.NRGBA, luma float64) {
	for y := block.Min.Y; y < block.Max.Y; y++ {
		src := img.Pix[img.PixOffset(from.X+block.Min.X, from.Y+y):]
		dst := out.Pix[out.PixOffset(block.Min.X, y):][:block.Dx()]
		for i := range dst {
			p := src[4*i : 4*i+3]
			d := luma * float64(lumaApart(p, ground))
			if luma == 0 {
				d = float64(channelApart(p, ground))
			}
			dst[i] = 255 - uint8(min(255, max(0, (d-floor)*gain)))
		}
	}
}

const (
	// clearLuma is the difference in brightness from which coloured ink is read by
	// its brightness alone, and lesser the share of the difference in colour below
	// which it is coloured: JPEG keeps colours at half the size, so that small red
	// letters on black are sharp in nothing but their brightness.
	clearLuma = 40
	lesser    = 0.8
)

// brighter is how many times the difference in brightness of a part's ink is its
// difference in colour; 0 where the ink is not coloured, or not by its brightness
// to be told from the ground.
func brighter(img *image.NRGBA, r image.Rectangle, ground color.NRGBA) float64 {
	var luma, channel [256]int
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		row := img.Pix[img.PixOffset(r.Min.X, y):][:4*r.Dx()]
		for x := 0; x < len(row); x += 8 {
			luma[lumaApart(row[x:], ground)]++
			channel[channelApart(row[x:], ground)]++
			n++
		}
	}
	l, c := strongest(luma, n), strongest(channel, n)
	if l < clearLuma || float64(l) > lesser*float64(c) {
		return 0
	}
	return float64(c) / float64(l)
}

// strongest is the value that one of fifty is above.
func strongest(count [256]int, n int) int {
	above := 0
	for v := 255; v > 0; v-- {
		if above += count[v]; 50*above > n {
			return v
		}
	}
	return 0
}

func channelApart(p []uint8, ground color.NRGBA) int {
	return max(apart(p[0], ground.R), apart(p[1], ground.G), apart(p[2], ground.B))
}

func lumaApart(p []uint8, ground color.NRGBA) int {
	a := 299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])
	b := 299*int(ground.R) + 587*int(ground.G) + 114*int(ground.B)
	return max(a-b, b-a) / 1000
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
