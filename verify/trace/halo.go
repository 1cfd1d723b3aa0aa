package trace

import (
	"context"
	"image"
)

// What makes a halo. A program that paints text leaves its ground untouched up
// to the letters, and the softened pixels beside a letter are one or two. A
// JPEG's blocks are faintly uneven as a whole where a letter lies in them, and
// as plain as before where none does.
const (
	side      = 8  // of a JPEG block, in pixels
	plainRun  = 8  // pixels of one value, in a row, that make a plain ground
	faintStep = 12 // levels from the ground that compression leaves, and letters exceed
	haloReach = 8  // pixels: a block
	haloWidth = 3  // fewer faint pixels may be a letter's soft side
	sharpStep = 40 // levels from the ground that only drawing makes
	cellSide  = 8  // pixels: the squares in which ends of plain ground are counted
)

// cell counts the ends of plain ground in a square of the picture.
type cell struct {
	halo, sharp uint8 // what follows: a halo, or drawing at once
	// Where in the square they begin, a bit for each column and row of pixels.
	haloX, haloY, sharpX, sharpY uint8
}

// edges are the cells of a picture, row by row.
type edges struct {
	cols, rows int
	size       image.Point
	cells      []cell
}

func (e *edges) at(x, y int) *cell { return &e.cells[y/cellSide*e.cols+x/cellSide] }

// findEdges looks along every row and every column, forth and back.
func findEdges(ctx context.Context, p *plane) (*edges, error) {
	e := &edges{cols: (p.w + cellSide - 1) / cellSide, rows: (p.h + cellSide - 1) / cellSide, size: image.Pt(p.w, p.h)}
	e.cells = make([]cell, e.cols*e.rows)
	across := newWalk(p.w, func(along, line, kind int) {
		c := e.at(along, line)
		c.add(kind, &c.haloX, &c.sharpX, along)
	})
	for y := range p.h {
		if y%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		across.line(p.row(y), y)
	}
	down := newWalk(p.h, func(along, line, kind int) {
		c := e.at(line, along)
		c.add(kind, &c.haloY, &c.sharpY, along)
	})
	column := make([]uint8, p.h)
	for x := range p.w {
		if x%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p.column(x, column)
		down.line(column, x)
	}
	return e, nil
}

func (c *cell) add(kind int, halos, sharps *uint8, at int) {
	switch kind {
	case isHalo:
		c.halo = min(c.halo, 254) + 1
		*halos |= 1 << (at % cellSide)
	case isSharp:
		c.sharp = min(c.sharp, 254) + 1
		*sharps |= 1 << (at % cellSide)
	}
}

const (
	isNeither = iota
	isHalo
	isSharp
)

// walk goes along lines and tells of the ends of plain ground. What eight lines
// beside each other have in one place is told once: the rows of a block are not
// as many witnesses.
type walk struct {
	back []uint8
	told [2][2][]int // direction, kind: line on which a place was last told
	tell func(along, line, kind int)
}

func newWalk(length int, tell func(along, line, kind int)) *walk {
	w := &walk{back: make([]uint8, length), tell: tell}
	for d := range w.told {
		for k := range w.told[d] {
			w.told[d][k] = make([]int, length+1)
			for i := range w.told[d][k] {
				w.told[d][k][i] = -side
			}
		}
	}
	return w
}

func (w *walk) line(l []uint8, n int) {
	for i, v := range l {
		w.back[len(l)-1-i] = v
	}
	w.one(l, n, 0, func(i int) int { return i })
	// Seen from behind, a halo begins at the first pixel of the ground.
	w.one(w.back, n, 1, func(i int) int { return len(l) - i })
}

func (w *walk) one(l []uint8, n, direction int, place func(int) int) {
	run := 1
	for i := 1; i < len(l); i++ {
		if l[i] == l[i-1] {
			run++
			continue
		}
		if run >= plainRun {
			if kind := endOf(l, i); kind != isNeither {
				at := place(i)
				if told := &w.told[direction][kind-1][at]; n-*told >= side && at < len(l) {
					*told = n
					w.tell(at, n, kind)
				}
			}
		}
		run = 1
	}
}

// endOf says what begins at i, where the plain ground before it ends.
func endOf(l []uint8, i int) int {
	ground := int(l[i-1])
	up, down, faint := false, false, 0
	for j := i; j < min(len(l), i+haloReach); j++ {
		d := int(l[j]) - ground
		if d > faintStep || d < -faintStep {
			if faint < haloWidth && (d > sharpStep || d < -sharpStep || near(l, j, ground)) {
				return isSharp
			}
			break
		}
		faint++
		up, down = up || l[j] > l[j-1], down || l[j] < l[j-1]
	}
	// A shadow or a gradient goes one way.
	if faint >= haloWidth && up && down {
		return isHalo
	}
	return isNeither
}

// near says whether drawing follows within two pixels.
func near(l []uint8, j, ground int) bool {
	for _, v := range l[j:min(len(l), j+3)] {
		if d := int(v) - ground; d > sharpStep || d < -sharpStep {
			return true
		}
	}
	return false
}
