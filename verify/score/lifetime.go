package score

import (
	"errors"
	"math"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
)

// Lifetime is the distribution of how long a defacement stays up, and of when
// in its life the claimant's picture is taken.
type Lifetime struct {
	Distribution string  `json:"distribution"` // only "log-normal"
	MedianHours  float64 `json:"median_hours"`
	Sigma        float64 `json:"sigma"`     // of the natural logarithm
	AgeShare     float64 `json:"age_share"` // the picture is taken within this first share of the life, uniformly
	Source       string  `json:"source"`
}

// Grid sizes of the numeric averages in UnseenProbability. The integrands are
// smooth and monotone; doubling either changes log10 of the result by less than
// 0.01 (tested).
const (
	momentSteps = 96
	ageSteps    = 64
)

func (l Lifetime) check() error {
	switch {
	case l.Distribution != "log-normal":
		return errors.New("lifetime: only a log-normal distribution is known")
	case !(l.MedianHours > 0) || !(l.Sigma > 0) || math.IsInf(l.MedianHours, 0) || math.IsInf(l.Sigma, 0):
		return errors.New("lifetime: median and sigma must be positive")
	case !(l.AgeShare > 0 && l.AgeShare <= 1):
		return errors.New("lifetime: age_share must lie in (0, 1]")
	}
	return nil
}

// Share is the probability that a defacement is gone after d.
func (l Lifetime) Share(d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	dist := distuv.LogNormal{Mu: math.Log(l.MedianHours), Sigma: l.Sigma}
	return dist.CDF(d.Hours())
}

// Quantile is the time after which the share q of defacements, in (0, 1), is gone.
func (l Lifetime) Quantile(q float64) time.Duration {
	dist := distuv.LogNormal{Mu: math.Log(l.MedianHours), Sigma: l.Sigma}
	return time.Duration(dist.Quantile(q) * float64(time.Hour))
}

// UnseenProbability is the probability that a defacement which was up at some
// moment of [from, to] was seen by none of the captures taken at the times
// looks, sorted ascending. It averages over the moment (uniform in the window),
// the lifetime, and the age of the defacement when the picture was taken. The
// result lies in [0, 1]; without looks it is 1.
func (l Lifetime) UnseenProbability(from, to time.Time, looks []time.Time) float64 {
	if len(looks) == 0 {
		return 1
	}
	sum := 0.0
	for i := range momentSteps {
		at := from.Add(time.Duration((float64(i) + 0.5) / momentSteps * float64(to.Sub(from))))
		before, after := gaps(at, looks)
		sum += l.fits(before, after)
	}
	return sum / momentSteps
}

// gaps returns the times from the last look before at, and to the first look
// after it; a missing look is an endless gap.
func gaps(at time.Time, looks []time.Time) (before, after time.Duration) {
	before, after = math.MaxInt64, math.MaxInt64
	for _, t := range looks {
		if d := at.Sub(t); d >= 0 {
			before = min(before, d)
		} else {
			after = min(after, -d)
		}
	}
	return before, after
}

// fits is the probability that a defacement seen at age u*L began within before
// and ended within after, over L and u.
func (l Lifetime) fits(before, after time.Duration) float64 {
	sum := 0.0
	for i := range ageSteps {
		u := l.AgeShare * (float64(i) + 0.5) / ageSteps
		longest := math.Min(scaled(before, u), scaled(after, 1-u))
		sum += l.Share(time.Duration(longest))
	}
	return sum / ageSteps
}

// scaled divides a gap by a share of the life without overflowing.
func scaled(gap time.Duration, share float64) float64 {
	return math.Min(float64(gap)/share, math.MaxInt64/2)
}
