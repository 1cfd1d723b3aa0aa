package calibrate

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
)

// ErrTooFew is wrapped when the training side is too small, or too one-sided, to fit.
var ErrTooFew = errors.New("too few claims to calibrate on")

// ErrNoSignal says that the evidence does not tell genuine claims from false ones.
var ErrNoSignal = errors.New("the evidence does not tell genuine claims from false ones")

// MaxSlope lets calibration take away and never add. A slope above 1 would undo the
// ridge for findings that are rarely seen, and would pay with other findings' weights for
// what the absence of one tells, which is not learned.
const MaxSlope = 1

// folds parts rows by site into n parts of about as many sites. The order of sites is
// that of their digests, so that neither the order of rows nor similar names matter.
func folds(train []rows.Row, n int) ([][]int, error) {
	var sites []string
	for _, r := range train {
		sites = append(sites, r.Site)
	}
	slices.Sort(sites)
	sites = slices.Compact(sites)
	if len(sites) < n {
		return nil, fmt.Errorf("part %d sites into %d folds: %w", len(sites), n, ErrTooFew)
	}
	digest := func(s string) string { d := sha256.Sum256([]byte(s)); return string(d[:]) }
	slices.SortFunc(sites, func(a, b string) int { return strings.Compare(digest(a), digest(b)) })
	at := map[string]int{}
	for i, s := range sites {
		at[s] = i % n
	}
	out := make([][]int, n)
	for i, r := range train {
		out[at[r.Site]] = append(out[at[r.Site]], i)
	}
	return out, nil
}

// without returns the rows whose indices are not in the ascending list.
func without(all []rows.Row, left []int) []rows.Row {
	out := make([]rows.Row, 0, len(all))
	for i, r := range all {
		if _, found := slices.BinarySearch(left, i); !found {
			out = append(out, r)
		}
	}
	return out
}

// crossed is a fit for each fold, made without it.
type crossed struct {
	d     *design
	train []rows.Row
	folds [][]int
	fits  []fit
}

func (d *design) cross(ctx context.Context, train []rows.Row, n int, ridge float64) (*crossed, error) {
	parts, err := folds(train, n)
	if err != nil {
		return nil, err
	}
	c := &crossed{d: d, train: train, folds: parts}
	for i, part := range parts {
		rest := without(train, part)
		if g := truths(rest); !slices.Contains(g, true) || !slices.Contains(g, false) {
			return nil, fmt.Errorf("fit without fold %d of %d: one truth only: %w", i+1, n, ErrTooFew)
		}
		f, err := d.fuse(ctx, rest, ridge)
		if err != nil {
			return nil, err
		}
		c.fits = append(c.fits, f)
	}
	return c, nil
}

// scores are the log10 LRs of all rows, each by the fit that did not see its site, with
// its weights scaled by slope. The total is not bounded.
func (c *crossed) scores(slope float64) ([]float64, error) {
	out := make([]float64, len(c.train))
	for i, part := range c.folds {
		m := c.d.model(c.fits[i].beta, slope)
		for _, j := range part {
			var err error
			if out[j], err = c.train[j].Score(m); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// calibration fits ln LR = slope*score to the scores, and tells the shift that a fit
// with one would have.
func calibration(scores []float64, genuine []bool) (slope, shift float64) {
	p := &problem{genuine: genuine, weight: balanced(genuine), vars: []allowed{{hi: MaxSlope}}, ridge: slopeRidge}
	for _, s := range scores {
		p.claims = append(p.claims, []term{{0, s * math.Ln10}})
	}
	slope = p.minimise()[0]
	for i := range p.claims {
		p.claims[i] = append(p.claims[i], term{1, 1})
	}
	p.vars = append(p.vars, allowed{lo: -lr.MaxLog10, hi: lr.MaxLog10})
	return slope, p.minimise()[1]
}

// slopeRidge only keeps the calibration's cost strictly convex.
const slopeRidge = 1e-6
