package keypoint

import (
	"image"
	"math"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// pyramid yields the levels of a picture from fine to coarse, perOctave of them
// to each halving. Only the levels of the first octave are resampled from the
// full picture; every later one is half of the level an octave before it, so
// that the whole costs little more than its first octave and holds at most one
// octave in memory.
type pyramid struct {
	base      *image.Gray
	perOctave int
	recent    []*image.Gray // the last octave, oldest first
	next      int
}

// level returns the next level and how many pixels of the full picture one of
// its pixels is wide.
func (p *pyramid) level() (*image.Gray, float64) {
	i := p.next
	p.next++
	factor := 1 / side(i, p.perOctave)
	var g *image.Gray
	switch {
	case i == 0:
		g = p.base
	case i < p.perOctave:
		g = raster.Reduce(p.base, factor)
	default:
		g = raster.Half(p.recent[0])
		p.recent = p.recent[1:]
	}
	p.recent = append(p.recent, g)
	return g, factor
}

// side is the side of level i in relation to the full picture's.
func side(i, perOctave int) float64 { return math.Exp2(-float64(i) / float64(perOctave)) }
