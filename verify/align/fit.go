package align

import (
	"math"
	"math/rand/v2"
)

// Limits of a placement. Scale covers what the pyramid levels span. Tolerance
// is the distance, in picture pixels of a picture at page size, within which a
// match agrees with a placement: corners of coarse levels are found to about
// 2 px.
const (
	minScale   = 0.22
	maxScale   = 4.0
	tolerance  = 3.0
	levelSlack = 1.35 // how far the scale that two levels tell may be off, as a factor
	maxTurn    = 0.012
	minBase    = 40.0 // page px between the two matches that a placement is made from
	rounds     = 4000 // finds placements that 3 % of the matches agree with 97 times in 100
)

// placement maps page to picture: x = scale*u + dx, y = scale*v + dy, in
// continuous coordinates (pixel centres at .5). Screenshots are not turned.
type placement struct{ scale, dx, dy float64 }

func (p placement) agrees(m *match) bool {
	tol := tolerance * math.Max(1, p.scale)
	if math.Abs(p.scale*m.u+p.dx-m.x) > tol || math.Abs(p.scale*m.v+p.dy-m.y) > tol {
		return false
	}
	r := m.ratio / p.scale
	return r < levelSlack && r > 1/levelSlack
}

// search finds the placement that most matches agree with (RANSAC, Fischler and
// Bolles 1981). The random numbers begin at a fixed seed, so that equal input
// gives equal output.
func search(ms []match) (placement, []int) {
	if len(ms) < 3 {
		return placement{}, nil
	}
	rng := rand.New(rand.NewPCG(1, uint64(len(ms))))
	var best placement
	most := 0
	for range rounds {
		a, b := &ms[rng.IntN(len(ms))], &ms[rng.IntN(len(ms))]
		p, ok := through(a, b)
		if !ok {
			continue
		}
		if n := count(p, ms); n > most {
			best, most = p, n
		}
	}
	if most < 3 {
		return placement{}, nil
	}
	return refine(best, ms)
}

// through is the placement that two matches fix, if it is a possible one.
func through(a, b *match) (placement, bool) {
	du, dv := b.u-a.u, b.v-a.v
	length := math.Hypot(du, dv)
	if length < minBase {
		return placement{}, false
	}
	dx, dy := b.x-a.x, b.y-a.y
	s := (du*dx + dv*dy) / (length * length)
	if s < minScale || s > maxScale {
		return placement{}, false
	}
	if math.Abs(du*dy-dv*dx) > maxTurn*s*length*length+2*length {
		return placement{}, false
	}
	p := placement{s, (a.x + b.x - s*(a.u+b.u)) / 2, (a.y + b.y - s*(a.v+b.v)) / 2}
	return p, p.agrees(a) && p.agrees(b)
}

func count(p placement, ms []match) int {
	n := 0
	for i := range ms {
		if p.agrees(&ms[i]) {
			n++
		}
	}
	return n
}

// refine fits the placement to the matches that agree with it by least squares,
// three times over, and returns them.
func refine(p placement, ms []match) (placement, []int) {
	var in []int
	for range 3 {
		in = agreeing(p, ms)
		q, ok := leastSquares(ms, in)
		if !ok {
			break
		}
		p = q
	}
	return p, agreeing(p, ms)
}

func agreeing(p placement, ms []match) []int {
	var in []int
	for i := range ms {
		if p.agrees(&ms[i]) {
			in = append(in, i)
		}
	}
	return in
}

func leastSquares(ms []match, in []int) (placement, bool) {
	if len(in) < 3 {
		return placement{}, false
	}
	var u, v, x, y float64
	for _, i := range in {
		u, v, x, y = u+ms[i].u, v+ms[i].v, x+ms[i].x, y+ms[i].y
	}
	n := float64(len(in))
	u, v, x, y = u/n, v/n, x/n, y/n
	var square, cross float64
	for _, i := range in {
		a, b := ms[i].u-u, ms[i].v-v
		square += a*a + b*b
		cross += a*(ms[i].x-x) + b*(ms[i].y-y)
	}
	if square < minBase || cross <= 0 {
		return placement{}, false
	}
	s := cross / square
	return placement{s, x - s*u, y - s*v}, true
}
