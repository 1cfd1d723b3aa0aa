package calibrate

import "math"

// term is one variable of one claim.
type term struct {
	column int
	x      float64
}

// problem is a ridge logistic regression in a box, without a constant term. The ridge
// pulls each variable to its centre.
type problem struct {
	claims  [][]term
	genuine []bool
	weight  []float64 // of each claim
	vars    []allowed
	ridge   float64 // > 0
}

// allowed is where a variable may lie, and where the ridge pulls it.
type allowed struct{ lo, hi, centre float64 } // lo <= 0 <= hi, lo <= centre <= hi

// balanced weighs genuine and false claims the same; the weights sum to the number of
// claims.
func balanced(genuine []bool) []float64 {
	n := map[bool]float64{}
	for _, g := range genuine {
		n[g]++
	}
	w := make([]float64, len(genuine))
	for i, g := range genuine {
		w[i] = float64(len(genuine)) / (2 * n[g])
	}
	return w
}

// margin is the ln LR of a claim, turned so that positive is right.
func (p *problem) margin(i int, beta []float64) float64 {
	sum := 0.0
	for _, t := range p.claims[i] {
		sum += t.x * beta[t.column]
	}
	if p.genuine[i] {
		return sum
	}
	return -sum
}

// loss is log(1 + e^-margin).
func loss(margin float64) float64 {
	return math.Max(-margin, 0) + math.Log1p(math.Exp(-math.Abs(margin)))
}

func (p *problem) penalty(beta []float64) float64 {
	sum := 0.0
	for j, b := range beta {
		sum += (b - p.vars[j].centre) * (b - p.vars[j].centre)
	}
	return p.ridge * sum / 2
}

// cost is what the fit makes least.
func (p *problem) cost(beta []float64) float64 {
	sum := p.penalty(beta)
	for i := range p.claims {
		sum += p.weight[i] * loss(p.margin(i, beta))
	}
	return sum
}

// derivatives are the gradient of the cost and its second derivatives.
func (p *problem) derivatives(beta []float64) (g []float64, h [][]float64) {
	g, h = make([]float64, len(beta)), make([][]float64, len(beta))
	for j, b := range beta {
		g[j] = p.ridge * (b - p.vars[j].centre)
		h[j] = make([]float64, len(beta))
		h[j][j] = p.ridge
	}
	for i, terms := range p.claims {
		wrong := 1 / (1 + math.Exp(p.margin(i, beta))) // probability of the other truth
		slope, curve := p.weight[i]*wrong, p.weight[i]*wrong*(1-wrong)
		if p.genuine[i] {
			slope = -slope
		}
		for _, a := range terms {
			g[a.column] += slope * a.x
			for _, b := range terms {
				h[a.column][b.column] += curve * a.x * b.x
			}
		}
	}
	return g, h
}
