package calibrate

import "math"

// Limits of the solver. Newton needs about ten steps here; the limits end what
// rounding keeps from ending.
const (
	maxSteps  = 100
	maxSweeps = 1000
	smallStep = 1e-10
	armijo    = 1e-4  // share of the promised decrease that a step must keep
	rounding  = 1e-12 // of the cost: a smaller promise cannot be seen to be kept
)

// minimise finds the one minimum of the cost in the box.
func (p *problem) minimise() []float64 {
	beta := make([]float64, len(p.vars)) // zero lies in the box
	for range maxSteps {
		g, h := p.derivatives(beta)
		d := p.boxed(beta, g, h)
		if largest(d) < smallStep || !p.step(beta, d, g) {
			break
		}
	}
	return beta
}

// boxed is the step to the minimum of the quadratic model in the box.
func (p *problem) boxed(beta, g []float64, h [][]float64) []float64 {
	d := make([]float64, len(beta))
	for range maxSweeps {
		moved := 0.0
		for j := range d {
			slope := g[j]
			for k, x := range d {
				slope += h[j][k] * x
			}
			to := math.Max(p.vars[j].lo-beta[j], math.Min(p.vars[j].hi-beta[j], d[j]-slope/h[j][j]))
			moved = math.Max(moved, math.Abs(to-d[j]))
			d[j] = to
		}
		if moved < smallStep/10 {
			break
		}
	}
	return d
}

// step goes along d as far as the cost falls, halving. It is false when that was the
// last step: one that promises less than rounding is made whole, unseen.
func (p *problem) step(beta, d, g []float64) bool {
	promised := 0.0
	for j := range d {
		promised += g[j] * d[j]
	}
	now := p.cost(beta)
	if -promised <= rounding*now {
		for j := range d {
			beta[j] = math.Max(p.vars[j].lo, math.Min(p.vars[j].hi, beta[j]+d[j]))
		}
		return false
	}
	next := make([]float64, len(beta))
	for share := 1.0; share > smallStep; share /= 2 {
		for j := range d {
			next[j] = math.Max(p.vars[j].lo, math.Min(p.vars[j].hi, beta[j]+share*d[j]))
		}
		if p.cost(next) <= now+armijo*share*promised {
			copy(beta, next)
			return true
		}
	}
	return false
}

func largest(d []float64) float64 {
	m := 0.0
	for _, x := range d {
		m = math.Max(m, math.Abs(x))
	}
	return m
}
