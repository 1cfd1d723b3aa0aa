package align

import (
	"image"
	"math"
)

// The tile rule. Levels are 0 to 255, after softening.
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

// limits are what the tile rule allows.
type limits struct {
	flatBelow, textureFrom             float64
	sameTexture, sameDetail, movedSame float64
	contrastRatio                      float64
	sameColour, nearColour             float64
	visible                            int
	level, profiled                    float64 // of the profiles along a border; see pasted.go
}

// drawn is for pictures that a program made, photographed for those that a
// camera took of a screen: light falls off to the edges, glare adds to it, blur
// takes contrast away, and noise and moire give even ground some texture.
var (
	drawn = limits{flatBelow, textureFrom, sameTexture, sameDetail, movedDetail, contrastRatio, sameColour, nearColour, visible, 20, 5}

	photographed = limits{flatBelow: 5, textureFrom: 9, sameTexture: 0.65, sameDetail: 0.6, movedSame: 0.7,
		contrastRatio: 5, sameColour: 75, nearColour: 110, visible: photographedVisible, level: 90, profiled: 7}
)

// judge compares one tile of the frame with the page as group k lays it.
func (f *frame) judge(r image.Rectangle, k int) TileState {
	l := f.layer(k)
	ma, ca := measure(f.soft, r), levels(f.colour, r)
	faint := false
	for _, d := range spiral {
		at := d.Add(image.Pt(drift, drift))
		mb := l.sums.measure(r.Add(at))
		switch f.limits.pairing(ma, mb) {
		case bothFlat:
			if s := f.tinted(l, r, d, ca); s != TileMismatch {
				return s
			}
		case bothTextured:
			if s := f.limits.agreement(f.soft, l.soft, r, d, ma, mb); s != TileMismatch && ca.gap(levels(l.colour, r.Add(at)), r) < f.limits.nearColour {
				return s
			}
			faint = faint || max(ma.deviation, mb.deviation) < f.limits.textureFrom && math.Abs(ma.mean-mb.mean) < f.limits.sameColour
		}
	}
	if faint {
		return TileFlat
	}
	return TileMismatch
}

// tinted compares two tiles of even brightness at a move of d: they are flat if
// they have one colour, and one pattern of colours where there is one; ca is that of
// the frame's.
func (f *frame) tinted(l *layer, r image.Rectangle, d image.Point, ca colours) TileState {
	at := d.Add(image.Pt(drift, drift))
	if ca.gap(levels(l.colour, r.Add(at)), r) >= f.limits.sameColour {
		return TileMismatch
	}
	ma, mb := measure(f.tint, r), measure(l.tint, r.Add(at))
	switch f.limits.pairing(ma, mb) {
	case bothFlat:
		return TileFlat
	case bothTextured:
		return f.limits.agreement(f.tint, l.tint, r, d, ma, mb)
	}
	return TileMismatch
}

// agreement compares two textured tiles at a move of d. Where all that agrees is
// an edge or even shading, the tile is called flat: pages share such things.
func (l *limits) agreement(a, b *image.Gray, r image.Rectangle, d image.Point, ma, mb moments) TileState {
	at := d.Add(image.Pt(drift, drift))
	if correlation(a, b, r, at, ma, mb) < l.sameTexture {
		return TileMismatch
	}
	da, db, c := detail(a, b, r, at)
	need := l.sameDetail
	if max(d.X, -d.X, d.Y, -d.Y) > nearby {
		need = l.movedSame
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
func (l *limits) pairing(a, b moments) pairKind {
	low, high := min(a.deviation, b.deviation), max(a.deviation, b.deviation)
	switch {
	case low < l.flatBelow && high < l.textureFrom:
		return bothFlat
	case low >= l.flatBelow && high < l.contrastRatio*low:
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
