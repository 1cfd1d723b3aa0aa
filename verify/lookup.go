package verify

import "image"

// lookup finds the rectangle that holds a point, among many: a large picture has
// tens of thousands of tiles, and trying them all for each is their square.
type lookup struct {
	side  int
	rects []Rect
	in    map[image.Point][]int // places in rects, by the square of side that they reach into
}

// newLookup indexes rectangles of about one size.
func newLookup(rects []Rect) *lookup {
	l := &lookup{side: 1, rects: rects, in: make(map[image.Point][]int, len(rects))}
	for _, r := range rects {
		l.side = max(l.side, r.W, r.H)
	}
	for i, r := range rects {
		first, last := l.square(r.X, r.Y), l.square(r.X+r.W-1, r.Y+r.H-1)
		for y := first.Y; y <= last.Y; y++ {
			for x := first.X; x <= last.X; x++ {
				at := image.Pt(x, y)
				l.in[at] = append(l.in[at], i)
			}
		}
	}
	return l
}

func (l *lookup) square(x, y int) image.Point { return image.Pt(floor(x, l.side), floor(y, l.side)) }

// find is the place of the first rectangle that holds the middle of r, -1 when
// none does.
func (l *lookup) find(r Rect) int {
	x, y := r.X+r.W/2, r.Y+r.H/2
	for _, i := range l.in[l.square(x, y)] {
		if g := l.rects[i]; x >= g.X && x < g.X+g.W && y >= g.Y && y < g.Y+g.H {
			return i
		}
	}
	return -1
}

// has says whether one of the rectangles holds the middle of r.
func (l *lookup) has(r Rect) bool { return l.find(r) >= 0 }

// floor is the quotient rounded down.
func floor(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

// tileRects are the tiles' places.
func tileRects(tiles []Tile) []Rect {
	out := make([]Rect, len(tiles))
	for i, t := range tiles {
		out[i] = t.Rect
	}
	return out
}
