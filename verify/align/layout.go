package align

import "image"

// solid says whether a region is filled with change, as a replaced one is.
func (g *grid) solid(r region) bool {
	if len(r.tiles) < minRegion {
		return false
	}
	return share(r.inner, r.inner+len(r.tiles)) <= solidShare || share(len(r.tiles), len(g.cells)) > wideGap
}

// filled says whether changed tiles fill the region's bounds.
func (r region) filled() bool {
	return share(len(r.tiles), r.bounds.Dx()*r.bounds.Dy()) >= filledShare
}

// oneSided counts the tiles of a region that hold something on the picture or on
// the page, and nothing on the other.
func (g *grid) oneSided(f *frame, r region) int {
	n := 0
	for _, i := range r.tiles {
		t := g.rect(i)
		a := measure(f.soft, t).deviation
		b := measure(f.layer(f.groups(t)[0]).soft, t.Add(image.Pt(drift, drift))).deviation
		if min(a, b) < f.limits.flatBelow && max(a, b) >= f.limits.textureFrom {
			n++
		}
	}
	return n
}

// supported says whether tile i agrees and its neighbours, on the whole, too. A
// single line of text meets its like by chance in one tile of twelve.
func (g *grid) supported(i int) bool {
	if !g.cells[i].matched() {
		return false
	}
	match, changed := 0, 0
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			x, y := i%g.nx+dx, i/g.nx+dy
			if x < 0 || y < 0 || x >= g.nx || y >= g.ny || dx == 0 && dy == 0 {
				continue
			}
			if n := g.cells[y*g.nx+x]; n.matched() {
				match++
			} else if n.changed() {
				changed++
			}
		}
	}
	return match >= changed
}

// body counts the tiles that agree outside the furniture: the zones along the
// edges where the pages of one site show the same header, menus and footer, or
// what the caller says they share.
func (g *grid) body() int {
	if g.furnished {
		n := 0
		for i := range g.cells {
			if g.supported(i) && !g.cells[i].shared {
				n++
			}
		}
		return n
	}
	top, bottom := min(g.size.Y/4, furnitureTop), min(g.size.Y/7, furnitureBottom)
	side := min(g.size.X*3/10, furnitureSide)
	inner := image.Rect(side, top, g.size.X-side, g.size.Y-bottom)
	n := 0
	for i := range g.cells {
		r := g.rect(i)
		if g.supported(i) && r.Min.Add(r.Max).Div(2).In(inner) {
			n++
		}
	}
	return n
}

// excess is the part of the picture's busy tiles that lies beyond the page,
// strips along the edges that may be window frame left out.
func (g *grid) excess() float64 {
	busy, beyond := 0, 0
	for i, c := range g.cells {
		if !c.busy || c.strip {
			continue
		}
		busy++
		r := g.rect(i)
		framed := r.Max.Y <= topStrip || r.Min.Y >= g.size.Y-bottomStrip || r.Max.X <= sideStrip || r.Min.X >= g.size.X-2*sideStrip
		if c.outside && !framed {
			beyond++
		}
	}
	return share(beyond, busy)
}
