package near_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/near"
)

// radii are the usual ones, by words of the hash.
var radii = map[int]int{1: 10, 4: 31}

// most is how many hashes the largest benchmark holds. Ten million of 256 bits and their tree take
// more memory than many machines have.
func most() int {
	if n, err := strconv.Atoi(os.Getenv("DEFACECHECK_HASHES")); err == nil {
		return n
	}
	return 1_000_000
}

// BenchmarkSearch compares, in one run, a search with one reading of all hashes and with a
// scan of them: x-read, x-scan and x-memory are how many times a search fits into one of
// them, medians. A million hashes of 64 bits stay in the cache of most processors, where
// reading is faster; x-memory is for one that finds them in memory, by the rate at which
// this machine reads an array that no cache holds. DEFACECHECK_HASHES says how many hashes
// there are.
func BenchmarkSearch(b *testing.B) {
	for _, words := range []int{1, 4} {
		for _, crowd := range []float64{0, 0.1} {
			name := fmt.Sprintf("%dbits/%d", 64*words, most())
			if crowd > 0 {
				name += "/a-tenth-alike"
			}
			b.Run(name, func(b *testing.B) { benchSearch(b, words, crowd) })
		}
	}
}

func benchSearch(b *testing.B, words int, crowd float64) {
	r := rand.New(rand.NewPCG(1, uint64(words)))
	all := hashes(r, most(), crowd)
	flat := make([]uint64, 0, words*len(all)) // as a scan would have them
	for _, h := range all {
		flat = append(flat, h[:words]...)
	}
	asked := make([][4]uint64, 101)
	for i := range asked {
		asked[i] = turned(r, all[r.IntN(len(all))], r.IntN(radii[words]))
	}
	before := heap()
	x := indexes()[words]
	began := time.Now()
	for id, h := range all {
		x.Add(h, uint32(id))
	}
	x.Within(asked[0], radii[words]) // lays out the tables
	adding, held := time.Since(began), heap()-before
	read := median(9, func(int) { sink += sum(flat) })
	scan := median(9, func(i int) { sink += uint64(len(scanned(flat, words, asked[i], radii[words]))) })
	fromMemory := time.Duration(float64(8*len(flat)) / memoryRate() * 1e9)
	var search time.Duration
	for b.Loop() {
		search = median(len(asked), func(i int) { sink += uint64(len(x.Within(asked[i], radii[words]))) })
	}
	b.ReportMetric(float64(adding.Nanoseconds())/float64(len(all)), "ns/add")
	b.ReportMetric(float64(held)/float64(len(all)), "B/hash")
	b.ReportMetric(0, "ns/op") // of a round, which means nothing
	b.ReportMetric(float64(search.Microseconds()), "us/search")
	b.ReportMetric(float64(scan)/float64(search), "x-scan")
	b.ReportMetric(float64(read)/float64(search), "x-read")
	b.ReportMetric(float64(fromMemory)/float64(search), "x-memory")
	b.ReportMetric(float64(8*len(flat))/read.Seconds()/1e9, "GB/s-read")
	runtime.KeepAlive(x)
	runtime.KeepAlive(all) // it was there before as well
}

// memoryRate is how many bytes a second are read of an array that is larger than caches.
func memoryRate() float64 {
	large := make([]uint64, 64<<20)
	for i := range large {
		large[i] = uint64(i) // pages that were never written are all one
	}
	took := median(5, func(int) { sink += sum(large) })
	return float64(8*len(large)) / took.Seconds()
}

// BenchmarkAgainstATree compares a search with that in a tree of differences, among 100,000
// hashes: a larger tree takes longer to grow than the rest of this.
func BenchmarkAgainstATree(b *testing.B) {
	for words, radius := range radii {
		b.Run(fmt.Sprintf("%dbits", 64*words), func(b *testing.B) {
			r := rand.New(rand.NewPCG(2, uint64(words)))
			all := hashes(r, 100_000, 0)
			x, tree := indexes()[words], grow(words, all)
			for id, h := range all {
				x.Add(h, uint32(id))
			}
			var search, inTree time.Duration
			for b.Loop() {
				search = median(101, func(i int) { sink += uint64(len(x.Within(all[(50_021+997*i)%len(all)], radius))) })
				inTree = median(9, func(i int) { sink += uint64(len(tree.within(all[(50_021+997*i)%len(all)], radius))) })
			}
			b.ReportMetric(0, "ns/op") // of a round, which means nothing
			b.ReportMetric(float64(search.Microseconds()), "us/search")
			b.ReportMetric(float64(inTree)/float64(search), "x-tree")
		})
	}
}

// sink keeps results from being thought away.
var sink uint64

// sum reads all there is, in four chains, as fast as memory gives it.
func sum(flat []uint64) uint64 {
	var a, b, c, d uint64
	for ; len(flat) >= 4; flat = flat[4:] {
		a, b, c, d = a+flat[0], b+flat[1], c+flat[2], d+flat[3]
	}
	return a + b + c + d
}

func scanned(flat []uint64, words int, asked [4]uint64, radius int) (found []near.Match) {
	if words == 1 {
		for i, h := range flat {
			if d := bits.OnesCount64(h ^ asked[0]); d <= radius {
				found = append(found, near.Match{ID: uint32(i), Bits: d})
			}
		}
		return found
	}
	for i := 0; i < len(flat); i += 4 {
		h := flat[i : i+4 : i+4]
		d := bits.OnesCount64(h[0]^asked[0]) + bits.OnesCount64(h[1]^asked[1]) +
			bits.OnesCount64(h[2]^asked[2]) + bits.OnesCount64(h[3]^asked[3])
		if d <= radius {
			found = append(found, near.Match{ID: uint32(i / 4), Bits: d})
		}
	}
	return found
}

func median(rounds int, do func(i int)) time.Duration {
	took := make([]time.Duration, rounds)
	for i := range took {
		began := time.Now()
		do(i)
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[len(took)/2]
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// tree is one of differences (Burkhard and Keller 1973). Node 0 is its top.
type tree struct {
	words int
	nodes []node
}

type node struct {
	hash        [4]uint64
	first, next uint32 // child, and sibling; 0 is none
	apart       uint32 // from the node above
}

func grow(words int, all [][4]uint64) *tree {
	t := &tree{words: words, nodes: make([]node, 1, len(all))}
	t.nodes[0].hash = all[0]
	for _, h := range all[1:] {
		t.put(h)
	}
	return t
}

func (t *tree) put(h [4]uint64) {
	for at := uint32(0); ; {
		d := uint32(t.distance(at, h))
		child := t.nodes[at].first
		for child != 0 && t.nodes[child].apart != d {
			child = t.nodes[child].next
		}
		if child == 0 {
			t.nodes = append(t.nodes, node{hash: h, apart: d, next: t.nodes[at].first})
			t.nodes[at].first = uint32(len(t.nodes) - 1)
			return
		}
		at = child
	}
}

func (t *tree) distance(at uint32, h [4]uint64) (d int) {
	for w := range t.words {
		d += bits.OnesCount64(t.nodes[at].hash[w] ^ h[w])
	}
	return d
}

func (t *tree) within(h [4]uint64, radius int) (found []near.Match) {
	for todo := []uint32{0}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		d := t.distance(at, h)
		if d <= radius {
			found = append(found, near.Match{ID: at, Bits: d})
		}
		for c := t.nodes[at].first; c != 0; c = t.nodes[c].next {
			if k := int(t.nodes[c].apart); k >= d-radius && k <= d+radius {
				todo = append(todo, c)
			}
		}
	}
	return found
}

func TestTheTreeThatIsMeasuredAgainstFindsWhatItMust(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 3))
	all := hashes(r, 3000, 0.1)
	for words, radius := range radii {
		tree := grow(words, all)
		for i := range 20 {
			asked := turned(r, all[i*100], 5)
			if got, want := len(tree.within(asked, radius)), len(linear(words, all, asked, radius)); got != want {
				t.Errorf("%d words: %d, of %d", words, got, want)
			}
		}
	}
}
