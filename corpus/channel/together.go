package channel

// together gives claims of one page or one site one group.
func (s *Study) together(uses map[string][]int) {
	all, first := newSets(len(s.claims)), map[string]int{}
	for _, at := range uses {
		for _, i := range at {
			all.join(at[0], i)
		}
	}
	for i, c := range s.claims {
		if j, ok := first[c.Site]; ok {
			all.join(i, j)
		} else {
			first[c.Site] = i
		}
	}
	for i := range s.claims {
		s.claims[i].group = all.of(i)
	}
}

// sets are disjoint sets of numbers (union-find).
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// of names the set of i by its least member.
func (s sets) of(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) join(i, j int) {
	i, j = s.of(i), s.of(j)
	s[max(i, j)] = min(i, j)
}
