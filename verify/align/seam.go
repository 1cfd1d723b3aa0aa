package align

import "image"

// Where a sticky header ends, a tile shows the header above and scrolled content
// below, and agrees with neither group as a whole. Such seams are one tile thick.
const (
	seamStep = 4 // px between the places tried for a seam
	seamGap  = 3 // px on either side that blurring mixes
	seamPart = 6 // px; nothing can be said of a thinner part
)

// mend compares the changed tiles that have none on either side of them, and that
// two groups reach, once more in two parts.
func (g *grid) mend(f *frame) {
	var agreed []int
	states := make([]TileState, len(g.cells))
	for i, c := range g.cells {
		if !c.changed() || !g.thin(i) || len(f.groups(g.rect(i))) < 2 {
			continue
		}
		if s := f.seam(g.rect(i)); s != TileMismatch {
			agreed = append(agreed, i)
			states[i] = s
		}
	}
	for _, i := range agreed {
		g.cells[i].state = states[i]
	}
}

// thin says whether the tiles above and below tile i, or left and right of it,
// are not changed.
func (g *grid) thin(i int) bool {
	x, y := i%g.nx, i/g.nx
	quiet := func(x, y int) bool {
		return x < 0 || y < 0 || x >= g.nx || y >= g.ny || !g.cells[y*g.nx+x].changed()
	}
	return quiet(x, y-1) && quiet(x, y+1) || quiet(x-1, y) && quiet(x+1, y)
}

// seam looks for a place to cut tile r in two so that each part agrees.
func (f *frame) seam(r image.Rectangle) TileState {
	for at := seamStep; at < r.Dy(); at += seamStep {
		above, below := r, r
		above.Max.Y, below.Min.Y = r.Min.Y+at-seamGap, r.Min.Y+at+seamGap
		if s := f.both(above, below); s != TileMismatch {
			return s
		}
	}
	for at := seamStep; at < r.Dx(); at += seamStep {
		left, right := r, r
		left.Max.X, right.Min.X = r.Min.X+at-seamGap, r.Min.X+at+seamGap
		if s := f.both(left, right); s != TileMismatch {
			return s
		}
	}
	return TileMismatch
}

// both is the state of two parts together: they match if one does and neither differs.
func (f *frame) both(a, b image.Rectangle) TileState {
	s, t := f.part(a), f.part(b)
	switch {
	case s == TileMismatch || t == TileMismatch:
		return TileMismatch
	case s == TileMatch || t == TileMatch:
		return TileMatch
	}
	return TileFlat
}

func (f *frame) part(r image.Rectangle) TileState {
	if r.Dx() < seamPart || r.Dy() < seamPart {
		return TileMismatch // a line of text could hide in the gap and this
	}
	for _, k := range f.groups(r) {
		if s := f.judge(r, k); s != TileMismatch {
			return s
		}
	}
	return TileMismatch
}
