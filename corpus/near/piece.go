package near

import "math/bits"

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

// flips are all changes to a key, those of fewest bits first; upTo[n] is how many
// change at most n bits.
var flips, upTo = allFlips()

func allFlips() (all []uint16, upTo [pieceBits + 1]int) {
	for n := range upTo {
		for f := range 1 << pieceBits {
			if bits.OnesCount16(uint16(f)) == n {
				all = append(all, uint16(f))
			}
		}
		upTo[n] = len(all)
	}
	return all, upTo
}
