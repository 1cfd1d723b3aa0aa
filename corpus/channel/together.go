package channel

import "github.com/defacecheck/defacecheck/corpus/disjoint"

// together gives claims of one page or one site one group.
func (s *Study) together(uses map[string][]int) {
	var all disjoint.Sets[int]
	first := map[string]int{}
	for _, at := range uses {
		for _, i := range at {
			all.Join(at[0], i)
		}
	}
	for i, c := range s.claims {
		if j, ok := first[c.Site]; ok {
			all.Join(i, j)
		} else {
			first[c.Site] = i
		}
	}
	for i := range s.claims {
		s.claims[i].group = all.Of(i)
	}
}
