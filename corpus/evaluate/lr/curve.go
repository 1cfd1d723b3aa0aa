package lr

import (
	"gonum.org/v1/gonum/integrate"
	"gonum.org/v1/gonum/stat"
)

// Point is one point of a curve.
type Point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// ROC is the curve of the share of genuine claims (Y) against the share of false
// claims (X) at or above a threshold, from (0, 0) to (1, 1).
func (s Sample) ROC() []Point {
	tpr, fpr := s.roc()
	points := make([]Point, len(tpr))
	for i := range tpr {
		points[i] = Point{fpr[i], tpr[i]}
	}
	return points
}

// AUC is the area under the ROC curve: the probability that a genuine claim has a
// larger LR than a false one, equal ones counting one half.
func (s Sample) AUC() float64 {
	tpr, fpr := s.roc()
	return integrate.Trapezoidal(fpr, tpr)
}

func (s Sample) roc() (tpr, fpr []float64) {
	all := s.pooled()
	xs, genuine := make([]float64, len(all)), make([]bool, len(all))
	for i, l := range all {
		xs[i], genuine[i] = l.x, l.genuine
	}
	tpr, fpr, _ = stat.ROC(nil, xs, genuine, nil)
	return tpr, fpr
}

// Tippett gives, for genuine and for false claims, the share (Y) of log10 LRs at or
// above X, at every X that occurs, ascending. The genuine curve at 0 should be high
// and the false one low; what is wrong with either is misleading evidence.
func (s Sample) Tippett() (genuine, untrue []Point) {
	return exceedance(s.genuine), exceedance(s.untrue)
}

func exceedance(xs []float64) []Point {
	var points []Point
	for i, x := range xs {
		if i == 0 || x != xs[i-1] {
			points = append(points, Point{x, float64(len(xs)-i) / float64(len(xs))})
		}
	}
	return points
}
