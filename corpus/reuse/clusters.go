package reuse

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// Cluster is pictures of one defacement page, linked where what lies within the frames of two
// agrees.
type Cluster struct {
	Pictures []Member `json:"pictures"` // by SHA-256
	Links    []Link   `json:"links"`    // enough to hold the cluster together, and not all there are
}

// Member is a picture and the claims that were made with it, the first first.
type Member struct {
	SHA256 string             `json:"sha256"`
	Claims []verify.Precedent `json:"-"`
}

// Link is what two pictures are to one another.
type Link struct {
	One      string          `json:"one"` // SHA-256
	Other    string          `json:"other"`
	Relation verify.Relation `json:"relation"`
	Address  bool            `json:"same_address_bar"`
	Clock    bool            `json:"same_clock"`
	Why      string          `json:"why"`
}

// Clusters are the pictures of a corpus of which there is more than one of a page, and pictures
// that were claimed more than once; the largest first. It compares every picture whose file is there with
// those that share landmarks with it, until it is linked; comparisons are kept in the corpus, so that
// another run takes little, and one that was ended goes on.
func (f *Finder) Clusters(ctx context.Context, p Progress) ([]Cluster, error) {
	all, err := f.clusters(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("cluster pictures: %w", err)
	}
	return all, nil
}

func (f *Finder) clusters(ctx context.Context, p Progress) ([]Cluster, error) {
	sums, err := f.strings(ctx, "SELECT sha256 FROM pictures ORDER BY sha256")
	if err != nil {
		return nil, err
	}
	g := newGroups()
	for i, sum := range sums {
		if err := f.link(ctx, g, sum); err != nil {
			return nil, fmt.Errorf("picture %.12q: %w", sum, err)
		}
		if p != nil {
			p(i+1, len(sums))
		}
	}
	var out []Cluster
	for _, members := range g.sets(sums) {
		c := Cluster{Links: g.linksOf(members)}
		claims := 0
		for _, sum := range members {
			m := Member{SHA256: sum}
			if m.Claims, err = f.store.ClaimsWith(ctx, sum, ""); err != nil {
				return nil, err
			}
			claims += len(m.Claims)
			c.Pictures = append(c.Pictures, m)
		}
		if claims > 1 {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Cluster) int { return cmp.Compare(len(b.Pictures), len(a.Pictures)) })
	return out, nil
}

// link compares a picture with those that may be of its page and are not in its set.
func (f *Finder) link(ctx context.Context, g *groups, sum string) error {
	own, err := f.open(ctx, sum)
	if own == nil || err != nil {
		return err
	}
	compared := 0
	for _, c := range f.Candidates(own.Image) {
		if c.SHA256 == sum || g.top(c.SHA256) == g.top(sum) {
			continue
		}
		if compared++; compared > MaxCompared {
			break
		}
		r, err := f.relation(ctx, subjectOf(own), c.SHA256)
		if err != nil {
			return err
		}
		if r.Page {
			g.join(Link{min(sum, c.SHA256), max(sum, c.SHA256), r.Relation, r.Address, r.Clock, r.Why})
		}
	}
	return nil
}

// open is a picture of the corpus; nil where its file is not there or cannot be read.
func (f *Finder) open(ctx context.Context, sum string) (*picture.Picture, error) {
	data, err := f.file(ctx, sum)
	if data == nil || err != nil {
		return nil, err
	}
	return f.read(ctx, sum, data)
}

// groups are sets of pictures that are linked.
type groups struct {
	above map[string]string
	links []Link
}

func newGroups() *groups { return &groups{above: map[string]string{}} }

func (g *groups) top(s string) string {
	for g.above[s] != "" {
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

func (g *groups) linksOf(members []string) []Link {
	all := []Link{}
	for _, l := range g.links {
		if _, ok := slices.BinarySearch(members, l.One); ok {
			all = append(all, l)
		}
	}
	return all
}
