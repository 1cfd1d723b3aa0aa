package evaluate

import (
	"cmp"
	"math"
	"slices"

	"github.com/defacecheck/defacecheck/corpus/calibrate"
	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// metadataAlone is the baseline that looks at the file alone, by the model's weights.
const metadataAlone = "metadata_alone"

// Baseline is what a simple way of comparing reaches on the same claims. Its values
// become likelihood ratios by the line that fits the training side best; a claim for
// which it had nothing to compare gets LR 1.
type Baseline struct {
	Name    string   `json:"name"`
	Claims  int      `json:"claims"` // that it had something to compare for
	Figures []Figure `json:"figures"`
	// Wrong is how many of the claims that it is surest of, as many as the model
	// decides, it has on the wrong side; a claim at LR 1 counts half.
	Wrong float64 `json:"wrong"`
}

// Decisions counts the claims to which the model gives another word than inconclusive.
type Decisions struct {
	Decided int     `json:"decided"`
	Wrong   float64 `json:"wrong"`
}

// decisions counts what the model decides.
func decisions(all []ScoredClaim) Decisions {
	var d Decisions
	for _, c := range all {
		if c.Row.Truth.Decided() && c.Word != "inconclusive" {
			d.Decided++
			d.Wrong += wrong(c)
		}
	}
	return d
}

func wrong(c ScoredClaim) float64 {
	switch {
	case c.Log10LR == 0:
		return 0.5
	case (c.Log10LR > 0) != (c.Row.Truth == rows.Genuine):
		return 1
	}
	return 0
}

// baselines measures every simple way that the rows have, and the file alone.
func baselines(set *rows.Set, m *score.Model, decided int) ([]Baseline, error) {
	train, test := undoubted(rows.Of(set.Rows, rows.Train)), undoubted(rows.Of(set.Rows, rows.Test))
	out := []Baseline{}
	for _, name := range baselineNames(test) {
		weigh, ok := fitted(train, name)
		if !ok {
			continue
		}
		b := Baseline{Name: name}
		if err := b.measure(b.weighed(test, weigh), decided); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	file, err := scored(m, test, func(e rows.Evidence) bool { return kind(e) == "metadata" })
	if err != nil {
		return nil, err
	}
	b := Baseline{Name: metadataAlone, Claims: len(file)}
	if err := b.measure(file, decided); err != nil {
		return nil, err
	}
	return append(out, b), nil
}

// weighed is what the baseline makes of claims.
func (b *Baseline) weighed(test []rows.Row, weigh func(float64) float64) []ScoredClaim {
	out := make([]ScoredClaim, len(test))
	for i, r := range test {
		out[i] = ScoredClaim{Row: r}
		if v, ok := r.Baseline(b.Name); ok {
			b.Claims++
			out[i].Log10LR = weigh(v)
		}
	}
	return out
}

func undoubted(all []rows.Row) []rows.Row {
	return slices.DeleteFunc(slices.Clone(all), func(r rows.Row) bool { return !r.Truth.Decided() })
}

func baselineNames(all []rows.Row) []string {
	var names []string
	for _, r := range all {
		for _, b := range r.Baselines {
			names = append(names, b.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// fitted is the log10 LR of a baseline's values; false where the training side has not
// both truths of it.
func fitted(train []rows.Row, name string) (weigh func(float64) float64, ok bool) {
	var values []float64
	var genuine []bool
	for _, r := range train {
		if v, ok := r.Baseline(name); ok {
			values, genuine = append(values, v), append(genuine, r.Truth == rows.Genuine)
		}
	}
	if !slices.Contains(genuine, true) || !slices.Contains(genuine, false) {
		return nil, false
	}
	slope, shift := calibrate.Line(values, genuine)
	return func(v float64) float64 {
		return math.Max(-lr.MaxLog10, math.Min(lr.MaxLog10, (shift+slope*v)/math.Ln10))
	}, true
}

// measure takes the figures, and the mistakes among the decided claims that the
// baseline is surest of.
func (b *Baseline) measure(all []ScoredClaim, decided int) error {
	var err error
	if b.Figures, err = plainly(cases(all), telling()); err != nil {
		return err
	}
	slices.SortFunc(all, func(x, y ScoredClaim) int {
		return cmp.Or(cmp.Compare(math.Abs(y.Log10LR), math.Abs(x.Log10LR)), byClaim(x, y))
	})
	for _, c := range all[:min(decided, len(all))] {
		b.Wrong += wrong(c)
	}
	return nil
}
