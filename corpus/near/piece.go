package near

import (
	"math/bits"
	"sync"
)

// pieceBits is the width of a piece: 65,536 keys a table, which suits from a hundred
// thousand hashes to tens of millions.
const pieceBits = 16

// pieces is how many a hash has.
func pieces[H Hash](h H) int { return len(h) * (64 / pieceBits) }

// piece is one of them.
func piece[H Hash](h *H, t int) uint16 {
	return uint16((*h)[t*pieceBits>>6] >> (t * pieceBits & 63))
}

// diagonals lists the bits of a hash of side x side bits, row by row, in the order of the diagonals,
// 16 for each piece.
func diagonals(side int) []uint8 {
	tables := side * side / pieceBits
	var order []uint8
	for t := range tables {
		for i := range side * side {
			if (i/side+i%side)%tables == t {
				order = append(order, uint8(i))
			}
		}
	}
	return order
}

// reaches says, for each table, in how many bits a key may differ from the piece asked for: of hashes
// within the radius, every one is in reach in at least one table. Below 0 a table
// is not asked.
func reaches(tables, radius int) []int {
	all := make([]int, tables)
	for t := range all {
		all[t] = min(radius/tables, pieceBits)
		if t > radius%tables {
			all[t]--
		}
	}
	return all
}

// changes are all changes to a key.
type changes struct {
	all  []uint16           // those of fewest bits first
	upTo [pieceBits + 1]int // upTo[n] is how many change at most n bits
}

// flips makes them when they are first asked for: every start of the program, and of
// its children, would pay for them else.
var flips = sync.OnceValue(func() *changes {
	c := &changes{}
	for n := range c.upTo {
		for f := range 1 << pieceBits {
			if bits.OnesCount16(uint16(f)) == n {
				c.all = append(c.all, uint16(f))
			}
		}
		c.upTo[n] = len(c.all)
	}
	return c
})
