package align

// A messenger or a viewer shows a picture within a border of its own. Over a page
// that was rendered too wide the border's sides, its header and its caption lie on
// what the page shows there, and end in lines as hard as a pasted block's.
const (
	ringShare  = 0.7  // of a line's tiles that differ, or lie beyond the page, for it to belong to a border
	ringReach  = 0.25 // of the picture's width or height that a border takes on one side, at most
	ringStrays = 0.06 // of all informative tiles, changed ones that may lie within
)

// ringed says whether what differs lies around what agrees: along the left and the
// right side, and above or below, over the full length of each.
func (g *grid) ringed(c *Comparison) bool {
	rows := func(i int) []int { return g.indices(i*g.nx, 1, g.nx) }
	columns := func(i int) []int { return g.indices(i, g.nx, g.ny) }
	left, right := g.rim(columns, 0, 1, g.nx), g.rim(columns, g.nx-1, -1, g.nx)
	top, bottom := g.rim(rows, 0, 1, g.ny), g.rim(rows, g.ny-1, -1, g.ny)
	if left == 0 || right == 0 || top+bottom == 0 {
		return false
	}
	around, within := 0, 0
	for i := range g.cells {
		x, y := i%g.nx, i/g.nx
		switch {
		case !g.cells[i].changed():
		case x < left || x >= g.nx-right || y < top || y >= g.ny-bottom:
			around++
		default:
			within++
		}
	}
	return around >= minRegion && float64(within) <= ringStrays*float64(c.Match+c.Mismatch)
}

// rim is how many lines of tiles, of n and from one side on, belong to a border.
func (g *grid) rim(l line, from, step, n int) int {
	reach, k := int(ringReach*float64(n)), 0
	for ; k < reach; k++ {
		tiles, beyond := l(from+k*step), 0
		for _, i := range tiles {
			if g.cells[i].outside || g.cells[i].changed() {
				beyond++
			}
		}
		if share(beyond, len(tiles)) < ringShare {
			break
		}
	}
	return k
}
