package channel

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus/channel/share"
	"github.com/defacecheck/defacecheck/corpus/outcome"
)

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
func tone(s outcome.Side) string {
	switch s {
	case outcome.For:
		return "for"
	case outcome.Against:
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
	Returns             string // which picture of those that return it has
}

func newClaimRow(c Claim, shot thumb) claimRow {
	row := claimRow{Claim: c, Shot: shot, Tone: tone(c.Outcome.Side()), When: dayText(c.Posted), Returns: returnText(c), Alt: "The picture of the claim about " + c.Site}
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
