package trace

import (
	"image"
	"math/bits"
	"slices"
)

// tally is what ends plain ground in a part of a picture.
type tally struct{ halo, sharp int }

func (t tally) less(o tally) tally { return tally{t.halo - o.halo, t.sharp - o.sharp} }

func (t tally) ends() int { return t.halo + t.sharp }

// share is how many of the ends are halos, 0 to 1.
func (t tally) share() float64 { return float64(t.halo) / float64(max(1, t.ends())) }

// phases is how many halos begin where, modulo eight, along each axis.
type phases struct{ x, y [side]int }

// stretch is over how many cells the halos that begin in one row of pixels, or one
// column, count once: a line drawn across a page has many, all in one row.
const stretch = 8

// cellsOf calls f with each cell whose middle lies in r.
func (e *edges) cellsOf(r image.Rectangle, f func(i, j int, c *cell)) {
	r = r.Intersect(image.Rectangle{Max: e.size})
	for j := (r.Min.Y + cellSide/2) / cellSide; j < min(e.rows, (r.Max.Y+cellSide/2)/cellSide); j++ {
		for i := (r.Min.X + cellSide/2) / cellSide; i < min(e.cols, (r.Max.X+cellSide/2)/cellSide); i++ {
			f(i, j, &e.cells[j*e.cols+i])
		}
	}
}

func (e *edges) tally(r image.Rectangle) (t tally) {
	e.cellsOf(r, func(_, _ int, c *cell) {
		t.halo += int(c.halo)
		t.sharp += int(c.sharp)
	})
	return t
}

// phases counts the halos of a part by where they begin, but for those in except.
func (e *edges) phases(r, except image.Rectangle) (p phases) {
	r = r.Intersect(image.Rectangle{Max: e.size})
	if r.Empty() {
		return p
	}
	i0, j0 := r.Min.X/cellSide, r.Min.Y/cellSide
	cols, rows := r.Dx()/cellSide+2, r.Dy()/cellSide+2
	across, down := newHeard(rows, cols, &p.y), newHeard(cols, rows, &p.x)
	e.cellsOf(r, func(i, j int, c *cell) {
		if c.halo == 0 || image.Pt(i*cellSide+cellSide/2, j*cellSide+cellSide/2).In(except) {
			return
		}
		across.hear(j-j0, i-i0, c.haloY)
		down.hear(i-i0, j-j0, c.haloX)
	})
	return p
}

// heard is what was counted already, along one axis: by line of cells and stretch
// of it.
type heard struct {
	along int
	last  []uint8
	into  *[side]int
}

func newHeard(lines, along int, into *[side]int) heard {
	along = along/stretch + 1
	return heard{along, make([]uint8, lines*along), into}
}

func (h heard) hear(line, along int, halos uint8) {
	seen := &h.last[line*h.along+along/stretch]
	fresh := halos &^ *seen
	*seen |= halos
	for ; fresh != 0; fresh &= fresh - 1 {
		h.into[bits.TrailingZeros8(fresh)]++
	}
}

// sharpLines is in how many columns and rows of pixels drawing begins at once.
func (e *edges) sharpLines(r image.Rectangle) int {
	columns, rows := make([]uint8, e.cols), make([]uint8, e.rows)
	e.cellsOf(r, func(i, j int, c *cell) {
		columns[i] |= c.sharpX
		rows[j] |= c.sharpY
	})
	n := 0
	for _, m := range append(columns, rows...) {
		n += bits.OnesCount8(m)
	}
	return n
}

// maskMargin is how far beside a picture its traces reach, in pixels, and how
// far off its place may be.
const maskMargin = 32

// without is the same but for what lies in pictures and beside them.
func (e *edges) without(pictures []image.Rectangle) *edges {
	if len(pictures) == 0 {
		return e
	}
	c := *e
	c.cells = slices.Clone(e.cells)
	for _, r := range pictures {
		c.cellsOf(r.Inset(-maskMargin), func(_, _ int, k *cell) { *k = cell{} })
	}
	return &c
}

// phase is where along an axis most halos begin, modulo eight, and how
// surprising so many are: log10 of the expected number of axes like this.
func phase(n [side]int) (at int, chance float64) {
	all := 0
	for i, k := range n {
		all += k
		if k > n[at] {
			at = i
		}
	}
	return at, 0.9 + tail(float64(all), float64(n[at]), 1.0/side)
}
