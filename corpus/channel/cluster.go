package channel

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
)

// Cluster is a picture that was used for several claims.
type Cluster struct {
	Number  int       `json:"number"` // from 1, as claims name it
	Claims  int       `json:"claims"`
	Files   int       `json:"files"` // different files; 1 is the very same
	Sites   []string  `json:"sites"` // claimed with it, in order of posting
	First   time.Time `json:"first_posting,omitzero"`
	Last    time.Time `json:"last_posting,omitzero"`
	Picture string    `json:"picture_sha256"` // of the claim that came first
}

// cluster finds the pictures that were used again, and the claims that go together:
// those of one cluster or one site.
func (s *Study) cluster(ctx context.Context, g Grouper, pictures []corpus.Picture) error {
	if g == nil {
		g = Alike{}
	}
	s.Grouping = g.Method()
	groups, err := g.Groups(ctx, pictures)
	if err != nil {
		return err
	}
	alias := map[string]string{} // the first picture of the group for each of its pictures
	for _, group := range groups {
		for _, p := range group {
			alias[pictures[p].SHA256] = pictures[group[0]].SHA256
		}
	}
	uses := map[string][]int{}
	for i, c := range s.claims {
		name := cmp.Or(alias[c.Picture], c.Picture)
		uses[name] = append(uses[name], i)
	}
	s.Clusters = s.number(uses)
	s.together(uses)
	return nil
}

// number makes clusters of pictures used more than once, largest first.
func (s *Study) number(uses map[string][]int) []Cluster {
	var places [][]int
	for _, at := range uses {
		if len(at) > 1 {
			slices.SortStableFunc(at, func(i, j int) int { return byPosting(s.claims[i], s.claims[j]) })
			places = append(places, at)
		}
	}
	slices.SortFunc(places, func(a, b []int) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), byPosting(s.claims[a[0]], s.claims[b[0]]))
	})
	all := make([]Cluster, 0, len(places))
	for n, at := range places {
		for _, i := range at {
			s.claims[i].Cluster = n + 1
		}
		all = append(all, newCluster(n+1, at, s.claims))
	}
	return all
}

// byPosting sorts claims by when they were posted; those of unknown time come last.
func byPosting(a, b Claim) int {
	if a.Posted.IsZero() != b.Posted.IsZero() {
		if a.Posted.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Posted.Compare(b.Posted), cmp.Compare(a.ID, b.ID))
}

func newCluster(number int, at []int, claims []Claim) Cluster {
	c := Cluster{Number: number, Claims: len(at), Picture: claims[at[0]].Picture, First: claims[at[0]].Posted}
	files, sites := map[string]bool{}, map[string]bool{}
	for _, i := range at {
		files[claims[i].Picture] = true
		if !sites[claims[i].Site] {
			sites[claims[i].Site] = true
			c.Sites = append(c.Sites, claims[i].Site)
		}
		if claims[i].Posted.After(c.Last) {
			c.Last = claims[i].Posted
		}
	}
	c.Files = len(files)
	return c
}

// together gives claims of one picture or one site one group.
func (s *Study) together(uses map[string][]int) {
	all, first := newSets(len(s.claims)), map[string]int{}
	for _, at := range uses {
		for _, i := range at {
			all.join(at[0], i)
		}
	}
	for i, c := range s.claims {
		if j, ok := first[c.Site]; ok {
			all.join(i, j)
		} else {
			first[c.Site] = i
		}
	}
	for i := range s.claims {
		s.claims[i].group = all.of(i)
	}
}
