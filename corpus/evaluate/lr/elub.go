package lr

import (
	"math"
	"slices"
)

// ELUB gives the empirical lower and upper bounds of the log10 LRs that the sample
// can support (Vergeer et al. 2016), lower <= 0 <= upper.
//
// A decision for "genuine" above a threshold t costs, on the sample, the share of
// genuine claims missed plus t times the share of false claims let through. A system
// without any evidence costs min(1, t). To each truth one claim is added that
// misleads at every threshold: the next claim may always be the first such. The
// bounds are the ends of the range of thresholds around 1 in which the system still
// costs no more than no evidence. Outside of it nothing shows that an LR that large
// is worth having. The bounds never go beyond the LRs that were seen.
//
// Without a misleading LR among n claims of each truth, the bounds are -log10 n and
// log10 n, or the largest LRs seen. The range is computed exactly from the steps of
// the two shares, and not on a grid.
func (s Sample) ELUB() (lower, upper float64) {
	upper = upperBound(s.genuine, s.untrue)
	// The lower bound is the upper one of the mirrored question.
	lower = -upperBound(mirrored(s.untrue), mirrored(s.genuine))
	return math.Min(lower, 0), math.Max(upper, 0)
}

func mirrored(xs []float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = -x
	}
	slices.Sort(out)
	return out
}

// upperBound walks the thresholds upwards from LR 1, over the stretches on which
// both shares are constant. For t >= 1 no evidence costs 1, so a stretch is
// good up to the t at which missed + t*passed = 1.
func upperBound(genuine, untrue []float64) float64 {
	largest := math.Max(genuine[len(genuine)-1], untrue[len(untrue)-1])
	from := 0.0
	for from < largest {
		to := math.Min(above(genuine, from), above(untrue, from))
		// Thresholds in (from, to]: LRs at or above to pass, those below are missed.
		missed := float64(atMost(genuine, from)+1) / float64(len(genuine)+1)
		passed := float64(len(untrue)-atMost(untrue, from)+1) / float64(len(untrue)+1)
		good := math.Log10((1 - missed) / passed) // -Inf when all are missed
		if good < to {
			return math.Max(from, good)
		}
		from = to
	}
	return largest
}

// atMost counts the values up to x; xs is ascending.
func atMost(xs []float64, x float64) int {
	n, _ := slices.BinarySearchFunc(xs, x, func(v, x float64) int {
		if v <= x {
			return -1
		}
		return 1
	})
	return n
}

// above is the least value greater than x, or +Inf.
func above(xs []float64, x float64) float64 {
	if i := atMost(xs, x); i < len(xs) {
		return xs[i]
	}
	return math.Inf(1)
}
