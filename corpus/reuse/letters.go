package reuse

import (
	"image"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"github.com/defacecheck/defacecheck/verify/align"
)

func round(x float64) int { return int(math.Round(x)) }

// drawn is the part r of the coarse picture as the fine one has it, with its origin at
// 0, 0. What the fine one has not is white.
func drawn(fine image.Image, at place, r image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	m := f64.Aff3{at.scale, 0, at.dx - float64(r.Min.X), 0, at.scale, at.dy - float64(r.Min.Y)}
	draw.CatmullRom.Transform(out, m, fine, fine.Bounds(), draw.Src, nil)
	return out
}

// agreement is what a comparison to the letter gave.
type agreement uint8

const (
	agrees agreement = iota
	unsure
	differs
)

// The rule for letters: of the mean difference of 3 x 3 pixels, in levels. Recompression at
// JPEG 60 and rescaling leave less than agreesBelow between one text and itself, other letters
// more than differsFrom; both are shares of the contrast there. See the package's
// tests for what was measured.
const (
	segment     = 48 // px: what is laid on one another at once, so that scales off by a thousandth do no harm
	slack       = 2  // px around a part, so that segments may be moved by up to one
	leastSide   = 6  // px of a segment that is worth a look
	agreesBelow = 0.22
	differsFrom = 0.34
	leastInk    = 40.0 // levels of contrast below which there is nothing to read
	leastLevels = 12.0 // levels that recompression may leave anywhere
)

// layers are a part of the coarse picture as the fine one has it, moved by no and by half a pixel
// either way, with a margin of slack on all sides.
type layers [2][2]*image.Gray

func layersOf(fine *subject, at place, r image.Rectangle) (l layers) {
	for y := range l {
		for x := range l[y] {
			l[y][x] = align.Luma(drawn(fine.img, place{at.scale, at.dx + float64(x)/2, at.dy + float64(y)/2}, r.Inset(-slack)))
		}
	}
	return l
}

// each gives segment r, from the part's corner, at every move.
func (l *layers) each(r image.Rectangle, do func(*image.Gray)) {
	for y := range 2 * slack {
		for x := range 2 * slack {
			do(part(l[y%2][x%2], r.Add(image.Pt(x/2+slack/2, y/2+slack/2))))
		}
	}
}

// sameLetters compares a part of the coarse picture with the fine one. ink says whether there
// was anything in it that can be read.
func sameLetters(coarse, fine *subject, at place, r image.Rectangle) (a agreement, ink bool) {
	l := layersOf(fine, at, r)
	for x := 0; x < r.Dx(); x += segment {
		s := image.Rect(x, 0, min(x+segment, r.Dx()), r.Dy())
		if s.Dx() < leastSide || s.Dy() < leastSide {
			continue
		}
		was, written := sameSegment(part(coarse.luma, s.Add(r.Min)), &l, s)
		a, ink = max(a, was), ink || written
		if a == differs {
			break
		}
	}
	return a, ink
}

// sameSegment compares a segment at the move at which least of it differs.
func sameSegment(own *image.Gray, l *layers, r image.Rectangle) (agreement, bool) {
	still := part(l[0][0], r.Add(image.Pt(slack, slack)))
	least, contrast := apart(own, still), max(spread(own), spread(still))
	if least < max(leastLevels, agreesBelow*contrast) { // which no other move would change
		return agrees, contrast >= leastInk
	}
	l.each(r, func(other *image.Gray) {
		least, contrast = min(least, apart(own, other)), max(contrast, spread(other))
	})
	ink := contrast >= leastInk
	switch {
	case least < max(leastLevels, agreesBelow*contrast):
		return agrees, ink
	case least < max(2*leastLevels, differsFrom*contrast):
		return unsure, ink
	}
	return differs, ink
}

// part is a copy of a part of a plane, with its origin at 0, 0.
func part(g *image.Gray, r image.Rectangle) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, g, r.Min, draw.Src)
	return out
}

// spread is the contrast: the difference of the darkest and the lightest mean of 2 x 2 pixels.
func spread(g *image.Gray) float64 {
	low, high := 255.0, 0.0
	for y := range g.Rect.Dy() - 1 {
		for x := range g.Rect.Dx() - 1 {
			i := y*g.Stride + x
			m := float64(int(g.Pix[i])+int(g.Pix[i+1])+int(g.Pix[i+g.Stride])+int(g.Pix[i+g.Stride+1])) / 4
			low, high = min(low, m), max(high, m)
		}
	}
	return max(0, high-low)
}

// apart is the largest mean difference of 3 x 3 pixels.
func apart(a, b *image.Gray) float64 {
	most := 0
	for y := 1; y < a.Rect.Dy()-1; y++ {
		for x := 1; x < a.Rect.Dx()-1; x++ {
			sum := 0
			for d := -1; d <= 1; d++ {
				p, q := a.Pix[(y+d)*a.Stride+x-1:][:3], b.Pix[(y+d)*b.Stride+x-1:][:3]
				for k := range p {
					sum += max(int(p[k])-int(q[k]), int(q[k])-int(p[k]))
				}
			}
			most = max(most, sum)
		}
	}
	return float64(most) / 9
}

// legible says whether there is something to be read in a part of a picture, high enough that one letter can
// be told from another.
func legible(g *image.Gray, r image.Rectangle) bool {
	return r.Dy() >= leastHigh && !r.Empty() && spread(part(g, r)) >= leastInk
}

// leastHigh is the height, in pixels, of an address bar's field whose letters can be told
// apart: that of 28 CSS px reduced to two thirds.
const leastHigh = 18
