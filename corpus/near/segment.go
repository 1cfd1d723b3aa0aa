package near

import "math/bits"

// segment has the tables of a stretch of rows. It is never changed: rows that came later
// get a segment of their own, and are now and then laid together with those before.
type segment struct {
	from, to int // rows
	tables   []table
}

// table has the rows of a segment in the order of one piece: those of key k are
// entries starts[k] to starts[k+1].
type table struct {
	starts  []uint32
	entries []uint32 // a row each, counted from the segment's first; with a half of its hash behind it if inline
}

func (s *segment) rows() int { return s.to - s.from }

// half is the half of a hash of 64 bits in which the piece of table t does not lie: enough to
// see for all but a few of a key's rows that they are too far away.
func half(h uint64, t int) uint32 {
	if t < 64/pieceBits/2 {
		return uint32(h >> 32)
	}
	return uint32(h)
}

// build makes the tables of rows from to to.
func (x *Index[H]) build(from, to int) *segment {
	var h H
	s := &segment{from, to, make([]table, pieces(h))}
	for t := range s.tables {
		s.tables[t] = x.table(t, from, to)
	}
	return s
}

func (x *Index[H]) table(t, from, to int) table {
	starts := make([]uint32, 1<<pieceBits+1)
	for row := from; row < to; row++ {
		starts[1+int(piece(x.rows.hash(row), t))]++
	}
	for k := range 1 << pieceBits {
		starts[k+1] += starts[k]
	}
	next, entries := append([]uint32{}, starts...), make([]uint32, (to-from)*x.words())
	for row := from; row < to; row++ {
		h := x.rows.hash(row)
		at := &next[piece(h, t)]
		entries[int(*at)*x.words()] = uint32(row - from)
		if x.inline() {
			entries[int(*at)*2+1] = half((*h)[0], t)
		}
		*at++
	}
	return table{starts, entries}
}

const (
	// restShare is the share of all rows that may lie outside of the segments: they are looked at
	// one by one, which takes little beside the rest of a search.
	restShare, restLeast = 512, 1024
	// heavier is by how many times a segment must outweigh what comes after it: with less
	// there are many segments to search, with more rows are laid out anew more often.
	heavier = 8
)

// settled says whether few enough rows lie outside of the segments.
func (x *Index[H]) settled() bool {
	return x.rows.n-x.covered() <= max(restLeast, x.rows.n/restShare)
}

func (x *Index[H]) covered() int {
	if n := len(x.segments); n > 0 {
		return x.segments[n-1].to
	}
	return 0
}

// settle puts all rows into segments.
func (x *Index[H]) settle() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.settled() {
		return // somebody else did
	}
	from := x.covered()
	for n := len(x.segments); n > 0 && (x.rows.n-from)*heavier >= x.segments[n-1].rows(); n-- {
		from, x.segments = x.segments[n-1].from, x.segments[:n-1]
	}
	clear(x.segments[len(x.segments):cap(x.segments)]) // lets go of their tables before new ones are made
	x.segments = append(x.segments, x.build(from, x.rows.n))
}

// words is the length of an entry.
func (x *Index[H]) words() int {
	if x.inline() {
		return 2
	}
	return 1
}

// inline says whether tables hold a half of each hash.
func (x *Index[H]) inline() bool {
	var h H
	return len(h) == 1
}

// check takes those of a segment's entries in one table that lie within the radius.
func (x *Index[H]) check(s *search[H], g *segment, t int, entries []uint32) {
	if !x.inline() {
		for _, row := range entries {
			x.take(s, t, g.from+int(row))
		}
		return
	}
	for own := half(s.hash[0], t); len(entries) >= 2; entries = entries[2:] {
		if bits.OnesCount32(entries[1]^own) <= s.radius {
			x.take(s, t, g.from+int(entries[0]))
		}
	}
}
