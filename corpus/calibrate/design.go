package calibrate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// MaxFactor lets the data take away from a computed log10 LR and never add. It says all
// that its reasoning supports; how often its evidence occurs beside each truth in a made
// corpus is how often its maker chose the class.
const MaxFactor = 1

// variable is what is fitted for one finding: its ln LR or, where the log10 LR is
// computed, the factor of that.
type variable struct {
	finding, group string
	computed       bool
	lo, hi         float64
	byHand         float64 // what the base model has, between lo and hi
}

// design says which variables there are. It is made once, of all training rows.
type design struct {
	base      *score.Model // with an unbounded total
	variables []variable   // by finding
	column    map[string]int
}

// newDesign collects the findings that occur, and from the base model what theory says
// of each.
func newDesign(base *score.Model, train []rows.Row) (*design, error) {
	d := &design{base: unbounded(base), column: map[string]int{}}
	known := map[string]variable{}
	for _, r := range train {
		if _, err := r.Items(base); err != nil {
			return nil, err
		}
		for _, e := range r.Evidence {
			v := d.variable(e)
			if old, ok := known[e.Finding]; ok && old.group != v.group {
				return nil, fmt.Errorf("read claim %s: %w: finding %s is in group %s here and in %s elsewhere", r.Claim, rows.ErrRows, e.Finding, v.group, old.group)
			}
			if v.computed != (e.Log10LR != nil) {
				return nil, fmt.Errorf("read claim %s: %w: finding %s has a log10_lr if, and only if, the model has a factor for it", r.Claim, rows.ErrRows, e.Finding)
			}
			known[e.Finding] = v
		}
	}
	for name, v := range known {
		if v.lo < v.hi {
			d.variables = append(d.variables, known[name])
		}
	}
	slices.SortFunc(d.variables, func(a, b variable) int { return strings.Compare(a.finding, b.finding) })
	for i, v := range d.variables {
		d.column[v.finding] = i
	}
	return d, nil
}

// variable is what may be fitted for an item of evidence: its box is a point where
// theory leaves nothing to fit.
func (d *design) variable(e rows.Evidence) variable {
	theory := d.base.Findings[e.Finding]
	v := variable{finding: e.Finding, group: e.Group, computed: theory.Factor != nil}
	bounds, w := d.base.Groups[e.Group], theory.Log10LR
	switch {
	case v.computed && bounds != (score.Bounds{}):
		v.hi, v.byHand = MaxFactor, *theory.Factor
	case v.computed:
	case w > 0:
		v.hi, v.byHand = bounds.Upper*math.Ln10, w*math.Ln10
	case w < 0:
		v.lo, v.byHand = bounds.Lower*math.Ln10, w*math.Ln10
	}
	v.byHand = min(max(v.byHand, v.lo), v.hi)
	return v
}

// unbounded is the model with a total that no sum of groups reaches.
func unbounded(m *score.Model) *score.Model {
	wide := *m
	wide.Total = score.Bounds{}
	for _, g := range m.Groups {
		wide.Total.Lower += g.Lower - 1
		wide.Total.Upper += g.Upper + 1
	}
	return &wide
}

// terms are the variables that count in a row under a model.
func (d *design) terms(m *score.Model, r rows.Row) ([]term, error) {
	items, err := r.Items(m)
	if err != nil {
		return nil, err
	}
	if _, err := m.Combine(items); err != nil {
		return nil, fmt.Errorf("weigh claim %s: %w", r.Claim, err)
	}
	var terms []term
	for i, e := range r.Evidence {
		column, fitted := d.column[e.Finding]
		if !fitted || items[i].Counted == 0 {
			continue
		}
		x := 1.0
		if e.Log10LR != nil {
			bounded, err := m.Bound(e.Group, *e.Log10LR)
			if err != nil {
				return nil, fmt.Errorf("weigh claim %s: %w", r.Claim, err)
			}
			x = bounded * math.Ln10
		}
		terms = append(terms, term{column, x})
	}
	return terms, nil
}

// model is the base model with the fitted values in place of its weights, all scaled by
// slope. Findings that no variable stands for keep what they have.
func (d *design) model(beta []float64, slope float64) *score.Model {
	m := *d.base
	m.Findings = make(map[string]score.Weight, len(d.base.Findings))
	for name, w := range d.base.Findings {
		m.Findings[name] = w
	}
	for i, v := range d.variables {
		w := m.Findings[v.finding]
		if v.computed {
			w.Factor = &beta[i]
		} else {
			w.Log10LR = beta[i] / math.Ln10
		}
		m.Findings[v.finding] = w
	}
	for name, w := range m.Findings {
		w.Log10LR *= slope
		if w.Factor != nil {
			f := slope * *w.Factor
			w.Factor = &f
		}
		m.Findings[name] = w
	}
	return &m
}
