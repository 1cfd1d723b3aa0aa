package align

import "image"

// cornerReach is how far from the corner, in frame px, the buttons reach that
// pages keep in a lower corner of the window: those that lead back to the top, or
// open a conversation. They come and go with scrolling and time.
const cornerReach = 128

// cornered says whether what differs lies in the lower corners.
func (g *grid) cornered(c *Comparison) bool {
	w, h := g.size.X, g.size.Y
	left := image.Rect(0, h-cornerReach, cornerReach, h)
	right := image.Rect(w-cornerReach, h-cornerReach, w, h)
	within, beyond := 0, 0
	for i := range g.cells {
		if !g.cells[i].changed() {
			continue
		}
		if r := g.rect(i); r.In(left) || r.In(right) {
			within++
		} else {
			beyond++
		}
	}
	return within > 0 && beyond < minRegion && float64(beyond) <= strayShare*float64(c.Match+c.Mismatch)
}
