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

func newDetector(g *image.Gray) *detector {
	d := &detector{plane: g}
	for i, p := range circle {
		d.around[i] = p.Y*g.Stride + p.X
	}
	for i := range d.scores {
		d.scores[i] = make([]int32, g.Rect.Dx())
	}
	return d
}

// corners returns the FAST-9 corners of g (Rosten and Drummond 2006) that are
// maxima among their eight neighbours, row by row.
func corners(g *image.Gray) []corner {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if w <= 2*margin || h <= 2*margin {
		return nil
	}
	d := newDetector(g)
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

// scan fills the ring with the corners of row y, eight pixels at a time. Of two
// opposite pixels of the circle, an arc of nine holds at least one, so that where row
// y equals the rows three above and three below there is no corner; web pages are
// mostly such rows.
func (d *detector) scan(y int) {
	d.clear(y)
	g := d.plane
	end := g.Rect.Dx() - margin
	for x := margin; x < end; x += 8 {
		p := y*g.Stride + x
		c := eight(g.Pix, p)
		if c == eight(g.Pix, p+d.around[0]) && c == eight(g.Pix, p+d.around[8]) {
			continue
		}
		bright, dark := d.arcs(p, c)
		for m := bright | dark; m != 0; m &= m - 1 {
			bit := bits.TrailingZeros64(m)
			at := bit / 8
			if x+at >= end {
				break
			}
			score := d.score(p + at)
			d.scores[y%3][x+at] = int32(score)
			d.rows[y%3] = append(d.rows[y%3], corner{x: x + at, y: y, score: score, bright: bright>>bit&1 != 0})
		}
	}
}

func eight(pix []uint8, at int) uint64 { return binary.LittleEndian.Uint64(pix[at:]) }

// Eight pixels are compared in two words, of the even and of the odd ones, with four
// lanes of 16 bits. The top bit of a lane tells the sign of its difference.
const (
	lanes = 0x00ff00ff00ff00ff
	ones  = 0x0001000100010001
	top   = 0x8000800080008000

	topOfBytes = top | top>>8
)

// arcs says of the eight pixels from Pix index p on, whose values are c, which have
// nine neighbouring pixels of the circle that are all brighter, or all darker, by more
// than contrast: of these the top bit of the pixel's byte is set.
func (d *detector) arcs(p int, c uint64) (bright, dark uint64) {
	even, odd := bandOf(c&lanes), bandOf(c>>8&lanes)
	var notBright, notDark [16]uint64
	mayBright, mayDark := uint64(topOfBytes), uint64(topOfBytes)
	for n, i := range [8]int{0, 4, 2, 6, 1, 3, 5, 7} {
		if n == 2 && mayBright|mayDark == 0 { // most that have no corner end here
			return 0, 0
		}
		for _, k := range [2]int{i, i + 8} {
			v := eight(d.plane.Pix, p+d.around[k])
			e, o := v&lanes, v>>8&lanes
			notBright[k] = (even.high-e)&top>>8 | (odd.high-o)&top
			notDark[k] = (even.low+e)&top>>8 | (odd.low+o)&top
		}
		mayBright &^= notBright[i] & notBright[i+8]
		mayDark &^= notDark[i] & notDark[i+8]
	}
	if mayBright != 0 {
		bright = runs(&notBright)
	}
	if mayDark != 0 {
		dark = runs(&notDark)
	}
	return bright, dark
}

// band holds for four centres what a value of the circle is taken from (high) or added
// to (low): the top bit stays unless it is brighter, or darker, beyond contrast.
type band struct{ high, low uint64 }

func bandOf(c uint64) band {
	return band{high: c + contrast*ones | top, low: top + contrast*ones - c}
}

// runs sets the top bit of each byte of which nine neighbours in the ring have none.
func runs(ring *[16]uint64) (out uint64) {
	var two, four [16]uint64
	for i := range ring {
		two[i] = ring[i] | ring[(i+1)&15]
	}
	for i := range two {
		four[i] = two[i] | two[(i+2)&15]
	}
	for i := range four {
		out |= ^(four[i] | four[(i+4)&15] | ring[(i+8)&15])
	}
	return out & topOfBytes
}

// score sums by how much the pixels of the circle around Pix index p differ from the
// centre beyond contrast.
func (d *detector) score(p int) int {
	pix, stride := d.plane.Pix, d.plane.Stride
	high, low := int(pix[p])+contrast, int(pix[p])-contrast
	sum := 0
	for y, left := range [7]int{2, 1, 0, 0, 0, 1, 2} {
		row := (*[7]uint8)(pix[p+(y-3)*stride-3:])
		l, r := int(row[left]), int(row[6-left])
		sum += max(l-high, low-l, 0) + max(r-high, low-r, 0)
	}
	for _, y := range [2]int{-3, 3} {
		v := int(pix[p+y*stride])
		sum += max(v-high, low-v, 0)
	}
	return sum
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
