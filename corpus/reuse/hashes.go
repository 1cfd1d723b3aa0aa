package reuse

import (
	"cmp"
	"context"
	"slices"

	"github.com/defacecheck/defacecheck/corpus/near"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

// hashes are those of the pictures of a corpus that hold enough to be told by them.
type hashes struct {
	index *near.Index[[4]uint64]
	sums  []string // by number in index
	of    map[string][4]uint64
}

func (f *Finder) hashes(ctx context.Context) (*hashes, error) {
	rows, err := f.store.DB().QueryContext(ctx,
		"SELECT sha256, wide_0, wide_1, wide_2, wide_3 FROM pictures WHERE informative ORDER BY sha256")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	h := &hashes{index: near.New256(), of: map[string][4]uint64{}}
	for rows.Next() {
		var sum string
		var w [4]int64
		if err := rows.Scan(&sum, &w[0], &w[1], &w[2], &w[3]); err != nil {
			return nil, err
		}
		hash := [4]uint64{uint64(w[0]), uint64(w[1]), uint64(w[2]), uint64(w[3])}
		h.index.Add(hash, uint32(len(h.sums)))
		h.sums, h.of[sum] = append(h.sums, sum), hash
	}
	return h, rows.Err()
}

// alike is a picture that hashes like another.
type alike struct {
	sum  string
	bits int // that differ
}

// like are the pictures that hash like one of the corpus, as recompressed copies do; the
// most alike first.
func (h *hashes) like(sum string) (all []alike) {
	hash, ok := h.of[sum]
	if !ok {
		return nil
	}
	for _, m := range h.index.Within(hash, store.Radius) {
		if other := h.sums[m.ID]; other != sum {
			all = append(all, alike{other, m.Bits})
		}
	}
	return all
}

// joinByHash links pictures that cannot be compared with those that hash like them, the most alike
// first. Two sets of pictures that were compared, and are apart, are not joined by one that was not.
func (g *groups) joinByHash(h *hashes, blind map[string]bool) {
	var all []pair
	for sum := range blind {
		for _, a := range h.like(sum) {
			all = append(all, pair{min(sum, a.sum), max(sum, a.sum), a.bits})
		}
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.bits, b.bits), cmp.Compare(a.one, b.one), cmp.Compare(a.other, b.other))
	})
	seen := map[string]bool{} // sets with a picture that was compared
	for sum := range h.of {
		if !blind[sum] {
			seen[g.Of(sum)] = true
		}
	}
	for _, p := range all {
		a, b := g.Of(p.one), g.Of(p.other)
		if seen[a] && seen[b] {
			continue
		}
		g.join(Link{One: p.one, Other: p.other, Relation: verify.Unexamined})
		seen[g.Of(a)] = seen[a] || seen[b]
	}
}

// pair is two pictures that hash alike.
type pair struct {
	one, other string
	bits       int
}
