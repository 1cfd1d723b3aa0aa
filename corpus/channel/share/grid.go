package share

import (
	"math"
	"slices"
)

// summarise makes a posterior of a likelihood's logarithm, raised to a power, and the
// uniform prior.
func summarise(log []float64, power float64) Posterior {
	most := slices.Max(log)
	weight, sum, mean := make([]float64, len(log)), 0.0, 0.0
	for i, l := range log {
		weight[i] = math.Exp(power * (l - most))
		sum += weight[i]
		mean += weight[i] * middle(i)
	}
	return Posterior{Mean: mean / sum, Interval: densest(weight, Level*sum)}
}

// densest is the interval of highest density that holds at least that weight. The
// weights have one hill, so that it grows from the top to its higher neighbour.
func densest(weight []float64, wanted float64) Interval {
	top := 0
	for i, w := range weight {
		if w > weight[top] {
			top = i
		}
	}
	low, high, held := top, top, weight[top]
	for held < wanted && (low > 0 || high < len(weight)-1) {
		if high == len(weight)-1 || low > 0 && weight[low-1] >= weight[high+1] {
			low--
			held += weight[low]
		} else {
			high++
			held += weight[high]
		}
	}
	n := float64(len(weight))
	return Interval{float64(low) / n, float64(high+1) / n}
}
