package keypoint

import (
	"encoding/binary"
	"image"
	"math/bits"
)

// contrast is how many levels a circle pixel must differ from the centre to
// count for a corner (FAST's threshold t). 10 still finds grey text on a dark
// page and passes over the ringing of a JPEG of quality 60.
const contrast = 10

// margin is how far from the border a corner must lie so that its descriptor's
// patch (15 px) and the blur under it (2 px) stay inside.
const margin = 18

// corner is a FAST-9 corner of one pyramid level, in pixels of that level.
type corner struct {
	x, y   int
	score  int  // sum of the differences beyond contrast
	bright bool // the arc is brighter than the centre
}

// circle is the Bresenham circle of radius 3, clockwise from the top.
var circle = [16]image.Point{
	{X: 0, Y: -3}, {X: 1, Y: -3}, {X: 2, Y: -2}, {X: 3, Y: -1}, {X: 3, Y: 0}, {X: 3, Y: 1}, {X: 2, Y: 2}, {X: 1, Y: 3},
	{X: 0, Y: 3}, {X: -1, Y: 3}, {X: -2, Y: 2}, {X: -3, Y: 1}, {X: -3, Y: 0}, {X: -3, Y: -1}, {X: -2, Y: -2}, {X: -1, Y: -3},
}

// detector finds the corners of one plane. scores is a ring of three rows, all
// that non-maximum suppression needs.
type detector struct {
	plane  *image.Gray
	around [16]int // circle as offsets into Pix
	scores [3][]int32
	rows   [3][]corner
}

// corners returns the FAST-9 corners of g (Rosten and Drummond 2006) that are
// maxima among their eight neighbours, row by row.
func corners(g *image.Gray) []corner {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if w <= 2*margin || h <= 2*margin {
		return nil
	}
	d := detector{plane: g}
	for i, p := range circle {
		d.around[i] = p.Y*g.Stride + p.X
	}
	for i := range d.scores {
		d.scores[i] = make([]int32, w)
	}
	var out []corner
	for y := margin; y < h-margin; y++ {
		d.scan(y)
		out = d.maxima(out, y-1)
	}
	d.clear(h - margin)
	return d.maxima(out, h-margin-1)
}

func (d *detector) clear(y int) {
	row := d.scores[y%3]
	for _, c := range d.rows[y%3] {
		row[c.x] = 0
	}
	d.rows[y%3] = d.rows[y%3][:0]
}

// scan fills the ring with the corners of row y. Of two opposite pixels of the
// circle, an arc of nine holds at least one, so that where row y equals the
// rows three above and three below there is no corner; web pages are mostly
// such rows, and eight pixels are passed over at a time.
func (d *detector) scan(y int) {
	d.clear(y)
	g := d.plane
	w := g.Rect.Dx()
	mid := g.Pix[y*g.Stride:][:w]
	top := g.Pix[(y-3)*g.Stride:][:w]
	low := g.Pix[(y+3)*g.Stride:][:w]
	for x := margin; x < w-margin; x++ {
		if c := binary.LittleEndian.Uint64(mid[x:]); c == binary.LittleEndian.Uint64(top[x:]) && c == binary.LittleEndian.Uint64(low[x:]) {
			x += 7
			continue
		}
		c := int(mid[x])
		if !promising(c, int(top[x]), int(mid[x+3]), int(low[x]), int(mid[x-3])) {
			continue
		}
		if score, bright, ok := d.test(y*g.Stride+x, c); ok {
			d.scores[y%3][x] = int32(score)
			d.rows[y%3] = append(d.rows[y%3], corner{x: x, y: y, score: score, bright: bright})
		}
	}
}

// promising is the quick test on the four pixels above, right, below and left:
// an arc of nine holds two of them next to each other.
func promising(c, n, e, s, w int) bool {
	if n > c+contrast || s > c+contrast {
		if e > c+contrast || w > c+contrast {
			return true
		}
	}
	return (n < c-contrast || s < c-contrast) && (e < c-contrast || w < c-contrast)
}

// test is the full test at Pix index p of centre value c. Sides are taken from
// signs, because among letters no branch can be foreseen; few points that it is
// asked about are corners, and only theirs are scored.
func (d *detector) test(p, c int) (score int, bright, ok bool) {
	high, low := c+contrast, c-contrast
	var more, less uint32
	for i, o := range d.around {
		v := int(d.plane.Pix[p+o])
		more |= uint32(high-v) >> 31 << i
		less |= uint32(v-low) >> 31 << i
	}
	bright = arc(more)
	if !bright && !arc(less) {
		return 0, false, false
	}
	for _, o := range d.around {
		v := int(d.plane.Pix[p+o])
		score += max(v-high, low-v, 0)
	}
	return score, bright, true
}

// arc says whether nine neighbouring bits of the sixteen are set.
func arc(ring uint32) bool {
	if bits.OnesCount32(ring) < 9 {
		return false
	}
	twice := ring | ring<<16
	r := twice & (twice >> 1)
	r &= r >> 2
	r &= r >> 4 // a set bit now begins a run of 8
	return r&(twice>>8)&0xffff != 0
}

// maxima appends the corners of row y that beat their neighbours. Ties go to
// the first in reading order.
func (d *detector) maxima(out []corner, y int) []corner {
	above, here, below := d.scores[(y+2)%3], d.scores[y%3], d.scores[(y+1)%3]
	for _, c := range d.rows[y%3] {
		s, x := int32(c.score), c.x
		if here[x-1] >= s || above[x-1] >= s || above[x] >= s || above[x+1] >= s {
			continue
		}
		if here[x+1] > s || below[x-1] > s || below[x] > s || below[x+1] > s {
			continue
		}
		out = append(out, c)
	}
	return out
}
