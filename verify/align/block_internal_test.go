package align

import "testing"

func TestABlockIsToldByAllOfItsSidesAndNotByOne(t *testing.T) {
	t.Parallel()
	unseen, hard := edge{}, edge{probes: 50, clean: 50, sharp: 50, cut: 40}
	soft := edge{probes: 50, clean: 50, sharp: 50, cut: 5}
	torn := edge{probes: 50, clean: 40, sharp: 40, cut: 40}
	goesOn := edge{probes: 50, clean: 50, sharp: 20, cut: 20}
	for name, c := range map[string]struct {
		edges [4]edge
		ok    bool
		hard  int
	}{
		"four hard sides":              {[4]edge{hard, hard, hard, hard}, true, 4},
		"a band over the whole width":  {[4]edge{unseen, unseen, hard, soft}, true, 1},
		"one side in view":             {[4]edge{unseen, unseen, hard, unseen}, false, 0},
		"a side that differs outside":  {[4]edge{hard, hard, hard, torn}, false, 0},
		"a side that goes on agreeing": {[4]edge{hard, goesOn, hard, hard}, false, 0},
		"nothing in view":              {[4]edge{}, false, 0},
	} {
		if ok, n := outlined(c.edges); ok != c.ok || ok && n != c.hard {
			t.Errorf("%s: %v with %d hard sides, want %v with %d", name, ok, n, c.ok, c.hard)
		}
	}
}
