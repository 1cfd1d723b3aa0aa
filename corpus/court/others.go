package court

import (
	"context"
	"slices"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// others are the claims of a corpus but the one that is judged: it is in the corpus
// before it has a verdict, and is no precedent of itself.
type others struct {
	corpus verify.Precedents
	own    verify.Claim
}

// Find implements verify.Precedents.
func (o others) Find(ctx context.Context, sha256 string, i imprint.Imprint) ([]verify.Precedent, error) {
	all, err := o.corpus.Find(ctx, sha256, i)
	return slices.DeleteFunc(all, func(p verify.Precedent) bool {
		return p.Identical && p.URL == o.own.URL && same(p.Claimed, o.own.ClaimedAt) && same(p.Posted, o.own.PostedAt)
	}), err
}

func same(a, b verify.Span) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) }
