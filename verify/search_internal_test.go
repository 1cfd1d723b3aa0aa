package verify

import (
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

// searched looks for a version among captures of n successive days and returns which were
// looked at, in steps. agree says how many tiles agree with that of a day.
func searched(n int, agree func(day int) int) (steps [][]int) {
	first := at("2020-01-15 00:00")
	var v versionSearch
	for i := range n {
		v.all = append(v.all, capture.Memento{At: first.AddDate(0, 0, i)})
	}
	v.until = v.all[n-4].At
	var seen []*Sighting
	look := func(day int) {
		seen = append(seen, &Sighting{Memento: &v.all[day], Capture: &capture.Capture{Validity: capture.OK},
			registration: align.At(1, 0, 0), Tiles: tiles(agree(day), 1)})
	}
	for _, day := range []int{0, n - 2, n - 1} {
		look(day)
	}
	for done := 0; done < DefaultVersions; {
		v.note(seen)
		var step []int
		for _, s := range v.next(done, DefaultVersions-done) {
			day := int(s.memento.At.Sub(first).Hours() / 24)
			step = append(step, day)
			look(day)
		}
		if len(step) == 0 {
			return steps
		}
		steps, done = append(steps, step), done+len(step)
	}
	return steps
}

func TestTheSearchClosesInOnTheVersionThatAgreesMost(t *testing.T) {
	t.Parallel()
	for peak := range 44 {
		best := 100
		for _, step := range searched(48, func(day int) int { return 100 - max(day-peak, peak-day) }) {
			for _, day := range step {
				best = min(best, max(day-peak, peak-day))
			}
		}
		if best > 1 {
			t.Errorf("the version of day %d is missed by %d days", peak, best)
		}
	}
}

func TestTheSearchSpreadsWhereNothingTellsVersionsApart(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for _, step := range searched(48, func(int) int { return 50 }) {
		for _, day := range step {
			if day > 44 || seen[day] {
				t.Errorf("day %d is looked at twice, or too late", day)
			}
			seen[day] = true
		}
	}
	if len(seen) != DefaultVersions {
		t.Errorf("%d are looked at", len(seen))
	}
}
