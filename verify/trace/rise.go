package trace

import (
	"context"
	"image"
	"math/bits"
)

// rises counts how steeply drawing begins, by part and axis: within one pixel,
// two, or more.
type rises struct {
	cols, rows int
	size       image.Point
	cells      [2][]riseCounts // along rows and along columns
}

// riseCounts are the counts of one cell, and in which columns or rows of pixels
// of it they lie, a bit for each.
type riseCounts struct {
	n  [3]uint8
	at [3]uint16
}

const (
	riseCell = 16 // px
	calmRun  = 4  // px of ground before drawing
	calmStep = 10 // levels that the ground may vary by: what compression leaves
	riseStep = 64 // levels from the ground that drawing reaches
	riseSpan = 5  // px within which it does
)

func findRises(ctx context.Context, p *plane) (*rises, error) {
	r := &rises{cols: (p.w + riseCell - 1) / riseCell, rows: (p.h + riseCell - 1) / riseCell, size: image.Pt(p.w, p.h)}
	for axis := range r.cells {
		r.cells[axis] = make([]riseCounts, r.cols*r.rows)
	}
	for y := range p.h {
		if y%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		eachRise(p.row(y), func(i, kind int) { r.cells[0][y/riseCell*r.cols+i/riseCell].count(kind, i) })
	}
	column := make([]uint8, p.h)
	for x := range p.w {
		if x%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p.column(x, column)
		eachRise(column, func(i, kind int) { r.cells[1][i/riseCell*r.cols+x/riseCell].count(kind, i) })
	}
	return r, nil
}

func (c *riseCounts) count(kind, at int) {
	c.n[kind] = min(c.n[kind], 254) + 1
	c.at[kind] |= 1 << (at % riseCell)
}

// eachRise finds where calm ground gives way to drawing.
func eachRise(l []uint8, tell func(i, kind int)) {
	for i := calmRun; i+riseSpan <= len(l); i++ {
		if step(l[i-1], l[i]) <= calmStep || !calm(l[i-calmRun:i]) {
			continue
		}
		if kind, ok := riseAt(l[i-1], l[i:i+riseSpan]); ok {
			tell(i, kind)
		}
	}
}

func step(a, b uint8) int { return int(max(a, b)) - int(min(a, b)) }

func calm(l []uint8) bool {
	lo, hi := l[0], l[0]
	for _, v := range l[1:] {
		lo, hi = min(lo, v), max(hi, v)
	}
	return hi-lo <= calmStep
}

// riseAt says in how many pixels the drawing after the ground comes to the most
// that it reaches before it falls again: 0 is at once.
func riseAt(ground uint8, l []uint8) (int, bool) {
	most := 0
	for _, v := range l {
		d := step(v, ground)
		if d < most {
			break
		}
		most = d
	}
	if most < riseStep {
		return 0, false
	}
	for i, v := range l {
		if d := step(v, ground); d*100 >= most*85 {
			return min(i, 2), true
		}
	}
	return 0, false
}

// steepness is how drawing begins in a part: how often within one pixel, two and
// more, and in how many columns and rows of pixels.
type steepness struct{ n, lines [3]int }

func (s steepness) all() int { return s.n[0] + s.n[1] + s.n[2] }

// crisp and soft are shares, 0 to 1.
func (s steepness) crisp() float64 { return float64(s.n[0]) / float64(max(1, s.all())) }
func (s steepness) soft() float64  { return float64(s.n[2]) / float64(max(1, s.all())) }

func (r *rises) in(part image.Rectangle) (s steepness) {
	part = part.Intersect(image.Rectangle{Max: r.size})
	columns, rows := make([][3]uint16, r.cols), make([][3]uint16, r.rows)
	for j := (part.Min.Y + riseCell/2) / riseCell; j < min(r.rows, (part.Max.Y+riseCell/2)/riseCell); j++ {
		for i := (part.Min.X + riseCell/2) / riseCell; i < min(r.cols, (part.Max.X+riseCell/2)/riseCell); i++ {
			x, y := &r.cells[0][j*r.cols+i], &r.cells[1][j*r.cols+i]
			for k := range s.n {
				s.n[k] += int(x.n[k]) + int(y.n[k])
				columns[i][k] |= x.at[k]
				rows[j][k] |= y.at[k]
			}
		}
	}
	for _, line := range append(columns, rows...) {
		for k := range s.lines {
			s.lines[k] += bits.OnesCount16(line[k])
		}
	}
	return s
}

func (s steepness) less(o steepness) steepness {
	for k := range s.n {
		s.n[k] -= o.n[k]
	}
	return s
}

// mask forgets what is in part.
func (r *rises) mask(part image.Rectangle) {
	part = part.Inset(-maskMargin).Intersect(image.Rectangle{Max: r.size})
	for j := part.Min.Y / riseCell; j < min(r.rows, part.Max.Y/riseCell); j++ {
		for i := part.Min.X / riseCell; i < min(r.cols, part.Max.X/riseCell); i++ {
			r.cells[0][j*r.cols+i], r.cells[1][j*r.cols+i] = riseCounts{}, riseCounts{}
		}
	}
}
