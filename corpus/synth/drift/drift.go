// Package drift changes pages over time as those who keep them do: news with a date,
// a paragraph that is rewritten, the year of a copyright line, a date of the last
// change, and, on some sites, an item that is another at every visit.
//
// A History says when a page changed; it is drawn from a seed and the page's name, so
// that the page at a moment is always the same. How often pages change, and that
// half of the sites have an item that rotates, is assumed: news about every ten days,
// a rewritten passage about every forty, both exponentially spaced. (Cho and
// Garcia-Molina, The Evolution of the Web and Implications for an Incremental
// Crawler, VLDB 2000, find that changes of pages are well described by a Poisson
// process, and a mean interval of about four months over all pages; start pages
// change more often.)
//
// Only text is changed, in the document and not by scripts, so that archive and
// visitor see the same. The sentences are the project's own and English, whatever the
// site's language is. A page without a paragraph gets its news at the end.
package drift

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// The intervals between changes; see the package comment.
const (
	newsEvery    = 10 * 24 * time.Hour
	editEvery    = 40 * 24 * time.Hour
	rotatingPart = 0.5
)

// History is when one page changed, and how.
type History struct {
	news     []entry // oldest first
	edits    []entry
	rotating bool
	key      string
}

type entry struct {
	at   time.Time
	draw uint64 // what is said, and where
}

// New draws the history of a page between two moments.
func New(seed uint64, page string, from, to time.Time) *History {
	rng := Rand(seed, "drift", page)
	h := &History{key: page, rotating: rng.Float64() < rotatingPart}
	h.news = spaced(rng, newsEvery, from, to)
	h.edits = spaced(rng, editEvery, from, to)
	return h
}

// spaced draws moments that lie exponentially apart.
func spaced(rng *rand.Rand, mean time.Duration, from, to time.Time) (out []entry) {
	for at := from; ; {
		gap := -math.Log(1-rng.Float64()) * float64(mean)
		at = at.Add(time.Duration(gap)).Truncate(time.Minute)
		if at.After(to) {
			return out
		}
		out = append(out, entry{at, rng.Uint64()})
	}
}

// Rand is a source of random numbers that is the same for the same seed and names.
func Rand(seed uint64, names ...any) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d", seed)
	for _, n := range names {
		fmt.Fprintf(h, "\x00%v", n)
	}
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// Changes are the moments of (from, to] at which the page changed, oldest first.
func (h *History) Changes(from, to time.Time) (out []time.Time) {
	for _, list := range [][]entry{h.news, h.edits} {
		for _, e := range list {
			if e.at.After(from) && !e.at.After(to) {
				out = append(out, e.at)
			}
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// by returns the entries up to at.
func by(list []entry, at time.Time) []entry {
	n := 0
	for n < len(list) && !list[n].at.After(at) {
		n++
	}
	return list[:n]
}
