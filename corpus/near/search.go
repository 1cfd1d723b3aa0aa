package near

import "math/bits"

// search is one search on its way.
type search[H Hash] struct {
	hash   H
	radius int
	reach  []int // for each table
	spans  []span
	near   []candidate // of the spans that are looked at together
	found  []Match
	sum    uint32 // of what was touched, so that it is
}

// span is what one key has in a table; left is how many bits may differ beside the key's.
type span struct {
	from, to    uint32
	table, left uint16
}

// candidate is a row that may lie within the radius, and the table that gave it.
type candidate struct{ table, row uint32 }

// What looking up costs, in looks at a hash that is the next in memory; measured with
// BenchmarkSearch. A wrong guess costs time and nothing else.
const (
	costKey  = 16 // finding where a key's entries begin
	costHalf = 2  // a row whose hash the table has half of
	costFar  = 8  // one whose hash lies elsewhere
)

// find looks at all rows of the index that may lie within the radius.
func (x *Index[H]) find(s *search[H]) {
	for _, g := range x.segments {
		if x.worthLooking(s, g) {
			x.look(s, g)
		} else {
			x.scan(s, g.from, g.to)
		}
	}
	x.scan(s, x.covered(), x.rows.n)
}

// keys is how many are looked up in all tables, as far as that is worth it.
func (s *search[H]) keys() (n int) {
	for _, reach := range s.reach {
		if reach >= 0 {
			n += flips().upTo[reach]
		}
	}
	return min(n, mostKeys)
}

// worthLooking says whether the tables are the cheaper way: it notes and counts what they
// would give.
func (x *Index[H]) worthLooking(s *search[H], g *segment) bool {
	if s.spans = s.spans[:0]; s.spans == nil {
		s.spans, s.near = make([]span, 0, s.keys()), make([]candidate, 0, 16*abreast)
	}
	budget, each := g.rows(), costFar
	if x.halved() {
		each = costHalf
	}
	flips := flips()
	for t, reach := range s.reach {
		if reach < 0 {
			continue
		}
		if budget -= costKey * flips.upTo[reach]; budget < 0 {
			return false
		}
		starts, own := g.tables[t].starts, piece(&s.hash, t)
		for _, f := range flips.all[:flips.upTo[reach]] {
			k := int(own ^ f)
			if from, to := starts[k], starts[k+1]; from < to {
				s.spans = append(s.spans, span{from, to, uint16(t), uint16(s.radius - bits.OnesCount16(f))})
				budget -= each * int(to-from)
			}
		}
	}
	return budget >= 0
}

// abreast is how many places in memory are asked for at once: they come in the time of
// one, if they do not wait for each other.
const abreast = 32

// mostKeys is how many a search is made ready for at once.
const mostKeys = 1 << 12

// look looks at the spans.
func (x *Index[H]) look(s *search[H], g *segment) {
	for todo := s.spans; len(todo) > 0; {
		some := todo[:min(abreast, len(todo))]
		todo = todo[len(some):]
		for _, p := range some {
			s.sum += g.tables[p.table].first(p)
		}
		s.near = s.near[:0]
		for _, p := range some {
			x.sift(s, g, p)
		}
		for _, c := range s.near {
			s.sum += uint32((*x.rows.hash(int(c.row)))[0])
		}
		for _, c := range s.near {
			x.take(s, int(c.table), int(c.row))
		}
	}
}

// sift notes those rows of a span that may lie within the radius.
func (x *Index[H]) sift(s *search[H], g *segment, p span) {
	t := &g.tables[p.table]
	rows := t.rows[p.from:p.to]
	if t.halves == nil {
		for _, row := range rows {
			s.near = append(s.near, candidate{uint32(p.table), uint32(g.from) + row})
		}
		return
	}
	own, left := half(s.hash[0], int(p.table)), int(p.left)
	for i, h := range t.halves[p.from:p.to] {
		if bits.OnesCount32(h^own) <= left {
			s.near = append(s.near, candidate{uint32(p.table), uint32(g.from) + rows[i]})
		}
	}
}

// take keeps a row that lies within the radius, unless an earlier table gave it.
func (x *Index[H]) take(s *search[H], table, row int) {
	h := x.rows.hash(row)
	d := distance(h, &s.hash)
	if d > s.radius {
		return
	}
	for t, reach := range s.reach[:table] {
		if bits.OnesCount16(piece(h, t)^piece(&s.hash, t)) <= reach {
			return
		}
	}
	s.found = append(s.found, Match{x.rows.id(row), d})
}

// scan looks at every hash of a stretch of rows.
func (x *Index[H]) scan(s *search[H], from, to int) {
	for from < to {
		page, first := x.rows.hashes[from/pageRows], from%pageRows
		n := min(pageRows-first, to-from)
		for i := range page[first : first+n] {
			if d := distance(&page[first+i], &s.hash); d <= s.radius {
				s.found = append(s.found, Match{x.rows.id(from + i), d})
			}
		}
		from += n
	}
}
