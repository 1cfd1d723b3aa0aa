package lr

import "gonum.org/v1/gonum/stat/distuv"

// StrongFrom is the |log10 LR| from which evidence is called strongly misleading
// when it lies on the wrong side: ten times more probable under the proposition
// that is not true.
const StrongFrom = 1

// StronglyMisleading counts the claims whose log10 LR lies on the wrong side by
// StrongFrom or more.
func (s Sample) StronglyMisleading() (genuine, untrue int) {
	for _, x := range s.genuine {
		if Misleads(x, true) {
			genuine++
		}
	}
	for _, x := range s.untrue {
		if Misleads(x, false) {
			untrue++
		}
	}
	return genuine, untrue
}

// Misleads says whether a log10 LR is strongly misleading.
func Misleads(log10LR float64, genuine bool) bool {
	if genuine {
		return log10LR <= -StrongFrom
	}
	return log10LR >= StrongFrom
}

// Exact is the two-sided interval of Coverage for a rate of which k of n were seen,
// after Clopper and Pearson (Biometrika 26, 1934). It takes the n for independent. Of a
// rate of nothing seen it says how much it may be all the same, which drawing the same
// cases again cannot. Without any it is all that a rate can be.
func Exact(k, n int) Interval {
	i := Interval{0, 1}
	if k > 0 {
		i.Low = distuv.Beta{Alpha: float64(k), Beta: float64(n-k) + 1}.Quantile((1 - Coverage) / 2)
	}
	if k < n {
		i.High = distuv.Beta{Alpha: float64(k) + 1, Beta: float64(n - k)}.Quantile((1 + Coverage) / 2)
	}
	return i
}
