package rows

import (
	"errors"
	"fmt"
)

// ErrSplit is wrapped by every error about what lies on both sides of a split.
var ErrSplit = errors.New("training and test share what they must not")

// CheckSplit refuses rows in which a site or a defacement family lies on both sides of
// the split. Rows without a family share none.
func CheckSplit(all []Row) error {
	sites, families := map[string]Row{}, map[string]Row{}
	for _, r := range all {
		if o, ok := sites[r.Site]; ok && o.Split != r.Split {
			return fmt.Errorf("check split: %w: site %s has claim %s in %s and %s in %s",
				ErrSplit, r.Site, o.Claim, o.Split, r.Claim, r.Split)
		}
		sites[r.Site] = r
		if r.Family == "" {
			continue
		}
		if o, ok := families[r.Family]; ok && o.Split != r.Split {
			return fmt.Errorf("check split: %w: family %s has claim %s in %s and %s in %s",
				ErrSplit, r.Family, o.Claim, o.Split, r.Claim, r.Split)
		}
		families[r.Family] = r
	}
	return nil
}

// Of returns the rows of one side, in the order in which they came.
func Of(all []Row, side Split) []Row {
	var out []Row
	for _, r := range all {
		if r.Split == side {
			out = append(out, r)
		}
	}
	return out
}
