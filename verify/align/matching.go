package align

// Thresholds of descriptor matching, from METHOD trials with upright BRIEF-256:
// two views of one corner differ by 5 to 50 bits, unrelated corners by 90 to 160.
const (
	maxDistance   = 70   // bits; beyond it a nearest neighbour is chance
	distinctRatio = 0.85 // the best must beat the runner-up by this (Lowe's ratio)
	beyond        = 84   // bits; a runner-up that stands in for "none": every best within maxDistance beats it
	apart         = 6    // page px; a runner-up nearer than this is the same corner on another level
)

// match pairs a point of the picture with the point of the page that looks most
// like it. A match is clear when nothing else on the page looks nearly as much
// like it; runner is the place that does otherwise.
type match struct {
	x, y   float64 // in the picture
	u, v   float64 // in the page
	ratio  float64 // picture pixels per page pixel, as the levels tell it: within 20 %
	clear  bool
	rival  bool // runner-up within maxDistance
	ru, rv float64
}

// matches pairs every point of pic with its nearest on page.
func matches(pic, page *Features) []match {
	var out []match
	for k := range pic.kinds {
		a, b := &pic.kinds[k], &page.kinds[k]
		if len(b.points) == 0 {
			continue
		}
		for i := range a.points {
			if m, ok := nearest(a, i, b); ok {
				out = append(out, m)
			}
		}
	}
	return out
}

func nearest(a *pointSet, i int, b *pointSet) (match, bool) {
	d := a.descriptors[i]
	best, second := maxDistance+1, beyond
	at, runner := -1, -1
	for j := range b.descriptors {
		n := d.Distance(&b.descriptors[j])
		if n >= second {
			continue
		}
		switch {
		case n >= best:
			if at < 0 || far(b.points[at], b.points[j]) {
				second, runner = n, j
			}
		default:
			if at >= 0 && far(b.points[at], b.points[j]) {
				second, runner = best, at
			}
			best, at = n, j
		}
	}
	if at < 0 {
		return match{}, false
	}
	p, q := a.points[i], b.points[at]
	m := match{x: float64(p.x), y: float64(p.y), u: float64(q.x), v: float64(q.y), ratio: float64(p.size / q.size)}
	m.clear = float64(best) < distinctRatio*float64(second)
	if runner >= 0 && second <= maxDistance {
		m.rival, m.ru, m.rv = true, float64(b.points[runner].x), float64(b.points[runner].y)
	}
	return m, true
}

func far(p, q point) bool {
	dx, dy := p.x-q.x, p.y-q.y
	return max(dx, -dx)+max(dy, -dy) > apart
}
