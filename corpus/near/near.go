package near

import (
	"cmp"
	"math/bits"
	"slices"
	"sync"
)

// Hash is a hash of 64 or of 256 bits.
type Hash interface{ [1]uint64 | [4]uint64 }

// Match is a hash that was found.
type Match struct {
	ID   uint32 // as it was added
	Bits int    // that differ
}

// Index finds hashes within a distance. Its methods may be called from several
// goroutines; a search sees every hash whose Add returned before it began.
type Index[H Hash] struct {
	spread []uint8 // for every bit of a row, the bit of the hash that it is

	mu       sync.RWMutex
	rows     rows[H]
	segments []*segment // in the order of their rows
}

// New64 is an index of hashes of 64 bits, a grid of 8 x 8.
func New64() *Index[[1]uint64] { return &Index[[1]uint64]{spread: diagonals(8)} }

// New256 is an index of hashes of 256 bits, a grid of 16 x 16.
func New256() *Index[[4]uint64] { return &Index[[4]uint64]{spread: diagonals(16)} }

// Len is how many hashes there are.
func (x *Index[H]) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.rows.n
}

// Add puts a hash in under a number of the caller's, which need not be its alone.
func (x *Index[H]) Add(h H, id uint32) {
	h = x.spreadOut(h)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.rows.add(h, id)
}

// Within returns the hashes of which at most radius bits differ from h, the
// nearest first, among equals by number.
func (x *Index[H]) Within(h H, radius int) []Match {
	if radius < 0 {
		return nil
	}
	s := search[H]{hash: x.spreadOut(h), radius: radius}
	s.reach = reaches(pieces(s.hash), radius)
	x.ready()
	defer x.mu.RUnlock()
	x.find(&s)
	slices.SortFunc(s.found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Bits, b.Bits), cmp.Compare(a.ID, b.ID))
	})
	return s.found
}

// ready comes back when the index can be searched, with its reading lock held.
func (x *Index[H]) ready() {
	for {
		x.mu.RLock()
		if x.settled() {
			return
		}
		x.mu.RUnlock()
		x.settle()
	}
}

// spreadOut is a hash with its pieces in order.
func (x *Index[H]) spreadOut(h H) (out H) {
	for to, from := range x.spread {
		out[to>>6] |= h[from>>6] >> (from & 63) & 1 << (to & 63)
	}
	return out
}

// distance is how many bits of two hashes differ.
func distance[H Hash](a, b *H) int {
	n := 0
	for w := range len(*a) {
		n += bits.OnesCount64((*a)[w] ^ (*b)[w])
	}
	return n
}
