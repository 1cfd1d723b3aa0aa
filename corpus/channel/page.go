package channel

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"math"
	"slices"

	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify/report"
)

// page is what the template prints, all of it harmless.
type page struct {
	*printed
	Style       template.CSS
	Name, Span  string
	Extent      string
	Rows        []tallyRow
	Estimate    *estimateView
	Reused      []clusterView
	MonthRows   []monthRow
	Claims      []claimRow
	More        map[string]string // what is left out of which list
	HasPictures bool
}

func (s *Study) page(ctx context.Context, v View) (*page, error) {
	listed := listed(s.claims)
	safe, err := s.printed(listed)
	if err != nil {
		return nil, err
	}
	p := &page{printed: safe, Name: cmp.Or(safe.Channel, "the whole corpus"), Span: spanText(s.First, s.Last), Rows: tallyRows(s),
		Estimate: newEstimate(s.Share), MonthRows: monthRows(safe.Months), HasPictures: v.Pictures != nil, More: s.more(len(listed))}
	p.Extent = fmt.Sprintf("%s in %s, with %s about %s", plural(s.Claims, "claim"), plural(s.Messages, "message"),
		plural(s.Pictures, "different picture"), plural(s.Public.Sites, "site"))
	if p.Style, err = report.Style(); err != nil {
		return nil, err
	}
	t := newThumbs(v, s.Clusters[:len(safe.Clusters)], listed)
	for i, c := range safe.Clusters {
		shot, err := t.of(ctx, s.Clusters[i].Picture)
		if err != nil {
			return nil, err
		}
		p.Reused = append(p.Reused, newClusterView(c, shot))
	}
	for i, c := range safe.Listed {
		shot, err := t.of(ctx, listed[i].Picture)
		if err != nil {
			return nil, err
		}
		row := newClaimRow(c, shot)
		if v.Link != nil {
			row.Link = v.Link(listed[i].ID)
		}
		p.Claims = append(p.Claims, row)
	}
	return p, nil
}

// listed are the claims that the page shows: those with the strongest evidence, either
// way, and then the others by posting.
func listed(claims []Claim) []Claim {
	order := make([]int, len(claims))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(telling(claims[j]), telling(claims[i])), byPosting(claims[i], claims[j]))
	})
	out := make([]Claim, 0, MaxClaims)
	for _, i := range order[:min(len(order), MaxClaims)] {
		out = append(out, claims[i])
	}
	return out
}

// telling is how strongly the evidence speaks either way; whether a claim that nothing
// was found out about stands before another does not matter.
func telling(c Claim) float64 {
	switch c.Outcome.Side() {
	case outcome.NoWord:
		return 0
	case outcome.For, outcome.Against:
		if c.Log10LR != nil {
			return 1 + math.Abs(*c.Log10LR)
		}
	}
	return 1
}

// more says what the page leaves out of its lists.
func (s *Study) more(shown int) map[string]string {
	out := map[string]string{}
	for _, list := range []struct {
		name, noun, where string
		all, shown        int
	}{
		{"claims", "claim", "claims.csv", len(s.claims), shown},
		{"clusters", "picture", "channel.json", len(s.Clusters), MaxClusters},
		{"sites", "site", "sites.csv", len(s.Sites), MaxSites},
		{"months", "month", "channel.json", len(s.Months), MaxMonths},
		{"reasons", "reason", "channel.json", len(s.SetAside), maxReasons},
	} {
		if n := list.all - list.shown; n > 0 {
			out[list.name] = fmt.Sprintf("%s more in %s.", plural(n, list.noun), list.where)
		}
	}
	return out
}
