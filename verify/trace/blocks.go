package trace

import (
	"context"
	"image"
)

// What a block of the picture's grid holds.
const (
	blockOther  = iota // neither, as a gradient
	blockPlain         // one value
	blockUneven        // faint ups and downs
	blockDrawn         // drawing
)

const (
	drawnStep = 60 // levels that drawing spans at least
	wavyLines = 4  // of the sixteen rows and columns that go up and down in an uneven block
)

// blocks are the blocks of a picture, row by row, from where its grid begins.
type blocks struct {
	cols, rows int
	origin     image.Point
	kind       []uint8
}

func readBlocks(ctx context.Context, p *plane, gx, gy int) (*blocks, error) {
	b := &blocks{cols: max(0, (p.w-gx)/side), rows: max(0, (p.h-gy)/side), origin: image.Pt(gx, gy)}
	b.kind = make([]uint8, b.cols*b.rows)
	for j := range b.rows {
		if j%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for i := range b.cols {
			b.kind[j*b.cols+i] = p.block(gx+i*side, gy+j*side)
		}
	}
	return b, nil
}

// block says what the block with its corner at x, y holds.
func (p *plane) block(x, y int) uint8 {
	var v [side][side]uint8
	lo, hi := uint8(255), uint8(0)
	for j := range v {
		copy(v[j][:], p.pix[(y+j)*p.w+x:])
		for _, q := range v[j] {
			lo, hi = min(lo, q), max(hi, q)
		}
	}
	switch {
	case hi == lo:
		return blockPlain
	case hi-lo > drawnStep:
		return blockDrawn
	case hi-lo <= faintStep && wavy(&v) >= wavyLines:
		return blockUneven
	}
	return blockOther
}

// wavy counts rows and columns that go up as well as down.
func wavy(v *[side][side]uint8) (n int) {
	for i := range side {
		var across, down ups
		for j := 1; j < side; j++ {
			across.step(v[i][j-1], v[i][j])
			down.step(v[j-1][i], v[j][i])
		}
		n += across.both() + down.both()
	}
	return n
}

type ups struct{ up, down bool }

func (u *ups) step(a, b uint8) { u.up, u.down = u.up || b > a, u.down || b < a }

func (u ups) both() int {
	if u.up && u.down {
		return 1
	}
	return 0
}

// mask forgets the blocks in r and beside it.
func (b *blocks) mask(r image.Rectangle) {
	b.each(r.Inset(-side), func(i, j int) { b.kind[j*b.cols+i] = blockOther })
}

// each calls f with every block whose middle lies in r.
func (b *blocks) each(r image.Rectangle, f func(i, j int)) {
	r = r.Sub(b.origin)
	half := side / 2
	for j := max(0, (r.Min.Y+half)/side); j < min(b.rows, (r.Max.Y+half)/side); j++ {
		for i := max(0, (r.Min.X+half)/side); i < min(b.cols, (r.Max.X+half)/side); i++ {
			f(i, j)
		}
	}
}

// beside counts the plain and the uneven blocks of a part that lie beside drawing.
func (b *blocks) beside(r image.Rectangle) (c blockCounts) {
	b.each(r, func(i, j int) {
		k := b.kind[j*b.cols+i]
		if k != blockPlain && k != blockUneven || !b.byDrawing(i, j) {
			return
		}
		if k == blockUneven {
			c.uneven++
		} else {
			c.plain++
		}
	})
	return c
}

func (b *blocks) byDrawing(i, j int) bool {
	return i > 0 && b.kind[j*b.cols+i-1] == blockDrawn || i+1 < b.cols && b.kind[j*b.cols+i+1] == blockDrawn ||
		j > 0 && b.kind[(j-1)*b.cols+i] == blockDrawn || j+1 < b.rows && b.kind[(j+1)*b.cols+i] == blockDrawn
}
