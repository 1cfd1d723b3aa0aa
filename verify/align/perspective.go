package align

import (
	"image"
	"math"
	"math/rand/v2"
)

// Limits of a photograph's placement. A monitor held in view is turned little
// and seen from not too far aside.
const (
	turnedTolerance = 4.0  // px, as tolerance; a photograph blurs
	turnedSlack     = 1.5  // levelSlack for perspective: the scale varies over the picture
	maxTilt         = 0.44 // radians, 25 degrees
	maxForeshorten  = 2.2  // largest to smallest scale within the picture
	looseShare      = 0.06 // of the picture's width: what perspective may move from the best similarity
	looseRounds     = 2500 // finds similarities that 4 % of the matches agree with 98 times in 100
	closeRounds     = 1500 // finds homographies that 25 % of those agree with 99 times in 100
	minQuad         = 60.0 // picture px between any two of the four matches of a sample
)

// searchPerspective finds the homography that most matches agree with: first the
// similarity that a loose crowd agrees with, which leaves out most wrong matches,
// then four matches of the crowd at a time. Random numbers begin at a fixed seed.
func searchPerspective(ms []match, size image.Point) (h Homography, in []int) {
	rng := rand.New(rand.NewPCG(2, uint64(len(ms))))
	crowd := crowded(ms, looseShare*float64(size.X), rng)
	if len(crowd) < minInliers/2 {
		return Homography{}, nil
	}
	for range closeRounds {
		four, ok := quartet(crowd, rng)
		if !ok {
			continue
		}
		g, ok := fitHomography(crowd, four)
		if !ok {
			continue
		}
		if now := g.agreeing(crowd); len(now) > len(in) {
			h, in = g, now
		}
	}
	if len(in) < minInliers/2 {
		return Homography{}, nil
	}
	for range 3 {
		g, ok := fitHomography(ms, h.agreeing(ms))
		if !ok {
			break
		}
		h = g
	}
	return h, h.agreeing(ms)
}

// turned is a similarity: x = a u - b v + dx, y = b u + a v + dy.
type turned struct{ a, b, dx, dy float64 }

func (t *turned) near(m *match, tol float64) bool {
	return math.Abs(t.a*m.u-t.b*m.v+t.dx-m.x) < tol && math.Abs(t.b*m.u+t.a*m.v+t.dy-m.y) < tol
}

// crowded returns the matches that agree within tol with the most popular similarity.
func crowded(ms []match, tol float64, rng *rand.Rand) []match {
	if len(ms) < minInliers/2 {
		return nil
	}
	var best turned
	most := 0
	for range looseRounds {
		t, ok := between(&ms[rng.IntN(len(ms))], &ms[rng.IntN(len(ms))])
		if !ok {
			continue
		}
		n := 0
		for i := range ms {
			if t.near(&ms[i], tol) {
				n++
			}
		}
		if n > most {
			best, most = t, n
		}
	}
	var out []match
	for i := range ms {
		if best.near(&ms[i], tol) {
			out = append(out, ms[i])
		}
	}
	return out
}

// between is the similarity that two matches fix, if it is a possible one.
func between(p, q *match) (turned, bool) {
	du, dv, dx, dy := q.u-p.u, q.v-p.v, q.x-p.x, q.y-p.y
	square := du*du + dv*dv
	if square < 4*minBase*minBase {
		return turned{}, false
	}
	t := turned{a: (du*dx + dv*dy) / square, b: (du*dy - dv*dx) / square}
	s := math.Hypot(t.a, t.b)
	if s < minScale || s > maxScale || math.Abs(math.Atan2(t.b, t.a)) > maxTilt {
		return turned{}, false
	}
	if r := p.ratio / s; r > turnedSlack || r < 1/turnedSlack {
		return turned{}, false
	}
	t.dx, t.dy = p.x-t.a*p.u+t.b*p.v, p.y-t.b*p.u-t.a*p.v
	return t, true
}

// quartet takes four matches that lie apart.
func quartet(ms []match, rng *rand.Rand) ([]int, bool) {
	four := make([]int, 4)
	for k := range four {
		four[k] = rng.IntN(len(ms))
		for _, j := range four[:k] {
			if math.Hypot(ms[j].x-ms[four[k]].x, ms[j].y-ms[four[k]].y) < minQuad {
				return nil, false
			}
		}
	}
	return four, true
}

func (h *Homography) agreeing(ms []match) []int {
	var in []int
	for i := range ms {
		if h.agrees(&ms[i]) {
			in = append(in, i)
		}
	}
	return in
}

func (h *Homography) agrees(m *match) bool {
	x, y, ok := h.Apply(m.u, m.v)
	if !ok {
		return false
	}
	tol := turnedTolerance * math.Max(1, m.ratio)
	return math.Abs(x-m.x) <= tol && math.Abs(y-m.y) <= tol
}

// possible says whether a camera could have seen the page so: within hull, a part
// of the picture, nothing is mirrored, turned or foreshortened too far.
func (h *Homography) possible(hull image.Rectangle) bool {
	back := h.Inverse()
	low, high := math.Inf(1), 0.0
	for _, p := range [5]image.Point{hull.Min, hull.Max, {X: hull.Min.X, Y: hull.Max.Y}, {X: hull.Max.X, Y: hull.Min.Y}, hull.Min.Add(hull.Max).Div(2)} {
		u, v, ok := back.Apply(float64(p.X), float64(p.Y))
		if !ok {
			return false
		}
		s, turn, ok := h.scaleAt(u, v)
		if !ok || s < minScale || s > maxScale || math.Abs(turn) > maxTilt {
			return false
		}
		low, high = math.Min(low, s), math.Max(high, s)
	}
	return high <= maxForeshorten*low
}

// scaleAt is the picture pixels per page pixel at (u, v) and how far, in radians,
// the page's rows are turned there.
func (h *Homography) scaleAt(u, v float64) (scale, turn float64, ok bool) {
	a, b, c, d, ok := h.local(u, v)
	det := a*d - b*c
	if !ok || det <= 0 {
		return 0, 0, false
	}
	return math.Sqrt(det), math.Atan2(c, a), true
}
