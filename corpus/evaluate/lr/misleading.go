package lr

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

// MisleadingRate is the share of strongly misleading LRs among all claims, each
// claim weighing the same.
func (s Sample) MisleadingRate() float64 {
	g, f := s.StronglyMisleading()
	return float64(g+f) / float64(len(s.genuine)+len(s.untrue))
}
