package align

import "testing"

func TestAPhotographWithLittleInItMayDifferInLess(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		match, mismatch int
		want            bool
	}{
		"much to go by, a few strays":   {90, 10, true},
		"much to go by, many strays":    {80, 20, false},
		"little to go by, one stray":    {25, 1, true},
		"little to go by, three strays": {28, 3, false},
	} {
		cmp := Comparison{Match: c.match, Mismatch: c.mismatch}
		if got := cmp.fewStrays(c.match + c.mismatch); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
