package lr

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"

	"gonum.org/v1/gonum/stat"
)

// Case is one claim's LR with its truth and the site that it is about.
type Case struct {
	Site    string
	Log10LR float64
	Genuine bool
}

// SampleOf gathers cases by truth.
func SampleOf(cases []Case) (Sample, error) {
	var genuine, untrue []float64
	for _, c := range cases {
		if c.Genuine {
			genuine = append(genuine, c.Log10LR)
		} else {
			untrue = append(untrue, c.Log10LR)
		}
	}
	return NewSample(genuine, untrue)
}

// ErrFewSites is what Intervals answers when sites are too few, or truths too
// unevenly spread over them, to say how far a figure would move with others.
var ErrFewSites = errors.New("too few sites for an interval")

// Interval is a range that holds a figure, with a probability of Coverage.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Bootstrap says how intervals are made. The zero value works.
type Bootstrap struct {
	Seed       uint64
	Replicates int // 0 is DefaultReplicates
}

// DefaultReplicates leaves an end of a 95 % interval, on 25 replicates beyond it,
// uncertain by about a tenth of the interval's width.
const DefaultReplicates = 1000

// Coverage of the intervals.
const Coverage = 0.95

// Intervals are percentile intervals of figures of the cases, from drawing as many
// sites again, with replacement, with all of their claims. Draws that lack one of
// the truths are left out; ErrFewSites when there are fewer than two sites or more
// than half of the draws were left out. Other errors are those of NewSample and of ctx.
func (b Bootstrap) Intervals(ctx context.Context, cases []Case, figures ...func(Sample) float64) ([]Interval, error) {
	if _, err := SampleOf(cases); err != nil {
		return nil, err
	}
	sites := bySite(cases)
	if len(sites) < 2 {
		return nil, fmt.Errorf("draw from %d sites: %w", len(sites), ErrFewSites)
	}
	n := b.Replicates
	if n <= 0 {
		n = DefaultReplicates
	}
	rng := rand.New(rand.NewPCG(b.Seed, 0))
	values := make([][]float64, len(figures))
	for range n {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("draw from %d sites: %w", len(sites), err)
		}
		s, ok := draw(rng, sites)
		if !ok {
			continue
		}
		for i, f := range figures {
			values[i] = append(values[i], f(s))
		}
	}
	out := make([]Interval, len(figures))
	for i, v := range values {
		if 2*len(v) < n {
			return nil, fmt.Errorf("draw from %d sites: both truths in %d of %d draws: %w", len(sites), len(v), n, ErrFewSites)
		}
		slices.Sort(v)
		out[i] = Interval{stat.Quantile((1-Coverage)/2, stat.Empirical, v, nil), stat.Quantile((1+Coverage)/2, stat.Empirical, v, nil)}
	}
	return out, nil
}

// site holds the LRs of one site.
type site struct{ genuine, untrue []float64 }

// bySite returns the sites in the order of their names, so that the order of the
// cases does not matter.
func bySite(cases []Case) []site {
	at := map[string]*site{}
	var names []string
	for _, c := range cases {
		s := at[c.Site]
		if s == nil {
			s = &site{}
			at[c.Site], names = s, append(names, c.Site)
		}
		if c.Genuine {
			s.genuine = append(s.genuine, c.Log10LR)
		} else {
			s.untrue = append(s.untrue, c.Log10LR)
		}
	}
	sort.Strings(names)
	sites := make([]site, len(names))
	for i, n := range names {
		sites[i] = *at[n]
	}
	return sites
}

// draw takes as many sites as there are, with replacement.
func draw(rng *rand.Rand, sites []site) (Sample, bool) {
	var genuine, untrue []float64
	for range sites {
		s := sites[rng.IntN(len(sites))]
		genuine, untrue = append(genuine, s.genuine...), append(untrue, s.untrue...)
	}
	if len(genuine) == 0 || len(untrue) == 0 {
		return Sample{}, false
	}
	return sorted(genuine, untrue), true
}
