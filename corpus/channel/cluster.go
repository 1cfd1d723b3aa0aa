package channel

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify"
)

// Cluster is a picture that stands in several messages of the channel, or several pictures
// of one page that do.
type Cluster struct {
	Number   int       `json:"number"`   // from 1, as claims name it
	Messages int       `json:"messages"` // at least 2; what one message says of several addresses was said once
	Claims   int       `json:"claims"`
	Files    int       `json:"files"`    // different files; 1 is the very same
	Relation Relation  `json:"relation"` // of the whole: "same screenshot" if all files are, "same page" if one at least is another
	Sites    []string  `json:"sites"`    // claimed with it, in order of posting
	First    time.Time `json:"first_posting,omitzero"`
	Last     time.Time `json:"last_posting,omitzero"`
	Picture  string    `json:"picture_sha256"` // of the claim that came first
	Pictures []Copy    `json:"pictures"`       // all files, in order of posting
}

// Copy is a file of a cluster.
type Copy struct {
	SHA256   string   `json:"sha256"`
	Relation Relation `json:"relation"` // to the file that was posted first; never "different"
	Claims   int      `json:"claims"`
}

// kinship is to which picture of a group a picture belongs, the first, and what it is to it.
type kinship struct {
	first    string
	relation Relation
}

// cluster finds the pictures that were used again, and the claims that go together:
// those of one page or one site.
func (s *Study) cluster(ctx context.Context, g Grouper, pictures []corpus.Picture) error {
	if g == nil {
		g = bySHA256{}
	}
	s.Grouping = g.Method()
	s.byFirstPosting(pictures)
	groups, err := g.Groups(ctx, pictures)
	if err != nil {
		return err
	}
	kin := kinships(groups, pictures)
	uses := map[string][]int{} // claims by the first picture of theirs
	for i, c := range s.claims {
		first := cmp.Or(kin[c.Picture].first, c.Picture)
		uses[first] = append(uses[first], i)
	}
	s.Clusters = s.number(uses, kin)
	s.together(uses)
	return nil
}

// byFirstPosting puts pictures into the order of the claims that were posted first with them.
func (s *Study) byFirstPosting(pictures []corpus.Picture) {
	first := map[string]int{}
	for i, c := range s.claims {
		if j, ok := first[c.Picture]; !ok || byPosting(c, s.claims[j]) < 0 {
			first[c.Picture] = i
		}
	}
	slices.SortFunc(pictures, func(a, b corpus.Picture) int {
		return byPosting(s.claims[first[a.SHA256]], s.claims[first[b.SHA256]])
	})
}

func kinships(groups []Group, pictures []corpus.Picture) map[string]kinship {
	kin := map[string]kinship{}
	for _, g := range groups {
		for i, p := range g.Pictures {
			kin[pictures[p].SHA256] = kinship{pictures[g.Pictures[0]].SHA256, cmp.Or(g.Relations[i], NotCompared)}
		}
	}
	return kin
}

// number makes clusters of what stands in more than one message, that which stands in most first.
func (s *Study) number(uses map[string][]int, kin map[string]kinship) []Cluster {
	type use struct {
		claims   []int // in order of posting
		messages int
	}
	var again []use
	for _, at := range uses {
		if n := s.messages(at); n > 1 {
			slices.SortFunc(at, func(i, j int) int { return byPosting(s.claims[i], s.claims[j]) })
			again = append(again, use{at, n})
		}
	}
	slices.SortFunc(again, func(a, b use) int {
		return cmp.Or(cmp.Compare(b.messages, a.messages), cmp.Compare(len(b.claims), len(a.claims)), byPosting(s.claims[a.claims[0]], s.claims[b.claims[0]]))
	})
	all := make([]Cluster, 0, len(again))
	for n, u := range again {
		for _, i := range u.claims {
			c := &s.claims[i]
			c.Cluster, c.Relation = n+1, cmp.Or(kin[c.Picture].relation, verify.IdenticalFile)
		}
		all = append(all, s.newCluster(u.claims, u.messages))
	}
	return all
}

// messages is in how many messages claims were posted.
func (s *Study) messages(claims []int) int {
	all := map[int32]bool{}
	for _, i := range claims {
		for _, m := range s.claims[i].messages {
			all[m] = true
		}
	}
	return len(all)
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

// newCluster counts the claims of a cluster, which are in order of posting.
func (s *Study) newCluster(at []int, messages int) Cluster {
	first := s.claims[at[0]]
	c := Cluster{Number: first.Cluster, Messages: messages, Claims: len(at), Picture: first.Picture, First: first.Posted}
	file, sites := map[string]int{}, map[string]bool{}
	for _, i := range at {
		claim := s.claims[i]
		n, ok := file[claim.Picture]
		if !ok {
			n, file[claim.Picture] = len(c.Pictures), len(c.Pictures)
			c.Pictures = append(c.Pictures, Copy{SHA256: claim.Picture, Relation: claim.Relation})
		}
		c.Pictures[n].Claims++
		if !sites[claim.Site] {
			sites[claim.Site] = true
			c.Sites = append(c.Sites, claim.Site)
		}
		if claim.Posted.After(c.Last) {
			c.Last = claim.Posted
		}
	}
	c.Files, c.Relation = len(c.Pictures), weakest(c.Pictures)
	return c
}

// weakest is what can be said of all files of a cluster: that they are one file, or one screenshot;
// that one at least is another screenshot of the page; or else that it cannot be told, or was not compared.
func weakest(all []Copy) Relation {
	order := []Relation{verify.IdenticalFile, verify.SameScreenshot, NotCompared, verify.CannotTell, verify.SamePage}
	worst := 0
	for _, c := range all {
		worst = max(worst, slices.Index(order, c.Relation))
	}
	return order[worst]
}
