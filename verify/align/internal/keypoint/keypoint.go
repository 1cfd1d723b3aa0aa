// Package keypoint finds points of a picture that can be recognised in another
// picture of the same page at another scale: FAST-9 corners described by
// upright BRIEF-256, on a pyramid of reduced copies.
//
// The corners are spread over the picture by a grid, so that a photograph does
// not use up the budget that the text beside it needs. Time and memory grow
// with the area of the picture and with the budget, and with nothing else.
package keypoint

import (
	"cmp"
	"image"
	"slices"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// Point is a described corner.
type Point struct {
	X, Y       float64 // in pixels of the full picture, pixel centres at .5
	Size       float64 // how many pixels of the full picture a pixel of its level is wide
	Bright     bool    // the surround is brighter than the centre
	Descriptor Descriptor
}

// Plan says which levels to search and how many points to keep.
type Plan struct {
	Levels    int // number of levels, the full picture being the first
	PerOctave int // levels to each halving
	Budget    int // points to keep in all
	turn      float64
}

// Turned is the plan for a picture that shows what it is compared with turned
// clockwise by the angle, in radians.
func (p Plan) Turned(angle float64) Plan {
	p.turn = angle
	return p
}

// cell is the side of the grid's squares, in pixels of each level.
const cell = 48

// Find returns the points of g according to plan, at most plan.Budget, fine
// levels first. A picture too small for a descriptor has none.
func Find(g *image.Gray, plan Plan) []Point {
	p := pyramid{base: g, perOctave: plan.PerOctave}
	blurred := image.NewGray(g.Rect)
	var out []Point
	for i := range plan.Levels {
		level, size := p.level()
		if level.Rect.Dx() <= 2*margin || level.Rect.Dy() <= 2*margin {
			break
		}
		best := strongest(corners(level), level.Rect.Size(), plan.share(i))
		b := &image.Gray{Pix: blurred.Pix[:level.Rect.Dx()*level.Rect.Dy()], Stride: level.Rect.Dx(), Rect: level.Rect}
		raster.Box5(b, level)
		d := newDescriber(b, plan.turn)
		for _, c := range best {
			if plan.turn != 0 && !image.Pt(c.x, c.y).In(level.Rect.Inset(turnedMargin)) {
				continue
			}
			out = append(out, Point{
				X: (float64(c.x) + .5) * size, Y: (float64(c.y) + .5) * size, Size: size,
				Bright: c.bright, Descriptor: d.at(c.x, c.y),
			})
		}
	}
	return out
}

// share is the part of the budget for level i: in proportion to the level's
// side, which leaves the coarse levels, whose points carry the widest context,
// more than their area would.
func (p Plan) share(i int) int {
	total, mine := 0.0, 0.0
	for k := range p.Levels {
		w := side(k, p.PerOctave)
		total += w
		if k == i {
			mine = w
		}
	}
	return int(float64(p.Budget) * mine / total)
}

// strongest keeps at most want corners: the best of every cell, then the second
// best of every cell, and so on. The order is that of the grid.
func strongest(all []corner, size image.Point, want int) []corner {
	if len(all) <= want {
		return all
	}
	across := size.X/cell + 1
	cells := make([][]corner, across*(size.Y/cell+1))
	for _, c := range all {
		i := c.y/cell*across + c.x/cell
		cells[i] = append(cells[i], c)
	}
	for _, c := range cells {
		slices.SortStableFunc(c, func(a, b corner) int { return cmp.Compare(b.score, a.score) })
	}
	out := make([]corner, 0, want)
	for rank := 0; len(out) < want; rank++ {
		for _, c := range cells {
			if rank < len(c) && len(out) < want {
				out = append(out, c[rank])
			}
		}
	}
	return out
}
