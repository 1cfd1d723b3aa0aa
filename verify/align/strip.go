package align

import (
	"image"
	"math"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// How thick a strip along an edge may be and still look like window frame: tabs,
// address bar and bookmarks at the top; a task bar or a phone's navigation at the
// bottom; a scroll bar at a side. Strips are taken in frame px; atFrame, which only
// doubts, reads topStrip, sideStrip and lowerBars as CSS px: on a dense screen bars
// are thicker.
const (
	topStrip    = 192
	bottomStrip = 96
	sideStrip   = TileSize
	lowerBars   = 144  // the highest bars at a lower end, a phone's browser's and a messenger's; beyond bottomStrip they are doubted and not taken for frame
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
//
// legible says whether one of them has room for a line of text and is not of one
// colour: then a banner could be meant by it.
func (g *grid) takeStrips(f *frame) (out []image.Rectangle, legible bool) {
	strips := g.strips(f.whole())
	in := map[int]bool{}
	for _, s := range strips {
		for _, i := range s {
			in[i] = true
		}
	}
	if len(in) == 0 || !g.restAgrees(in) || !g.quietly(f, strips) {
		return nil, false
	}
	luma := raster.Luma(f.colour)
	for _, s := range strips {
		var r image.Rectangle
		for _, i := range s {
			g.cells[i].strip = true
			r = r.Union(g.rect(i))
		}
		g.fringe(f, r)
		r = f.thinned(r)
		legible = legible || float64(min(r.Dx(), r.Dy())) > lineHeight*f.perCSS && !plain(luma, r.Inset(1))
		out = append(out, f.toPicture(r))
	}
	return out, legible
}

// lineHeight is the height, in CSS px, of the lowest line of text that a banner has.
const lineHeight = 12

// thinned is a strip with its inner side drawn to where picture and page begin to
// differ.
func (f *frame) thinned(r image.Rectangle) image.Rectangle {
	t := f.trimmed(r)
	switch {
	case r.Dx() >= r.Dy() && r.Min.Y == 0:
		r.Max.Y = t.Max.Y
	case r.Dx() >= r.Dy():
		r.Min.Y = t.Min.Y
	case r.Min.X == 0:
		r.Max.X = t.Max.X
	default:
		r.Min.X = t.Min.X
	}
	return r
}

// quietly says whether the strips hold no large letters and no pictures.
func (g *grid) quietly(f *frame, strips [][]int) bool {
	luma := raster.Luma(f.colour)
	for _, s := range strips {
		var r image.Rectangle
		for _, i := range s {
			r = r.Union(g.rect(i))
		}
		if tallest(luma, r) > int(math.Round(loudHeight*f.perCSS)) {
			return false
		}
	}
	return true
}

// fringe adds to a strip the changed tiles beside it that it ends in: a bar 110 px
// high covers less than half of its fourth row of tiles.
func (g *grid) fringe(f *frame, strip image.Rectangle) {
	for i := range g.cells {
		r := g.rect(i)
		if !g.cells[i].changed() || !r.Overlaps(strip.Inset(-1)) {
			continue
		}
		for at := seamStep; at <= TileSize-seamPart && g.cells[i].changed(); at += seamStep {
			rest := r
			switch {
			case r.Min.Y >= strip.Max.Y:
				rest.Min.Y += at
			case r.Max.Y <= strip.Min.Y:
				rest.Max.Y -= at
			case r.Min.X >= strip.Max.X:
				rest.Min.X += at
			default:
				rest.Max.X -= at
			}
			g.cells[i].strip = f.part(rest) != TileMismatch
		}
	}
}

// strips lists the tiles of the strips that each edge may have. page is what
// the page covers in the frame: where it ends at the edge of the picture there
// is no room for a frame over it, and what differs there was replaced.
func (g *grid) strips(page image.Rectangle) [][]int {
	rows := func(i int) []int { return g.indices(i*g.nx, 1, g.nx) }
	columns := func(i int) []int { return g.indices(i, g.nx, g.ny) }
	var out [][]int
	edge := func(l line, n, thick int, room bool) {
		if s := g.strip(l, min(thick/TileSize, int(stripShare*float64(n)))); room && len(s) > 0 {
			out = append(out, s)
		}
	}
	edge(rows, g.ny, topStrip, roomy(page.Min.Y))
	edge(func(i int) []int { return rows(g.ny - 1 - i) }, g.ny, bottomStrip, roomy(page.Max.Y-g.size.Y))
	edge(columns, g.nx, sideStrip, roomy(page.Min.X))
	edge(func(i int) []int { return columns(g.nx - 1 - i) }, g.nx, sideStrip, true)
	return out
}

// roomy says whether a page that begins (or ends) so far from the picture's edge
// leaves room for a window's frame: it goes on beneath the frame, or begins where
// the frame ends.
func roomy(gap int) bool { return gap < -atEdge || gap > atEdge }

// atFrame says whether r lies wholly where a window's frame may be.
func (g *grid) atFrame(r image.Rectangle, f *frame) bool {
	page := f.beneath()
	px := func(css float64) int { return int(css * f.perCSS) }
	return roomy(page.Min.Y) && r.Max.Y <= px(topStrip) ||
		roomy(page.Max.Y-g.size.Y) && r.Min.Y >= g.size.Y-px(lowerBars) ||
		roomy(page.Min.X) && r.Max.X <= px(sideStrip) || r.Min.X >= g.size.X-px(2*sideStrip)
}

// framed says whether all that differs, but for strays, lies where frames may be.
func (g *grid) framed(f *frame, regions []region) bool {
	some := false
	for _, r := range regions {
		switch {
		case g.atFrame(r.rect, f):
			some = some || len(r.tiles) >= minRegion
		case len(r.tiles) >= minRegion:
			return false
		}
	}
	return some
}

func (g *grid) indices(from, step, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = from + i*step
	}
	return out
}

// strip is the tiles of the lines before the first that belongs to the content,
// if they are at most thick and one is changed over nearly its whole length.
func (g *grid) strip(l line, thick int) []int {
	var out []int
	long := false
	n := 0
	for ; n <= thick && g.beyond(l(n)); n++ {
		out = append(out, l(n)...)
	}
	for ; !g.agrees(l(n)); n++ {
		if n >= thick {
			return nil
		}
		out = append(out, l(n)...)
		long = long || g.spanned(l(n)) >= stripLength
	}
	if !long {
		return nil
	}
	return out
}

// beyond says whether a line of tiles lies wholly outside the page.
func (g *grid) beyond(l []int) bool {
	for _, i := range l {
		if !g.cells[i].outside {
			return false
		}
	}
	return true
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

func (g *grid) restAgrees(in map[int]bool) bool {
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
