package reuse

import (
	"context"

	"github.com/defacecheck/defacecheck/corpus/disjoint"
	"github.com/defacecheck/defacecheck/verify"
)

// groups are sets of pictures, and the links that made them.
type groups struct {
	disjoint.Sets[string]
	links []Link
}

func (g *groups) join(l Link) {
	if g.Join(l.One, l.Other) {
		g.links = append(g.links, l)
	}
}

// sets are the groups in the order of their first picture, each in order.
func (g *groups) sets(all []string) (out [][]string) {
	at := map[string]int{}
	for _, s := range all {
		t := g.Of(s)
		if _, ok := at[t]; !ok {
			at[t] = len(out)
			out = append(out, nil)
		}
		out[at[t]] = append(out[at[t]], s)
	}
	return out
}

// bySet are the links by the set that they hold together.
func (g *groups) bySet() map[string][]Link {
	all := map[string][]Link{}
	for _, l := range g.links {
		t := g.Of(l.One)
		all[t] = append(all[t], l)
	}
	return all
}

// linked are the pictures of the corpus that were found to be of one page. Of the comparisons that
// would hold a set together it has those that tell most.
func (f *Finder) linked(ctx context.Context) (*groups, error) {
	rows, err := f.store.DB().QueryContext(ctx, `SELECT one, other, relation, address, clock, why FROM relations
		WHERE method = $1 AND page AND one <> other
		ORDER BY CASE relation WHEN $2 THEN 0 WHEN $3 THEN 1 ELSE 2 END, one, other`,
		method, string(verify.SameScreenshot), string(verify.SamePage))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	g := new(groups)
	for rows.Next() {
		var l Link
		if err := rows.Scan(&l.One, &l.Other, &l.Relation, &l.Address, &l.Clock, &l.Why); err != nil {
			return nil, err
		}
		g.join(l)
	}
	return g, rows.Err()
}
