package disjoint_test

import (
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/disjoint"
)

func TestSetsAreWhatTheirJoinsReachWhateverTheOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		var sets disjoint.Sets[int]
		const n = 40
		near := make([][]int, n)
		for range r.IntN(n) {
			a, b := r.IntN(n), r.IntN(n)
			two := sets.Of(a) != sets.Of(b)
			if got := sets.Join(a, b); got != two {
				t.Fatalf("joining %d and %d: %v, want %v", a, b, got, two)
			}
			near[a], near[b] = append(near[a], b), append(near[b], a)
		}
		for v := range n {
			if got, want := sets.Of(v), least(near, v); got != want {
				t.Fatalf("the set of %d is named %d, want its least member %d", v, got, want)
			}
		}
	}
}

// least is the least number that can be reached from v.
func least(near [][]int, v int) int {
	seen, open := map[int]bool{v: true}, []int{v}
	for len(open) > 0 {
		at := open[0]
		open = open[1:]
		v = min(v, at)
		for _, next := range near[at] {
			if !seen[next] {
				seen[next], open = true, append(open, next)
			}
		}
	}
	return v
}
