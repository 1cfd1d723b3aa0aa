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

func newLink(a, b string, r Finding) Link {
	return Link{min(a, b), max(a, b), r.Relation, r.Address, r.Clock, r.Why}
}

// Clusters are the pictures of a corpus that stand in more than one message, and those of one page
// that do together; the largest first. What one message says of several addresses was posted once. It
// searches for every picture whose file is there (see Search); comparisons are kept in the corpus,
// so that another run takes little, and one that was ended goes on.
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
	if err := f.Search(ctx, sums, p); err != nil {
		return nil, err
	}
	g, err := f.linked(ctx)
	if err != nil {
		return nil, err
	}
	in, err := f.messages(ctx)
	if err != nil {
		return nil, err
	}
	out, links := []Cluster(nil), g.bySet()
	for _, members := range g.sets(sums) {
		if in.together(members) < 2 {
			continue
		}
		c, err := f.cluster(ctx, members)
		if err != nil {
			return nil, err
		}
		c.Links = append(c.Links, links[g.Of(members[0])]...)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b Cluster) int { return cmp.Compare(len(b.Pictures), len(a.Pictures)) })
	return out, nil
}

// cluster is the pictures with their claims.
func (f *Finder) cluster(ctx context.Context, members []string) (Cluster, error) {
	c := Cluster{Links: []Link{}}
	for _, sum := range members {
		claims, err := f.store.ClaimsWith(ctx, sum, "")
		if err != nil {
			return c, err
		}
		c.Pictures = append(c.Pictures, Member{sum, claims})
	}
	return c, nil
}

// open is a picture of the corpus; nil where its file is not there or cannot be read.
func (f *Finder) open(ctx context.Context, sum string) (*picture.Picture, error) {
	data, err := f.file(ctx, sum)
	if data == nil || err != nil {
		return nil, err
	}
	return f.read(ctx, sum, data)
}
