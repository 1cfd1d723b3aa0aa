package channel

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus/channel/share"
	"github.com/defacecheck/defacecheck/verify/report"
)

// page is what the template prints, all of it harmless.
type page struct {
	*printed
	Style       template.CSS
	Name, Span  string
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
	case NoWord:
		return 0
	case For, Against:
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

// tallyRow is one outcome with its bar.
type tallyRow struct {
	Outcome, Count, Share, Width, Tone string
}

func tallyRows(s *Study) (rows []tallyRow) {
	for _, t := range s.Outcomes {
		x := float64(t.Claims) / float64(s.Claims)
		rows = append(rows, tallyRow{Outcome: string(t.Outcome), Count: digits(t.Claims), Share: shareText(x), Width: css(x), Tone: tone(t.Outcome.Side())})
	}
	return rows
}

// shareText rounds to whole per cents and never rounds to none or all.
func shareText(x float64) string {
	switch {
	case x > 0 && x < 0.01:
		return "< 1 %"
	case x < 1 && x > 0.99:
		return "> 99 %"
	}
	return percent(x)
}

// digits is a count where "none" would not do.
func digits(n int) string {
	if n == 0 {
		return "0"
	}
	return number(n)
}

// css is a share as a length in a drawing.
func css(x float64) string { return fmt.Sprintf("%.2f%%", 100*x) }

// tone is the colour class of a side.
func tone(s Side) string {
	switch s {
	case For:
		return "for"
	case Against:
		return "against"
	}
	return "even"
}

// estimateView draws the estimate. Bars are in per cent of the drawing's width.
type estimateView struct {
	Text                                        string
	AsScored, Weakened, Shifted, Mean, WeakMean string
	X, Width, Middle, WeakX, WeakWidth, WeakMid string
	ShiftX, ShiftWidth                          string
}

func newEstimate(e share.Estimate) *estimateView {
	if e.Claims == 0 {
		return nil
	}
	text := percents(e.Range)
	if e.Range.Width() >= tooWide {
		text += ": too little evidence to tell"
	}
	v := &estimateView{Text: text, AsScored: percents(e.AsScored.Interval), Weakened: percents(e.Weakened.Interval), Shifted: percents(e.Shifted),
		ShiftX: css(e.Shifted.Low), ShiftWidth: css(e.Shifted.Width()),
		Mean: percent(e.AsScored.Mean), WeakMean: percent(e.Weakened.Mean),
		X: css(e.AsScored.Interval.Low), Width: css(e.AsScored.Interval.Width()), Middle: css(e.AsScored.Mean),
		WeakX: css(e.Weakened.Interval.Low), WeakWidth: css(e.Weakened.Interval.Width()), WeakMid: css(e.Weakened.Mean)}
	return v
}

// clusterView is a picture that was used again.
type clusterView struct {
	Cluster
	Shot        thumb
	Span, Where string
}

func newClusterView(c Cluster, shot thumb) clusterView {
	v := clusterView{Cluster: c, Shot: shot, Span: spanText(c.First, c.Last), Where: strings.Join(c.Sites[:min(len(c.Sites), maxInline)], ", ")}
	if n := len(c.Sites) - maxInline; n > 0 {
		v.Where += fmt.Sprintf(" and %s", plural(n, "other"))
	}
	return v
}

// Rest is how many claims of the month got no word on the claim.
func (m Month) Rest() int { return m.Another + m.NoWord }

// monthRow is one month with its bars, in per cent of the fullest month.
type monthRow struct {
	Month
	Name                                 string
	ForWidth, AgainstX, AgainstWidth     string
	OpenX, OpenWidth, OtherX, OtherWidth string
}

func monthRows(all []Month) (rows []monthRow) {
	most := 1
	for _, m := range all {
		most = max(most, m.Claims)
	}
	part := func(n int) string { return css(float64(n) / float64(most)) }
	for _, m := range all {
		rows = append(rows, monthRow{Month: m, Name: cmp.Or(m.Month, "not known"), ForWidth: part(m.For), AgainstX: part(m.For), AgainstWidth: part(m.Against),
			OpenX: part(m.For + m.Against), OpenWidth: part(m.Open), OtherX: part(m.For + m.Against + m.Open), OtherWidth: part(m.Another + m.NoWord)})
	}
	return rows
}

// claimRow is one claim of the list.
type claimRow struct {
	Claim
	Shot                thumb
	Tone, When, LR, Alt string
	Link                string
}

func newClaimRow(c Claim, shot thumb) claimRow {
	row := claimRow{Claim: c, Shot: shot, Tone: tone(c.Outcome.Side()), When: dayText(c.Posted), Alt: "The picture of the claim about " + c.Site}
	if c.Log10LR != nil {
		row.LR = strings.Replace(fmt.Sprintf("%+.2f", *c.Log10LR), "-", "−", 1)
	}
	return row
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return "not known"
	}
	return t.UTC().Format("2 Jan 2006")
}

func spanText(from, to time.Time) string {
	switch {
	case from.IsZero():
		return "at times that are not known"
	case dayText(from) == dayText(to):
		return "on " + dayText(from)
	}
	return "from " + dayText(from) + " to " + dayText(to)
}
