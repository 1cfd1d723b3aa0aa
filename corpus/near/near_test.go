package near_test

import (
	"cmp"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/corpus/near"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// narrow is an index of 64 bits that takes the first word of wider ones.
type narrow struct{ *near.Index[[1]uint64] }

func (n narrow) Add(h [4]uint64, id uint32) { n.Index.Add([1]uint64{h[0]}, id) }

func (n narrow) Within(h [4]uint64, radius int) []near.Match {
	return n.Index.Within([1]uint64{h[0]}, radius)
}

// linear is what a search must give, by looking at every hash.
func linear(words int, all [][4]uint64, asked [4]uint64, radius int) (found []near.Match) {
	for id, h := range all {
		d := 0
		for w := range words {
			d += bits.OnesCount64(h[w] ^ asked[w])
		}
		if d <= radius {
			found = append(found, near.Match{ID: uint32(id), Bits: d})
		}
	}
	slices.SortFunc(found, func(a, b near.Match) int { return cmp.Or(cmp.Compare(a.Bits, b.Bits), cmp.Compare(a.ID, b.ID)) })
	return found
}

// searcher is an index of either width.
type searcher interface {
	Add([4]uint64, uint32)
	Within([4]uint64, int) []near.Match
	Len() int
}

// indexes are both widths, with the words of their hashes.
func indexes() map[int]searcher { return map[int]searcher{1: narrow{near.New64()}, 4: near.New256()} }

// hashes draws what corpora hold: strangers, copies that differ in a few bits,
// and crowds that share most of their keys.
func hashes(r *rand.Rand, n int, crowd float64) [][4]uint64 {
	all := make([][4]uint64, n)
	middle := random(r)
	for i := range all {
		switch x := r.Float64(); {
		case x < crowd:
			all[i] = turned(r, middle, r.IntN(14))
		case x < crowd+0.3 && i > 0:
			all[i] = turned(r, all[r.IntN(i)], r.IntN(40))
		default:
			all[i] = random(r)
		}
	}
	return all
}

func random(r *rand.Rand) [4]uint64 {
	return [4]uint64{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
}

// turned is h with so many bits changed, or a few fewer.
func turned(r *rand.Rand, h [4]uint64, n int) [4]uint64 {
	for range n {
		b := r.IntN(256)
		h[b/64] ^= 1 << (b % 64)
	}
	return h
}

func TestASearchFindsWhatALookAtEveryHashFinds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		n := rapid.SampledFrom([]int{0, 1, 2, 300, 20_000}).Draw(t, "hashes")
		all := hashes(r, n, rapid.SampledFrom([]float64{0, 0.02, 0.6}).Draw(t, "crowd"))
		for words, x := range indexes() {
			for id, h := range all {
				x.Add(h, uint32(id))
			}
			if x.Len() != n {
				t.Fatalf("%d hashes, of %d", x.Len(), n)
			}
			for range 6 {
				radius := rapid.IntRange(0, 64*words).Draw(t, "radius")
				if rapid.Bool().Draw(t, "usual") {
					radius = rapid.IntRange(0, 12*words).Draw(t, "usual radius")
				}
				asked := random(r)
				if n > 0 {
					asked = turned(r, all[r.IntN(n)], r.IntN(20))
				}
				got, want := x.Within(asked, radius), linear(words, all, asked, radius)
				if !slices.Equal(got, want) {
					t.Fatalf("%d words, radius %d: found %d, of %d", words, radius, len(got), len(want))
				}
			}
		}
	})
}

// TestHashesMayBeAddedWhileOthersSearch is for the race detector, and checks that what
// was there before a search began is found.
func TestHashesMayBeAddedWhileOthersSearch(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	all := hashes(r, 6000, 0.1)
	for words, x := range indexes() {
		for id, h := range all[:3000] {
			x.Add(h, uint32(id))
		}
		var wait sync.WaitGroup
		for w := range 2 {
			wait.Go(func() {
				for id := 3000 + w; id < len(all); id += 2 {
					x.Add(all[id], uint32(id))
				}
			})
			wait.Go(func() {
				for id := w; id < 3000; id += 29 {
					want := linear(words, all[:3000], all[id], 10)
					got := slices.DeleteFunc(x.Within(all[id], 10), func(m near.Match) bool { return m.ID >= 3000 })
					if !slices.Equal(got, want) {
						t.Errorf("%d words: %d hashes near number %d, of %d", words, len(got), id, len(want))
					}
				}
			})
		}
		wait.Wait()
		if x.Len() != len(all) {
			t.Errorf("%d words: %d hashes, of %d", words, x.Len(), len(all))
		}
	}
}

// TestEveryHashWithinTheRadiusIsInReachOfATable is the bound that exact recall rests on:
// no way to lay r bits over the pieces escapes every table.
func TestEveryHashWithinTheRadiusIsInReachOfATable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tables := rapid.SampledFrom([]int{4, 16}).Draw(t, "tables")
		radius := rapid.IntRange(0, 16*tables).Draw(t, "radius")
		differ := make([]int, tables)
		for range radius {
			if k := rapid.IntRange(0, tables-1).Draw(t, "piece"); differ[k] < 16 {
				differ[k]++
			}
		}
		for k, reach := range near.Reaches(tables, radius) {
			if differ[k] <= reach {
				return
			}
		}
		t.Fatalf("%v of radius %d is out of reach of %v", differ, radius, near.Reaches(tables, radius))
	})
}
