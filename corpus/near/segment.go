package near

// segment has the tables of a stretch of rows. It is never changed: rows that came later
// get a segment of their own, and are now and then laid together with those before.
type segment struct {
	from, to int // rows
	tables   []table
}

// table has the rows of a segment in the order of one piece: those of key k are
// rows[starts[k]] to rows[starts[k+1]-1].
type table struct {
	starts []uint32
	rows   []uint32 // counted from the segment's first
	halves []uint32 // of their hashes; nil if wider hashes are looked at themselves
}

// first reads the beginning of a span.
func (t *table) first(p span) uint32 {
	if t.halves == nil {
		return t.rows[p.from]
	}
	return t.halves[p.from]
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
	next, made := append([]uint32{}, starts...), table{starts: starts, rows: make([]uint32, to-from)}
	if x.halved() {
		made.halves = make([]uint32, to-from)
	}
	for row := from; row < to; row++ {
		h := x.rows.hash(row)
		at := &next[piece(h, t)]
		made.rows[*at] = uint32(row - from)
		if made.halves != nil {
			made.halves[*at] = half((*h)[0], t)
		}
		*at++
	}
	return made
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

// halved says whether tables hold a half of each hash.
func (x *Index[H]) halved() bool {
	var h H
	return len(h) == 1
}
