package lr

import "math"

// DefaultBins is the usual number of bins of a reliability plot.
const DefaultBins = 15

// Posterior is the probability of a genuine claim at a prior of 0.5.
func Posterior(log10LR float64) float64 {
	return 1 / (1 + math.Exp(-log10LR*math.Ln10))
}

// Brier is the mean squared error of the posterior at a prior of 0.5, each truth
// weighing one half. 0 is perfect, 0.25 is what LR = 1 for every claim gives.
func (s Sample) Brier() float64 {
	sum := 0.0
	for _, l := range s.pooled() {
		d := Posterior(l.x) - truth(l.genuine)
		sum += l.weight * d * d
	}
	return sum
}

func truth(genuine bool) float64 {
	if genuine {
		return 1
	}
	return 0
}

// Bin is a point of the reliability plot.
type Bin struct {
	Said   float64 `json:"said"`   // mean posterior at a prior of 0.5
	True   float64 `json:"true"`   // share of genuine claims, each truth weighing one half
	Weight float64 `json:"weight"` // of all; the bins sum to 1
	Claims int     `json:"claims"`
}

// Reliability puts the LRs into up to n bins of equal mass, ascending. Equal LRs
// are never parted, so that bins can be fewer and uneven. n below 1 is DefaultBins.
func (s Sample) Reliability(n int) []Bin {
	if n < 1 {
		n = DefaultBins
	}
	all := s.pooled()
	var bins []Bin
	var b Bin
	done := 0.0
	for i, l := range all {
		b.Said += l.weight * Posterior(l.x)
		b.True += l.weight * truth(l.genuine)
		b.Weight += l.weight
		b.Claims++
		if i+1 < len(all) && (all[i+1].x == l.x || (done+b.Weight)*float64(n) < float64(len(bins)+1)-massSlack) {
			continue
		}
		done += b.Weight
		b.Said, b.True = b.Said/b.Weight, b.True/b.Weight
		bins, b = append(bins, b), Bin{}
	}
	return bins
}

// massSlack forgives rounding where a bin is full to the last claim.
const massSlack = 1e-9

// ECE is the expected calibration error over up to n bins of equal mass: the mean
// distance between what the posterior says and what is true. 0 is perfect. It is
// above 0 by chance in any finite set, the more so the more bins there are.
func (s Sample) ECE(n int) float64 {
	sum := 0.0
	for _, b := range s.Reliability(n) {
		sum += b.Weight * math.Abs(b.Said-b.True)
	}
	return sum
}
