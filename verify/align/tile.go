package align

import (
	"image"
	"math"
)

// The tile rule (METHODS 2.2). Levels are 0 to 255, after softening.
const (
	flatBelow     = 2.5 // standard deviation; JPEG noise of quality 60 stays below
	textureFrom   = 6.0 // a tile this textured on one side only is a mismatch; between the two it says nothing
	sameTexture   = 0.75
	contrastRatio = 2.5
	sameColour    = 14.0 // largest difference of a mean channel between flat tiles
	nearColour    = 40.0 // the same between textured tiles
)

// moments of a tile's softened luma.
type moments struct{ mean, deviation float64 }

func measure(g *image.Gray, r image.Rectangle) moments {
	var sum, square uint64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range g.Pix[y*g.Stride+r.Min.X:][:r.Dx()] {
			sum += uint64(v)
			square += uint64(v) * uint64(v)
		}
	}
	n := float64(r.Dx() * r.Dy())
	mean := float64(sum) / n
	return moments{mean, math.Sqrt(math.Max(0, float64(square)/n-mean*mean))}
}

// correlation is the normalised cross-correlation of tile r of a with the same
// tile of b moved by at.
func correlation(a, b *image.Gray, r image.Rectangle, at image.Point, ma, mb moments) float64 {
	var sum uint64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p := a.Pix[y*a.Stride+r.Min.X:][:r.Dx()]
		q := b.Pix[(y+at.Y)*b.Stride+r.Min.X+at.X:][:len(p)]
		row := uint32(0)
		for i, v := range p {
			row += uint32(v) * uint32(q[i])
		}
		sum += uint64(row)
	}
	n := float64(r.Dx() * r.Dy())
	return (float64(sum)/n - ma.mean*mb.mean) / math.Max(ma.deviation*mb.deviation, 1e-9)
}

// colourGap is the largest difference of the mean channels of two tiles.
func colourGap(a, b *image.RGBA, r image.Rectangle, at image.Point) float64 {
	var gap [3]int64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p := a.Pix[y*a.Stride+4*r.Min.X:][:4*r.Dx()]
		q := b.Pix[(y+at.Y)*b.Stride+4*(r.Min.X+at.X):][:len(p)]
		for i := 0; i < len(p); i += 4 {
			gap[0] += int64(p[i]) - int64(q[i])
			gap[1] += int64(p[i+1]) - int64(q[i+1])
			gap[2] += int64(p[i+2]) - int64(q[i+2])
		}
	}
	n := float64(r.Dx() * r.Dy())
	most := 0.0
	for _, g := range gap {
		most = math.Max(most, math.Abs(float64(g)/n))
	}
	return most
}

// judge compares one tile of the frame with the page as group k lays it.
func (f *frame) judge(r image.Rectangle, k int) TileState {
	l := f.layer(k)
	ma := measure(f.soft, r)
	faint := false
	for _, d := range spiral {
		at := d.Add(image.Pt(drift, drift))
		mb := measure(l.soft, r.Add(at))
		switch pairing(ma, mb) {
		case bothFlat:
			if colourGap(f.colour, l.colour, r, at) < sameColour {
				return TileFlat
			}
		case bothTextured:
			c := correlation(f.soft, l.soft, r, at, ma, mb)
			if c > sameTexture && colourGap(f.colour, l.colour, r, at) < nearColour {
				return TileMatch
			}
			faint = faint || max(ma.deviation, mb.deviation) < textureFrom && math.Abs(ma.mean-mb.mean) < sameColour
		}
	}
	if faint {
		return TileFlat
	}
	return TileMismatch
}

type pairKind int

const (
	unlike pairKind = iota
	bothFlat
	bothTextured
)

// pairing says how two tiles can be compared at all. A tile with a trace of
// texture counts as flat beside a flat one, because an edge that lies a pixel
// further is no finding.
func pairing(a, b moments) pairKind {
	low, high := min(a.deviation, b.deviation), max(a.deviation, b.deviation)
	switch {
	case low < flatBelow && high < textureFrom:
		return bothFlat
	case low >= flatBelow && high < contrastRatio*low:
		return bothTextured
	}
	return unlike
}

// spiral lists the moves within drift from the middle outwards.
var spiral = makeSpiral()

func makeSpiral() []image.Point {
	var out []image.Point
	for ring := 0; ring <= drift; ring++ {
		for y := -ring; y <= ring; y++ {
			for x := -ring; x <= ring; x++ {
				if max(x, -x, y, -y) == ring {
					out = append(out, image.Pt(x, y))
				}
			}
		}
	}
	return out
}
