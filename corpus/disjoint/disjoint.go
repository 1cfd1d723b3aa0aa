// Package disjoint keeps things in sets that have no member in common, and makes two
// sets one: union-find with the ways halved (Tarjan and van Leeuwen 1984).
package disjoint

import "cmp"

// Sets are disjoint sets. Whatever was never joined is a set by itself. A set is named
// by its least member, so that names do not depend on the order of joining. The zero
// value holds no joined things and is ready. It is not for use by several goroutines at once.
type Sets[T cmp.Ordered] struct {
	above map[T]T // of what is no set's name: another member, nearer to the name
}

// Of is the name of the set that holds v.
func (s *Sets[T]) Of(v T) T {
	for {
		up, ok := s.above[v]
		if !ok {
			return v
		}
		if next, ok := s.above[up]; ok {
			s.above[v] = next
		}
		v = up
	}
}

// Join makes the sets of a and b one, and says whether they were two.
func (s *Sets[T]) Join(a, b T) bool {
	if a, b = s.Of(a), s.Of(b); a == b {
		return false
	}
	if s.above == nil {
		s.above = map[T]T{}
	}
	s.above[max(a, b)] = min(a, b)
	return true
}
