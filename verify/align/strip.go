package align

import (
	"image"
	"math"
)

// How thick a strip along an edge may be and still look like window frame, in
// frame px: tabs, address bar and bookmarks at the top; a task bar or a phone's
// navigation at the bottom; a scroll bar at a side.
const (
	topStrip    = 192
	bottomStrip = 96
	sideStrip   = TileSize
	stripShare  = 0.25 // of the picture's height or width, at most
	stripLength = 0.8  // of the edge that the changed tiles must span
	stripBeside = 0.85 // agreement of all the rest
	atEdge      = 10   // frame px; a page that begins or ends so near the picture's edge leaves no room for a frame over it
)

// line returns the cells of one row or column of tiles.
type line func(i int) []int

// takeStrips marks strips of changed tiles along the edges that look like
// window frame and returns them in picture px. It takes only strips that leave
// a picture which agrees; anything else stays a change.
func (g *grid) takeStrips(f *frame) []image.Rectangle {
	rows := func(i int) []int { return g.indices(i*g.nx, 1, g.nx) }
	columns := func(i int) []int { return g.indices(i, g.nx, g.ny) }
	flipped := func(l line, n int) line { return func(i int) []int { return l(n - 1 - i) } }
	page := f.inPage[0]
	var out []image.Rectangle
	try := func(l line, n, thick, length int, room bool) {
		if r, ok := g.takeStrip(l, min(thick/TileSize, int(stripShare*float64(n))), room); ok && length > 1 {
			out = append(out, scaled(r, f.zoom, 0, 0))
		}
	}
	try(rows, g.ny, topStrip, g.nx, page.Min.Y < -atEdge)
	try(flipped(rows, g.ny), g.ny, bottomStrip, g.nx, page.Max.Y > g.size.Y+atEdge)
	try(columns, g.nx, sideStrip, g.ny, page.Min.X < -atEdge)
	try(flipped(columns, g.nx), g.nx, sideStrip, g.ny, true)
	return out
}

func (g *grid) indices(from, step, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = from + i*step
	}
	return out
}

// takeStrip marks the lines before the first that agrees, if they are at most
// thick, changed over nearly their whole length, and all the rest agrees.
func (g *grid) takeStrip(l line, thick int, room bool) (image.Rectangle, bool) {
	n := 0
	for n <= thick && !g.agrees(l(n)) {
		n++
	}
	if !room || n == 0 || n > thick {
		return image.Rectangle{}, false
	}
	var strip []int
	long := false
	for i := range n {
		strip = append(strip, l(i)...)
		long = long || g.spanned(l(i)) >= stripLength
	}
	if !long || !g.restAgrees(strip) {
		return image.Rectangle{}, false
	}
	var r image.Rectangle
	for _, i := range strip {
		g.cells[i].strip = true
		r = r.Union(g.rect(i))
	}
	return r, true
}

// agrees says whether a line of tiles belongs to the content: some tiles match
// and no fewer than differ.
func (g *grid) agrees(l []int) bool {
	match, changed := 0, 0
	for _, i := range l {
		if g.cells[i].matched() {
			match++
		} else if g.cells[i].changed() {
			changed++
		}
	}
	return match > 0 && match >= changed || changed == 0
}

// spanned is the part of a line between its first and last changed tile.
func (g *grid) spanned(l []int) float64 {
	first, last := math.MaxInt, -1
	for k, i := range l {
		if g.cells[i].changed() {
			first, last = min(first, k), k
		}
	}
	return float64(max(0, last-first+1)) / float64(len(l))
}

func (g *grid) restAgrees(strip []int) bool {
	in := map[int]bool{}
	for _, i := range strip {
		in[i] = true
	}
	match, changed := 0, 0
	for i, c := range g.cells {
		if in[i] {
			continue
		}
		if c.matched() {
			match++
		} else if c.changed() {
			changed++
		}
	}
	return match >= minMatch && share(match, match+changed) >= stripBeside
}
