package near

import "math/bits"

// search is one search on its way.
type search[H Hash] struct {
	hash   H
	radius int
	reach  []int // for each table
	spans  []span
	found  []Match
	sum    uint32 // of what was touched, so that it is
}

// span is what one key has in a table.
type span struct{ table, from, to uint32 }

// What looking up costs, in looks at a hash that is the next in memory; measured with
// BenchmarkSearch. A wrong guess costs time and nothing else.
const (
	costKey    = 16 // finding where a key's entries begin
	costInline = 2  // an entry that has half of the hash with it
	costFar    = 8  // one whose hash lies elsewhere
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

// worthLooking says whether the tables are the cheaper way: it notes and counts what they
// would give.
func (x *Index[H]) worthLooking(s *search[H], g *segment) bool {
	s.spans = s.spans[:0]
	budget, each := g.rows(), costFar
	if x.inline() {
		each = costInline
	}
	for t, reach := range s.reach {
		if reach < 0 {
			continue
		}
		if budget -= costKey * upTo[reach]; budget < 0 {
			return false
		}
		starts, own := g.tables[t].starts, piece(&s.hash, t)
		for _, f := range flips[:upTo[reach]] {
			k := int(own ^ f)
			if from, to := starts[k], starts[k+1]; from < to {
				s.spans = append(s.spans, span{uint32(t), from, to})
				budget -= each * int(to-from)
			}
		}
	}
	return budget >= 0
}

// abreast is how many places in memory are asked for at once: they come in the time of
// one, if they do not wait for each other.
const abreast = 32

// look looks at the spans.
func (x *Index[H]) look(s *search[H], g *segment) {
	w := uint32(x.words())
	for todo := s.spans; len(todo) > 0; {
		some := todo[:min(abreast, len(todo))]
		todo = todo[len(some):]
		for _, p := range some {
			s.sum += g.tables[p.table].entries[p.from*w]
		}
		for _, p := range some {
			x.check(s, g, int(p.table), g.tables[p.table].entries[p.from*w:p.to*w])
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
