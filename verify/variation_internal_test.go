package verify

import (
	"testing"

	"github.com/defacecheck/defacecheck/verify/align"
)

func TestOnlyThreeDifferentContentsMakeAPartVary(t *testing.T) {
	for name, tc := range map[string]struct {
		differ map[pair]bool
		n      int
		want   bool
	}{
		"a date that differs every time":          {map[pair]bool{{0, 1}: true, {0, 2}: true, {1, 2}: true}, 3, true},
		"a defacement between two ordinary looks": {map[pair]bool{{0, 1}: true, {1, 2}: true}, 3, false},
		"a defacement seen twice":                 {map[pair]bool{{0, 2}: true, {0, 3}: true, {1, 2}: true, {1, 3}: true}, 4, false},
		"three of four differ":                    {map[pair]bool{{0, 1}: true, {0, 3}: true, {1, 3}: true}, 4, true},
		"two captures can never tell":             {map[pair]bool{{0, 1}: true}, 2, false},
		"nothing differs":                         {nil, 4, false},
	} {
		if got := threeContents(tc.differ, tc.n); got != tc.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestWhatIsLeftOfADrawingThatMovesIsNoAlteration(t *testing.T) {
	for _, c := range []struct {
		moving bool
		state  State
		want   State
	}{{true, Altered, Uninformative}, {true, Same, Same}, {false, Altered, Altered}} {
		s := &Sighting{State: c.state}
		s.doubtMoving(align.Comparison{Moving: c.moving}, "along a line")
		if s.State != c.want {
			t.Errorf("%s after a drawing that moves (%v): %s, want %s", c.state, c.moving, s.State, c.want)
		}
	}
}
