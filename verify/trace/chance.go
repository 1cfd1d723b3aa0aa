package trace

import "math"

// tail is log10 of the probability of k or more hits in n trials of probability
// p each, 0 when there is nothing to be surprised about. Neither n nor k needs to
// be whole: dependent trials are counted as fewer, which leaves fractions.
func tail(n, k, p float64) float64 {
	if n <= 0 || k <= n*p {
		return 0
	}
	if k >= n {
		return n * math.Log10(p)
	}
	ln := lchoose(n, k) + k*math.Log(p) + (n-k)*math.Log1p(-p)
	// What follows the first term falls at least geometrically.
	sum, term := 1.0, 1.0
	for i := k; i < n && term > 1e-9; i++ {
		term *= (n - i) / (i + 1) * p / (1 - p)
		sum += term
	}
	return min(0, (ln+math.Log(sum))/math.Ln10)
}

func lchoose(n, k float64) float64 {
	a, _ := math.Lgamma(n + 1)
	b, _ := math.Lgamma(k + 1)
	c, _ := math.Lgamma(n - k + 1)
	return a - b - c
}
