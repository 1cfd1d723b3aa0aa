package calibrate

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// At the minimum of a convex cost in a box, the gradient is zero inside, not negative
// at a lower edge and not positive at an upper one (Karush, Kuhn and Tucker).
func TestTheSolverEndsWhereNoStepInTheBoxHelps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t)
		beta := p.minimise()
		g, _ := p.derivatives(beta)
		for j, b := range beta {
			slack := 1e-6 * float64(len(p.claims)+1)
			switch {
			case b < p.vars[j].lo || b > p.vars[j].hi:
				t.Fatalf("variable %d is %v, outside of [%v, %v]", j, b, p.vars[j].lo, p.vars[j].hi)
			case b > p.vars[j].lo && g[j] > slack:
				t.Fatalf("variable %d at %v could fall: gradient %v", j, b, g[j])
			case b < p.vars[j].hi && g[j] < -slack:
				t.Fatalf("variable %d at %v could rise: gradient %v", j, b, g[j])
			}
		}
	})
}

// The derivatives are held against differences of the cost.
func TestDerivativesAreThoseOfTheCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t)
		beta := make([]float64, len(p.vars))
		for j := range beta {
			beta[j] = rapid.Float64Range(-1, 1).Draw(t, "beta")
		}
		g, h := p.derivatives(beta)
		const e = 1e-5
		for j := range beta {
			up, down := append([]float64{}, beta...), append([]float64{}, beta...)
			up[j] += e
			down[j] -= e
			if want := (p.cost(up) - p.cost(down)) / (2 * e); math.Abs(want-g[j]) > 1e-4*(1+math.Abs(want)) {
				t.Fatalf("gradient %v, differences %v", g[j], want)
			}
			above, _ := p.derivatives(up)
			below, _ := p.derivatives(down)
			if want := (above[j] - below[j]) / (2 * e); math.Abs(want-h[j][j]) > 1e-4*(1+math.Abs(want)) {
				t.Fatalf("second derivative %v, differences %v", h[j][j], want)
			}
		}
	})
}

func drawn(t *rapid.T) *problem {
	k := rapid.IntRange(1, 5).Draw(t, "variables")
	p := &problem{ridge: rapid.Float64Range(0.01, 3).Draw(t, "ridge")}
	for range k {
		v := allowed{lo: -float64(rapid.IntRange(0, 20).Draw(t, "lo")) / 10, hi: float64(rapid.IntRange(0, 20).Draw(t, "hi")) / 10}
		v.centre = rapid.Float64Range(v.lo, v.hi).Draw(t, "centre")
		p.vars = append(p.vars, v)
	}
	for range rapid.IntRange(2, 30).Draw(t, "claims") {
		var terms []term
		for j := range k {
			if rapid.Bool().Draw(t, "there") {
				terms = append(terms, term{j, rapid.Float64Range(-4, 4).Draw(t, "x")})
			}
		}
		p.claims = append(p.claims, terms)
		p.genuine = append(p.genuine, rapid.Bool().Draw(t, "genuine"))
	}
	p.genuine[0], p.genuine[1] = true, false
	p.weight = balanced(p.genuine)
	return p
}
