package reuse

import (
	"context"

	"github.com/defacecheck/defacecheck/verify"
)

// groups are sets of pictures that are linked.
type groups struct {
	above map[string]string
	links []Link
}

func newGroups() *groups { return &groups{above: map[string]string{}} }

// top names the set of a picture.
func (g *groups) top(s string) string {
	for g.above[s] != "" {
		if next := g.above[g.above[s]]; next != "" {
			g.above[s] = next // halves the way for those who come after
		}
		s = g.above[s]
	}
	return s
}

func (g *groups) join(l Link) {
	if a, b := g.top(l.One), g.top(l.Other); a != b {
		g.above[max(a, b)] = min(a, b)
		g.links = append(g.links, l)
	}
}

// sets are the groups in the order of their first picture, each in order.
func (g *groups) sets(all []string) (out [][]string) {
	at := map[string]int{}
	for _, s := range all {
		t := g.top(s)
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
		t := g.top(l.One)
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
	g := newGroups()
	for rows.Next() {
		var l Link
		if err := rows.Scan(&l.One, &l.Other, &l.Relation, &l.Address, &l.Clock, &l.Why); err != nil {
			return nil, err
		}
		g.join(l)
	}
	return g, rows.Err()
}
