package align

import (
	"image"
	"math"
)

// The tile rule (METHODS 2.2). Levels are 0 to 255, after softening.
const (
	flatBelow     = 2.5  // standard deviation; JPEG noise of quality 60 stays below
	textureFrom   = 6.0  // a tile this textured on one side only is a mismatch; between the two it says nothing
	sameTexture   = 0.75 // normalised correlation of all of a tile
	sameDetail    = 0.7  // the same of its detail: recompressed and rescaled text 0.90 and more, other text in the same lines 0.23 (median)
	movedDetail   = 0.8  // where the best place is more than nearby px off: with 81 places to choose from chance does better
	nearby        = 1
	telling       = 4.0 // deviation of a tile's detail from which it tells pages apart
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

// detail is what is left of a tile when the means of its rows and columns are
// taken off: letters and grain, without the lines that they stand in, edges and
// even shading, all of which other content shares by chance. It returns the
// deviations of the two tiles' details and their correlation.
func detail(a, b *image.Gray, r image.Rectangle, at image.Point) (da, db, c float64) {
	w, h := r.Dx(), r.Dy()
	var aa, bb, ab, sa, sb uint64
	columnsA, columnsB := make([]uint32, w), make([]uint32, w)
	var rows [3]float64 // sums over rows of mean a squared, mean b squared, their product
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p := a.Pix[y*a.Stride+r.Min.X:][:w]
		q := b.Pix[(y+at.Y)*b.Stride+r.Min.X+at.X:][:w]
		var ra, rb, raa, rbb, rab uint32
		for i, v := range p {
			x, y := uint32(v), uint32(q[i])
			ra, rb, raa, rbb, rab = ra+x, rb+y, raa+x*x, rbb+y*y, rab+x*y
			columnsA[i] += x
			columnsB[i] += y
		}
		aa, bb, ab, sa, sb = aa+uint64(raa), bb+uint64(rbb), ab+uint64(rab), sa+uint64(ra), sb+uint64(rb)
		rows[0] += float64(ra) * float64(ra)
		rows[1] += float64(rb) * float64(rb)
		rows[2] += float64(ra) * float64(rb)
	}
	var columns [3]float64
	for i := range columnsA {
		x, y := float64(columnsA[i]), float64(columnsB[i])
		columns[0], columns[1], columns[2] = columns[0]+x*x, columns[1]+y*y, columns[2]+x*y
	}
	n := float64(w * h)
	left := func(k int, products, x, y uint64) float64 {
		return (float64(products) - rows[k]/float64(w) - columns[k]/float64(h) + float64(x)*float64(y)/n) / n
	}
	va, vb, vab := left(0, aa, sa, sa), left(1, bb, sb, sb), left(2, ab, sa, sb)
	da, db = math.Sqrt(math.Max(0, va)), math.Sqrt(math.Max(0, vb))
	return da, db, vab / math.Max(da*db, 1e-9)
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
			if s := f.tinted(l, r, d); s != TileMismatch {
				return s
			}
		case bothTextured:
			if s := texture(f.soft, l.soft, r, d, ma, mb); s != TileMismatch && colourGap(f.colour, l.colour, r, at) < nearColour {
				return s
			}
			faint = faint || max(ma.deviation, mb.deviation) < textureFrom && math.Abs(ma.mean-mb.mean) < sameColour
		}
	}
	if faint {
		return TileFlat
	}
	return TileMismatch
}

// tinted compares two tiles of even brightness at a move of d: they are flat if
// they have one colour, and one pattern of colours where there is one.
func (f *frame) tinted(l *layer, r image.Rectangle, d image.Point) TileState {
	at := d.Add(image.Pt(drift, drift))
	if colourGap(f.colour, l.colour, r, at) >= sameColour {
		return TileMismatch
	}
	ma, mb := measure(f.tint, r), measure(l.tint, r.Add(at))
	switch pairing(ma, mb) {
	case bothFlat:
		return TileFlat
	case bothTextured:
		return texture(f.tint, l.tint, r, d, ma, mb)
	}
	return TileMismatch
}

// texture compares two textured tiles at a move of d. Where all that agrees is
// an edge or even shading, the tile is called flat: pages share such things.
func texture(a, b *image.Gray, r image.Rectangle, d image.Point, ma, mb moments) TileState {
	at := d.Add(image.Pt(drift, drift))
	if correlation(a, b, r, at, ma, mb) < sameTexture {
		return TileMismatch
	}
	da, db, c := detail(a, b, r, at)
	need := sameDetail
	if max(d.X, -d.X, d.Y, -d.Y) > nearby {
		need = movedDetail
	}
	switch small := max(da, db) < telling; {
	case small:
		return TileFlat
	case c < need:
		return TileMismatch
	}
	return TileMatch
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
