package lr

import "math"

// Penalty is the cost in bits of one log10 LR: log2(1+1/LR) of a genuine claim,
// log2(1+LR) of a false one. It is 0 for endless evidence on the right side, 1 for
// none, and grows without end on the wrong side.
func Penalty(log10LR float64, genuine bool) float64 {
	z := log10LR * math.Ln10
	if genuine {
		z = -z
	}
	// log(1+e^z) without overflow.
	return (math.Max(z, 0) + math.Log1p(math.Exp(-math.Abs(z)))) / math.Ln2
}

// Cllr is the log-likelihood-ratio cost (Brümmer and du Preez 2006): the mean
// penalty of genuine claims and that of false ones, averaged:
//
//	Cllr = 1/2 (1/G sum over genuine of log2(1+1/LR) + 1/F sum over false of log2(1+LR))
//
// 0 is perfect, 1 is what LR = 1 for every claim costs; more misleads.
func (s Sample) Cllr() float64 {
	return (s.MeanPenalty(true) + s.MeanPenalty(false)) / 2
}

func meanPenalty(xs []float64, genuine bool) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += Penalty(x, genuine)
	}
	return sum / float64(len(xs))
}

// MeanPenalty is the mean penalty in bits of the claims of one truth: one half of Cllr
// is made of each.
func (s Sample) MeanPenalty(genuine bool) float64 {
	if genuine {
		return meanPenalty(s.genuine, true)
	}
	return meanPenalty(s.untrue, false)
}

// CllrMin is the least Cllr that any rising transform of the LRs can reach: what
// is lost for lack of discrimination alone. It lies in [0, 1].
func (s Sample) CllrMin() float64 {
	sum := 0.0
	for _, b := range s.pav() {
		g := float64(b.genuine) / float64(len(s.genuine))
		f := float64(b.untrue) / float64(len(s.untrue))
		if g > 0 && f > 0 { // a block of one truth has an endless LR on the right side
			sum += (g*math.Log2(1+f/g) + f*math.Log2(1+g/f)) / 2
		}
	}
	return math.Min(sum, 1) // rounding
}

// CllrCal is what is lost by calibration: Cllr less its minimum, at least 0.
func (s Sample) CllrCal() float64 { return math.Max(0, s.Cllr()-s.CllrMin()) }

// block is a run of LRs that isotonic regression gives one value.
type block struct{ genuine, untrue int }

// pav pools adjacent violators: the blocks in ascending order, each with a larger
// share of genuine claims than the one before it. Equal LRs are one block from the
// start, because no transform can part them.
func (s Sample) pav() []block {
	var blocks []block
	for g, f := 0, 0; g < len(s.genuine) || f < len(s.untrue); {
		b := block{}
		x := s.next(g, f)
		for ; g < len(s.genuine) && s.genuine[g] == x; g++ {
			b.genuine++
		}
		for ; f < len(s.untrue) && s.untrue[f] == x; f++ {
			b.untrue++
		}
		blocks = pool(append(blocks, b))
	}
	return blocks
}

// next is the least LR not yet taken.
func (s Sample) next(g, f int) float64 {
	switch {
	case g == len(s.genuine):
		return s.untrue[f]
	case f == len(s.untrue):
		return s.genuine[g]
	}
	return math.Min(s.genuine[g], s.untrue[f])
}

// pool merges the last block into its neighbours until shares rise again.
func pool(b []block) []block {
	for n := len(b); n > 1; n-- {
		last, prev := b[n-1], b[n-2]
		// prev's share of genuine claims is smaller: a/(a+c) < b/(b+d).
		if prev.genuine*last.untrue < last.genuine*prev.untrue {
			break
		}
		b[n-2] = block{prev.genuine + last.genuine, prev.untrue + last.untrue}
		b = b[:n-1]
	}
	return b
}
