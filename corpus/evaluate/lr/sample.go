package lr

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// MaxLog10 bounds the log10 LRs that are taken, either way: beyond it an LR is no
// longer a floating-point number. No evidence on earth comes near.
const MaxLog10 = 300

// The errors of NewSample and Intervals.
var (
	ErrEmpty     = errors.New("no likelihood ratios")
	ErrOneTruth  = errors.New("likelihood ratios of one truth only")
	ErrNotFinite = errors.New("a log10 likelihood ratio is not a number within +-300")
)

// Sample is a set of log10 LRs by truth. The zero value is not usable; NewSample
// makes one.
type Sample struct {
	genuine, untrue []float64 // ascending, neither empty
}

// NewSample copies the log10 LRs that were given to genuine claims and to false
// ones. Errors are ErrEmpty, ErrOneTruth and ErrNotFinite.
func NewSample(genuine, untrue []float64) (Sample, error) {
	if len(genuine) == 0 && len(untrue) == 0 {
		return Sample{}, fmt.Errorf("make sample: %w", ErrEmpty)
	}
	if len(genuine) == 0 || len(untrue) == 0 {
		return Sample{}, fmt.Errorf("make sample of %d genuine and %d false claims: %w", len(genuine), len(untrue), ErrOneTruth)
	}
	for _, side := range [][]float64{genuine, untrue} {
		for _, x := range side {
			if !(math.Abs(x) <= MaxLog10) { // NaN as well
				return Sample{}, fmt.Errorf("make sample with %v: %w", x, ErrNotFinite)
			}
		}
	}
	return sorted(slices.Clone(genuine), slices.Clone(untrue)), nil
}

// sorted makes a sample of values that are known to be good, and keeps them.
func sorted(genuine, untrue []float64) Sample {
	slices.Sort(genuine)
	slices.Sort(untrue)
	return Sample{genuine, untrue}
}

// Genuine is the number of genuine claims.
func (s Sample) Genuine() int { return len(s.genuine) }

// False is the number of false claims.
func (s Sample) False() int { return len(s.untrue) }

// labelled is one LR with its truth and its weight: each truth weighs one half.
type labelled struct {
	x       float64
	genuine bool
	weight  float64
}

// pooled returns all LRs, ascending.
func (s Sample) pooled() []labelled {
	all := make([]labelled, 0, len(s.genuine)+len(s.untrue))
	for _, x := range s.genuine {
		all = append(all, labelled{x, true, 0.5 / float64(len(s.genuine))})
	}
	for _, x := range s.untrue {
		all = append(all, labelled{x, false, 0.5 / float64(len(s.untrue))})
	}
	slices.SortStableFunc(all, func(a, b labelled) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return 0
	})
	return all
}
