package align

// A window may have a panel beside the page: bookmarks, tabs in a column, a
// messenger's border. Over a page that is wider than what its panel leaves, its
// lines look like lines put into the page's margin.
const (
	panelShare = 0.25 // of the picture's width that a panel takes, at most
	panelStray = 0.06 // of all informative tiles, changed ones that may lie elsewhere
)

// panelled says whether what differs lies along the left or right side of the
// picture, in bands over its full height in which nothing agrees.
func (g *grid) panelled(c *Comparison) bool {
	left, right := g.margins()
	within, beyond := 0, 0
	for i := range g.cells {
		if !g.cells[i].changed() {
			continue
		}
		if x := i % g.nx; x < left || x >= right {
			within++
		} else {
			beyond++
		}
	}
	return within >= minRegion && float64(beyond) <= panelStray*float64(c.Match+c.Mismatch)
}

// margins gives the columns of tiles before and from which nothing agrees, as far
// as panels reach.
func (g *grid) margins() (left, right int) {
	reach := int(panelShare * float64(g.nx))
	agrees := func(x int) bool {
		for y := range g.ny {
			if g.cells[y*g.nx+x].matched() {
				return true
			}
		}
		return false
	}
	for left < reach && !agrees(left) {
		left++
	}
	for right = g.nx; right > g.nx-reach && !agrees(right-1); right-- {
	}
	return left, right
}
