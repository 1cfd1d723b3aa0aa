package align

import (
	"fmt"
	"image"
	"math"
	"slices"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// What tells a camera's picture of a screen from a screenshot. The figures behind
// the limits are in the package documentation.
const (
	// A screenshot's areas of one colour stay so through JPEG, WebP and reduction,
	// because a block without detail is coded as its mean. A camera's are shaded and
	// noisy. Looked at in squares, those with letters or drawing left out.
	smoothSide  = 16 // px: more than a block, so that the steps between blocks show
	oneColour   = 1  // levels between the darkest and the brightest pixel
	smoothRange = 24 // the same of a square that holds no drawing, at most
	// The lines of a screenshot lie along the pixels' rows and columns, and most of
	// their pixels have a gradient at a right angle to the bit.
	sharpEdge   = 160  // Sobel sum, of 2040: the edges of letters
	nearUpright = 0.14 // tangent, 8 degrees: edges that belong to lines that should be upright
	uprightBins = 64
	exactly     = 0.0045 // tangent, a quarter of a degree
	tiltColumns = 6
	tiltRows    = 4
	enoughEdges = 200   // in a cell of the picture, of one direction, to tell its tilt by
	tilted      = 0.007 // tangent, 0.4 degrees

	tiltedRough = 0.25 // least share of uneven squares where the lines are turned
	tiltedShare = 0.33 // of the cells
	tiltedExact = 0.3  // most edges that are exactly upright, then
	levelRough  = 0.5  // the same limits where the lines are not turned
	levelExact  = 0.16
	allRough    = 0.93 // the same where hardly anything is even: no screenshot measured had more than 0.86
	allExact    = 0.21
	largestSeen = 2600 // px; larger pictures are reduced: a camera's own pixels are soft
)

// traits are what is measured of a picture to tell a photograph by.
type traits struct {
	rough  float64 // uneven squares, of those without drawing
	exact  float64 // exactly upright edge pixels, of those nearly upright
	turned float64 // cells whose lines are turned, of those with lines
	edges  int
}

// Photographed says whether g looks like a camera's picture of a screen and not
// like a screenshot, however compressed, and why. A camera's picture of anything
// else looks the same to it, also one that fills a screenshot and has no letters
// on it. It takes about as long as decoding the picture takes.
func Photographed(g *image.Gray) (bool, string) {
	t := traitsOf(g)
	seen := fmt.Sprintf("%.0f %% of the plain areas are uneven, %.0f %% of the lines exactly upright, %.0f %% of the picture turned", 100*t.rough, 100*t.exact, 100*t.turned)
	turned := t.turned >= tiltedShare && t.rough >= tiltedRough && t.exact < tiltedExact
	level := t.rough >= levelRough && t.exact < levelExact || t.rough >= allRough && t.exact < allExact
	return t.edges >= enoughEdges && (turned || level), seen
}

func traitsOf(g *image.Gray) traits {
	for max(g.Rect.Dx(), g.Rect.Dy()) > largestSeen {
		g = raster.Half(g)
	}
	t := traits{rough: roughness(g)}
	var l lines
	l.gather(g)
	t.exact, t.turned, t.edges = share(l.exact, l.near), l.turned(), l.near
	return t
}

// roughness is the share of uneven squares among those without drawing.
func roughness(g *image.Gray) float64 {
	one, uneven := 0, 0
	for y := 0; y+smoothSide <= g.Rect.Dy(); y += smoothSide {
		for x := 0; x+smoothSide <= g.Rect.Dx(); x += smoothSide {
			low, high := uint8(255), uint8(0)
			for k := range smoothSide {
				row := g.Pix[(y+k)*g.Stride+x:][:smoothSide]
				low, high = min(low, slices.Min(row)), max(high, slices.Max(row))
			}
			switch d := high - low; {
			case d <= oneColour:
				one++
			case d <= smoothRange:
				uneven++
			}
		}
	}
	return share(uneven, one+uneven)
}

// lines gathers how far nearly upright edges are turned, cell by cell, of
// vertical and horizontal lines apart.
type lines struct {
	cells       [tiltColumns * tiltRows][2][2*uprightBins + 1]int
	near, exact int
}

func (l *lines) gather(g *image.Gray) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	for y := 1; y < h-1; y++ {
		up, at, down := g.Pix[(y-1)*g.Stride:][:w], g.Pix[y*g.Stride:][:w], g.Pix[(y+1)*g.Stride:][:w]
		row := y * tiltRows / h * tiltColumns
		for x := 1; x < w-1; x++ {
			a, c, f, i := int(up[x-1]), int(up[x+1]), int(down[x-1]), int(down[x+1])
			gx := c + 2*int(at[x+1]) + i - a - 2*int(at[x-1]) - f
			gy := f + 2*int(down[x]) + i - a - 2*int(up[x]) - c
			if max(gx, -gx)+max(gy, -gy) >= sharpEdge {
				l.add(row+x*tiltColumns/w, gx, gy)
			}
		}
	}
}

// add counts one edge pixel. A rotation turns both directions of lines by the
// same angle, with this sign.
func (l *lines) add(cell, gx, gy int) {
	direction, tan := 0, 0.0
	if max(gx, -gx) >= max(gy, -gy) {
		tan = float64(gy) / float64(gx)
	} else {
		direction, tan = 1, -float64(gx)/float64(gy)
	}
	if math.Abs(tan) > nearUpright {
		return
	}
	l.near++
	if math.Abs(tan) < exactly {
		l.exact++
	}
	l.cells[cell][direction][uprightBins+int(math.Round(tan/nearUpright*uprightBins))]++
}

// turned is the share of the cells, of those with enough edges, whose edges are
// turned by their median.
func (l *lines) turned() float64 {
	turned, all := 0, 0
	for i := range l.cells {
		for _, bins := range l.cells[i] {
			if tan, ok := middleOf(bins[:]); ok {
				all++
				if math.Abs(tan) > tilted {
					turned++
				}
			}
		}
	}
	return share(turned, all)
}

// middleOf is the median of a histogram of tangents.
func middleOf(bins []int) (float64, bool) {
	n := 0
	for _, k := range bins {
		n += k
	}
	if n < enoughEdges {
		return 0, false
	}
	below := 0
	for i, k := range bins {
		if 2*(below+k) >= n {
			within := (float64(n)/2 - float64(below)) / float64(k)
			return (float64(i-uprightBins) - 0.5 + within) / uprightBins * nearUpright, true
		}
		below += k
	}
	return 0, false
}
