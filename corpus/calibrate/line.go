package calibrate

import (
	"math"

	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
)

// Line fits ln LR = shift + slope*value to one number of each claim (Platt's scaling),
// both truths weighing the same: the best that a straight line makes of it. It is how
// simple ways of comparing become comparable with a model. Both truths must be there.
func Line(values []float64, genuine []bool) (slope, shift float64) {
	endless := math.Inf(1)
	p := &problem{genuine: genuine, weight: balanced(genuine), ridge: slopeRidge,
		vars: []allowed{{lo: -endless, hi: endless}, {lo: -endless, hi: endless}}}
	for _, v := range values {
		p.claims = append(p.claims, []term{{0, v}, {1, 1}})
	}
	beta := p.minimise()
	return beta[0], math.Max(-lr.MaxLog10, math.Min(lr.MaxLog10, beta[1]))
}
