package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
)

// poster tells who posted a claim once, and in which message.
type poster struct {
	Channel   string     `json:"channel"` // "" when not known
	Message   string     `json:"message,omitempty"`
	Forwarded string     `json:"forwarded_from,omitempty"`
	EditedAt  *time.Time `json:"edited_at,omitempty"`

	in string // the message, whatever the claim
}

// posters are those of claims, by id. A claim that was only verified has none.
type posters map[string][]poster

// postersOf reads who posted the claims of precedents.
func postersOf(ctx context.Context, s *store.Store, found []verify.Precedent) (posters, error) {
	ids := []string{}
	for _, e := range found {
		ids = append(ids, claimOfPrecedent(e))
	}
	all := posters{}
	for r, err := range s.Posted(ctx, store.Filter{Claims: ids}) {
		if err != nil {
			return nil, err
		}
		for _, p := range r.Postings {
			one := poster{Channel: p.Channel, Message: p.Message, Forwarded: p.Forwarded, in: p.In(r.ID)}
			if !p.EditedAt.IsZero() {
				one.EditedAt = &p.EditedAt
			}
			all[r.ID] = append(all[r.ID], one)
		}
	}
	return all, nil
}

// of are those of a precedent's claim.
func (p posters) of(e verify.Precedent) []poster {
	if all := p[claimOfPrecedent(e)]; all != nil {
		return all
	}
	return []poster{}
}

// times is in how many messages claims were posted. One that was only verified counts
// once.
func (p posters) times(claims []verify.Precedent) int {
	messages := map[string]bool{}
	for _, e := range claims {
		for _, one := range p.of(e) {
			messages[one.in] = true
		}
		if len(p.of(e)) == 0 {
			messages[claimOfPrecedent(e)] = true
		}
	}
	return len(messages)
}

func claimOfPrecedent(e verify.Precedent) string {
	return corpus.ID(e.Picture, e.URL, e.Claimed, e.Posted)
}

// writePosters prints a line for every time that a claim was posted, and one for a claim that
// was only verified: what stands before, the time, who and in which message, and what follows.
func writePosters(w io.Writer, before string, posted *verify.Span, all []poster, after string) {
	at := "-"
	if posted != nil {
		at = postedText(*posted)
	}
	if len(all) == 0 {
		all = []poster{{}}
	}
	for _, p := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", before, at, cell(report.Safe(p.Channel)), cell(report.Safe(p.Message)), after)
	}
}
