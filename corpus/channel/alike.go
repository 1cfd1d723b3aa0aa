package channel

import (
	"context"
	"fmt"
	"math/bits"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// Grouper says which pictures are, or may be, one picture used again. Groups gives the
// places in pictures, each at most once and at least two together; Method says in a
// sentence how they were found and what a group does not prove.
type Grouper interface {
	Groups(ctx context.Context, pictures []corpus.Picture) ([][]int, error)
	Method() string
}

// Alike groups pictures by their hashes: those that store.Radius takes for recompressed
// copies, and the copies of copies. It misses none.
type Alike struct{}

// Method implements Grouper.
func (Alike) Method() string {
	return fmt.Sprintf("Pictures are put together when they are the same file or when at most %d of the 256 bits of their "+
		"perceptual hashes differ, as for recompressed copies. One defacement page put on several sites can look the same, so a picture that returns does not by itself speak against a claim.", store.Radius)
}

// Pieces of hashes. Two hashes that differ in at most store.Radius bits have one of
// store.Radius + 1 pieces in common (Norouzi, Punjani and Fleet, "Fast search in Hamming
// space with multi-index hashing", CVPR 2012).
const (
	pieces    = store.Radius + 1
	pieceBits = 256 / pieces
)

// Groups implements Grouper. Pictures without content hash alike and stay apart.
func (Alike) Groups(ctx context.Context, pictures []corpus.Picture) ([][]int, error) {
	s := newSets(len(pictures))
	var with [pieces][1 << pieceBits][]int32 // pictures by each piece of their hash
	for i := range pictures {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("compare pictures: %w", err)
		}
		if !pictures[i].Print.Informative {
			continue
		}
		hash := pictures[i].Print.Difference256
		for p := range pieces {
			bucket := &with[p][piece(hash, p*pieceBits)]
			for _, j := range *bucket {
				if near(hash, pictures[j].Print.Difference256) {
					s.join(i, int(j))
				}
			}
			*bucket = append(*bucket, int32(i))
		}
	}
	return s.groups(), nil
}

// piece is the pieceBits of a hash from a bit on.
func piece(hash [4]uint64, from int) uint64 {
	word, shift := from/64, from%64
	x := hash[word] >> shift
	if shift+pieceBits > 64 {
		x |= hash[word+1] << (64 - shift)
	}
	return x & (1<<pieceBits - 1)
}

func near(a, b [4]uint64) bool {
	far := 0
	for w := range a {
		far += bits.OnesCount64(a[w] ^ b[w])
	}
	return far <= store.Radius
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

// groups are the sets of two and more, by their least members.
func (s sets) groups() [][]int {
	members := map[int][]int{}
	for i := range s {
		members[s.of(i)] = append(members[s.of(i)], i)
	}
	var all [][]int
	for i := range s {
		if g := members[i]; s.of(i) == i && len(g) > 1 {
			all = append(all, g)
		}
	}
	return all
}
