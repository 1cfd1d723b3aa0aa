package frame

import "image"

const (
	// barLeast is the least size of a plain bar, as a share of its side.
	barLeast = 0.02
	// barEven is how far the two bars of a letterbox may differ, in pixels: a viewer
	// centres the picture, and a page's own bands are seldom of one height.
	barEven = 2
	// barEdge is how much of the border between bar and content must be a step.
	barEdge = 0.97
	// barBlack is the highest luma of bars left and right. A page in a column
	// on a grey or white ground is ordinary; columns of pure black beside one
	// that reaches from the first to the last row are a viewer's.
	barBlack = 2
	// barConfidence is all that plain bars give: nothing but emptiness is cut.
	barConfidence = 0.75
)

// letterbox looks for two plain bars of one luma and of equal size on opposite
// sides, which end in a straight step over their whole length.
func letterbox(p *plane) Frame {
	for _, q := range []*plane{p, p.turned(p.bounds(), false)} {
		bar, ok := q.plainBars()
		if !ok || q != p && int(q.pix[0]) > barBlack {
			continue
		}
		c := image.Rect(0, bar[0], q.w, bar[1])
		if q != p {
			c = image.Rect(bar[0], 0, bar[1], q.w)
		}
		f := Frame{Content: c, Kind: Letterbox, Confidence: barConfidence, Why: "two plain bars of equal size enclose it"}
		f.surround(p.bounds(), Bar, Bar)
		return f
	}
	return Frame{}
}

// turned is a part of the plane with rows and columns exchanged: its last column is
// the last row, or its first one where that is asked.
func (p *plane) turned(r image.Rectangle, first bool) *plane {
	out := &plane{w: r.Dy(), h: r.Dx(), pix: make([]uint8, r.Dx()*r.Dy()), tol: p.tol}
	const block = 32 // keeps both sides of the copy in the cache
	for by := 0; by < out.w; by += block {
		for bx := 0; bx < out.h; bx += block {
			for y := by; y < min(out.w, by+block); y++ {
				from := p.row(r.Min.Y + y)[r.Min.X:r.Max.X]
				for x := bx; x < min(out.h, bx+block); x++ {
					at := x
					if first {
						at = out.h - 1 - x
					}
					out.pix[at*out.w+y] = from[x]
				}
			}
		}
	}
	return out
}

// plainBars gives the rows from and to which the content reaches.
func (p *plane) plainBars() (rows [2]int, ok bool) {
	luma := int(p.pix[0])
	top, end := 0, p.h
	for top < p.h && p.share(top, 0, p.w, luma) == 1 {
		top++
	}
	for end > top && p.share(end-1, 0, p.w, luma) == 1 {
		end--
	}
	least := max(8, int(barLeast*float64(p.h)))
	if top < least || p.h-end < least || !near(top, p.h-end, barEven) {
		return rows, false
	}
	step := func(y int) bool { // a scaled picture's edge may be spread over two rows
		return p.stepped(y, 0, p.w) >= barEdge
	}
	return [2]int{top, end}, step(top) && step(end)
}
