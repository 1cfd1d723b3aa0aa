package share

import (
	"maps"
	"math"
	"slices"
)

const (
	// Level is the probability that an interval holds.
	Level = 0.95

	// Weakening is what the log10 LRs of Weakened are multiplied with: a score that claims
	// the square of the LR it should is badly calibrated, as scores go.
	Weakening = 0.5

	// Offset is how far the zero of the score may be off, in log10 LR: as far as the band
	// reaches within which the score itself says that nothing is settled.
	Offset = 0.3

	// steps is the number of points of the grid: quarters of a per cent are more than the
	// claims of a channel can tell.
	steps = 400

	// fine is the number of log10 LRs that are told apart per unit.
	fine = 1000
)

// Claim is what one claim says of the share.
type Claim struct {
	Log10LR float64 // -300 to 300; 0 says nothing
	Group   int     // claims of one group are not independent of each other
	Open    bool    // not decided: its LR is too near 1 to tell what it is
}

// Interval is a range of shares, 0 to 1.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Width is how much of all shares the interval holds, 0 to 1.
func (i Interval) Width() float64 { return i.High - i.Low }

// and is the least interval that holds both.
func (i Interval) and(o Interval) Interval { return Interval{min(i.Low, o.Low), max(i.High, o.High)} }

// Posterior is what is known of the share.
type Posterior struct {
	Mean     float64  `json:"mean"` // 0 to 1
	Interval Interval `json:"interval"`
}

// Estimate is the share of the genuine among claims.
type Estimate struct {
	Claims    int       `json:"claims"`
	Open      int       `json:"open"`      // claims that are not decided
	Groups    int       `json:"groups"`    // of claims that are not independent
	Effective float64   `json:"effective"` // how many independent claims would tell as much as these
	AsScored  Posterior `json:"as_scored"` // the LRs taken as they are
	Weakened  Posterior `json:"weakened"`  // every log10 LR times Weakening
	Shifted   Interval  `json:"shifted"`   // every log10 LR that is not 0 less and more by Offset, both intervals together
	Range     Interval  `json:"range"`     // all these intervals together
	IfOpen    Interval  `json:"if_open"`   // from none of the open claims being genuine to all of them
}

// Of estimates the share of the genuine among claims. Without claims, or where none of
// them says anything, every share is as probable as any other and Range is 0 to 1.
func Of(claims []Claim) Estimate {
	e := Estimate{Claims: len(claims), AsScored: ignorance(), Weakened: ignorance(),
		Shifted: Interval{0, 1}, Range: Interval{0, 1}, IfOpen: Interval{0, 1}}
	groups := map[int]bool{}
	for _, c := range claims {
		groups[c.Group] = true
		if c.Open {
			e.Open++
		}
	}
	e.Groups = len(groups)
	if !informative(claims) {
		return e
	}
	var power float64
	e.AsScored, power = posterior(claims)
	e.Weakened, _ = posterior(changed(claims, func(x float64) float64 { return Weakening * x }))
	less, _ := posterior(changed(claims, func(x float64) float64 { return x - Offset }))
	more, _ := posterior(changed(claims, func(x float64) float64 { return x + Offset }))
	e.Effective = power * float64(len(claims))
	e.Shifted = less.Interval.and(more.Interval)
	e.Range = e.AsScored.Interval.and(e.Weakened.Interval).and(e.Shifted)
	e.IfOpen = ifOpen(claims, e.Range)
	return e
}

func ignorance() Posterior { return Posterior{Mean: 0.5, Interval: Interval{0, 1}} }

// changed are the claims with other scores. A claim about which nothing was found says
// nothing, whatever the score's faults.
func changed(claims []Claim, score func(float64) float64) []Claim {
	out := make([]Claim, len(claims))
	for i, c := range claims {
		if c.Log10LR != 0 {
			c.Log10LR = score(c.Log10LR)
		}
		out[i] = c
	}
	return out
}

func informative(claims []Claim) bool {
	for _, c := range claims {
		if math.Round(c.Log10LR*fine*Weakening) != 0 {
			return true
		}
	}
	return false
}

// posterior is that of the share, and the power that the likelihood was raised to.
func posterior(claims []Claim) (Posterior, float64) {
	log := likelihood(claims)
	free := summarise(log, 1)
	power := independence(claims, free.Mean)
	return summarise(log, power), power
}

// likelihood is the natural logarithm of L at the middle of each step. Claims of one LR
// are counted together, so that its cost does not grow with the claims.
func likelihood(claims []Claim) []float64 {
	count := map[int]int{}
	for _, c := range claims {
		count[int(math.Round(c.Log10LR*fine))]++
	}
	log, product := make([]float64, steps), make([]float64, steps)
	for i := range product {
		product[i] = 1
	}
	gather := func() {
		for i, p := range product {
			log[i], product[i] = log[i]+math.Log(p), 1
		}
	}
	for n, key := range slices.Sorted(maps.Keys(count)) { // sums of floats depend on their order
		excess := math.Pow(10, float64(key)/fine) - 1
		if count[key] > 1 || key > multiplied*fine {
			for i := range log {
				log[i] += float64(count[key]) * math.Log1p(middle(i)*excess)
			}
			continue
		}
		for i := range product {
			product[i] *= 1 + middle(i)*excess
		}
		if n%gathered == gathered-1 {
			gather()
		}
	}
	gather()
	return log
}

const (
	// gathered is how many factors of a likelihood are multiplied before their logarithm
	// is taken, which is most of the work.
	gathered = 32
	// multiplied is the largest log10 LR for which that is done: so many such factors stay
	// within what a float64 holds, and none is smaller than half a step.
	multiplied = 8
)

// middle is the share in the middle of step i.
func middle(i int) float64 { return (float64(i) + 0.5) / steps }

// independence is the power that takes into account that claims of a group are not
// independent, 0 to 1.
func independence(claims []Claim, p float64) float64 {
	alone, sums := 0.0, map[int]float64{}
	for _, c := range claims {
		excess := math.Pow(10, c.Log10LR) - 1
		slope := excess / (1 + p*excess)
		alone += slope * slope
		sums[c.Group] += math.Abs(slope)
	}
	together := 0.0
	for _, g := range slices.Sorted(maps.Keys(sums)) {
		together += sums[g] * sums[g]
	}
	if together == 0 {
		return 1
	}
	return alone / together
}

// ifOpen is the share from none to all of the open claims being genuine, the others
// being what their LRs and a share within the range make of them.
func ifOpen(claims []Claim, within Interval) Interval {
	low, high := 0.0, 0.0
	for _, c := range claims {
		if c.Open {
			high++
			continue
		}
		low += genuine(within.Low, c.Log10LR)
		high += genuine(within.High, c.Log10LR)
	}
	n := float64(len(claims))
	return Interval{min(low/n, 1), min(high/n, 1)} // sums of ones may round to more
}

// genuine is the probability of a claim being genuine where the share is p.
func genuine(p, log10LR float64) float64 {
	odds := p * math.Pow(10, log10LR)
	return odds / (odds + 1 - p)
}
