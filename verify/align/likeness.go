package align

import "image"

// liken measures how well the tiles that match do, where the answer is Altered:
// letters of another font that is much like the page's pass for the same, and
// those that do not pass then look like letters that somebody changed.
func (c *Comparison) liken(g *grid, f *frame) {
	if c.State != Altered || f.view != nil {
		return
	}
	at := 0
	for i, cell := range g.cells {
		if cell.outside {
			continue
		}
		if cell.matched() {
			c.Tiles[at].Likeness = f.likeness(g.rect(i))
		}
		at++
	}
}

// likest is a likeness that is as good as any: a better one is not looked for.
const likest = 0.995

// likeness is the best correlation of a tile's detail with the page's nearby.
func (f *frame) likeness(r image.Rectangle) float64 {
	best := 0.0
	for _, k := range f.groups(r) {
		l := f.layer(k)
		for _, d := range spiral {
			if _, _, c := detail(f.soft, l.soft, r, d.Add(image.Pt(drift, drift))); c > best {
				if best = c; best >= likest {
					return best
				}
			}
		}
	}
	return best
}
