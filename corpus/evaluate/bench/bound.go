package bench

import "gonum.org/v1/gonum/stat/distuv"

// Level is the confidence of an upper bound.
const Level = 0.95

// Upper is the one-sided 95 % bound of a rate of which k of n were seen, after
// Clopper and Pearson (Biometrika 26, 1934): the exact one, which never promises
// too much. It takes the n for independent. Without any it is 1.
func Upper(k, n int) float64 {
	if k >= n {
		return 1
	}
	return distuv.Beta{Alpha: float64(k) + 1, Beta: float64(n - k)}.Quantile(Level)
}
