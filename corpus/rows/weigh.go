package rows

import (
	"fmt"

	"github.com/defacecheck/defacecheck/verify/score"
)

// Items weighs the evidence of a row by a model, as judging does; Combine of the
// model sums them. An item that the model does not know is an error that wraps
// score.ErrModel.
func (r Row) Items(m *score.Model) ([]score.Item, error) {
	items := make([]score.Item, len(r.Evidence))
	for i, e := range r.Evidence {
		var err error
		items[i].Group = e.Group
		if e.Log10LR != nil {
			items[i].Log10LR, err = m.Computed(e.Group, e.Finding, *e.Log10LR)
		} else {
			items[i].Log10LR, err = m.Weight(e.Group, e.Finding)
		}
		if err != nil {
			return nil, fmt.Errorf("weigh claim %s: %w", r.Claim, err)
		}
	}
	return items, nil
}

// Score is the log10 LR that a model gives a row.
func (r Row) Score(m *score.Model) (float64, error) {
	items, err := r.Items(m)
	if err != nil {
		return 0, err
	}
	total, err := m.Combine(items)
	if err != nil {
		return 0, fmt.Errorf("weigh claim %s: %w", r.Claim, err)
	}
	return total, nil
}
