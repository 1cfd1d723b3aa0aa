package report

import (
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

// timeLine is the drawing of captures around the claimed time. Positions along
// the time are in percent, so that text keeps its size on a phone; heights are
// in CSS pixels.
type timeLine struct {
	Scaled   bool // compressed around the claimed time
	Drawn    bool // a single moment is told in words only
	Centre   string
	Band     *bandView
	Posted   *moment
	Examined *moment
	Marks    []markView
	Bars     []barView
	Labels   []label
	Summary  []string // the same in words
}

type bandView struct{ X, Width, Middle, Anchor string }

type moment struct{ X, Anchor string }

// markView is a capture that was looked at.
type markView struct {
	X     string
	Y     int
	Shape string // id of the symbol
	Ring  bool   // the page in its ordinary look
	Title string
	More  string // "+3" when the stack is full
}

// barView is how many captures the archives list at one place of the axis.
type barView struct {
	X      string
	Height string
}

// Heights of the drawing in CSS pixels, from its top.
const (
	axisY    = 128
	markStep = 19
	maxStack = 4
	barRoom  = 22.0
	barWidth = 0.8 // percent of the width that one bar stands for
	markWide = 5.0 // percent that a mark takes on a phone
)

func newTimeLine(r *verify.Result) *timeLine {
	lo, hi, ok := extent(r)
	if !ok {
		return nil
	}
	anchor, centre := anchorOf(r.Claim)
	a := newAxis(anchor, lo, hi)
	t := &timeLine{Scaled: !anchor.IsZero(), Drawn: !anchor.IsZero() || len(r.Captures)+len(r.TimeLine) > 1, Centre: centre, Labels: a.labels(),
		Marks: marks(a, r.Captures), Bars: bars(a, r.TimeLine), Summary: timeSummary(r)}
	if s := r.Claim.ClaimedAt; s != nil && !s.IsZero() {
		t.Band = newBand(a, *s)
	}
	if s := r.Claim.PostedAt; s != nil && !s.IsZero() {
		t.Posted = newMoment(a.at(middle(*s)))
	}
	if !r.Claim.ReadAt.IsZero() {
		t.Examined = newMoment(a.at(r.Claim.ReadAt))
	}
	return t
}

// anchorOf is the span that the axis widens around.
func anchorOf(c verify.ClaimFacts) (verify.Span, string) {
	if c.ClaimedAt != nil && !c.ClaimedAt.IsZero() {
		return *c.ClaimedAt, "claimed time"
	}
	if c.PostedAt != nil && !c.PostedAt.IsZero() {
		return *c.PostedAt, "posting"
	}
	return verify.Span{}, ""
}

// extent is the time from the first to the last that is drawn.
func extent(r *verify.Result) (lo, hi time.Time, ok bool) {
	all := []time.Time{r.Claim.ReadAt}
	for _, s := range []*verify.Span{r.Claim.ClaimedAt, r.Claim.PostedAt} {
		if s != nil && !s.IsZero() {
			all = append(all, s.From, s.To)
		}
	}
	for _, c := range r.Captures {
		all = append(all, c.SeenAt)
	}
	for _, p := range r.TimeLine {
		all = append(all, p.At)
	}
	all = slices.DeleteFunc(all, time.Time.IsZero)
	if len(all) == 0 || len(r.Captures)+len(r.TimeLine) == 0 {
		return lo, hi, false
	}
	return slices.MinFunc(all, time.Time.Compare), slices.MaxFunc(all, time.Time.Compare), true
}

func middle(s verify.Span) time.Time { return s.From.Add(s.To.Sub(s.From) / 2) }

func newBand(a axis, s verify.Span) *bandView {
	from, to := a.at(s.From), a.at(s.To)
	if to-from < widthNow {
		from, to = from-widthNow/2, from+widthNow/2
	}
	mid := (from + to) / 2
	return &bandView{percent(from), percent(to - from), percent(mid), textAnchor(mid)}
}

func newMoment(x float64) *moment { return &moment{percent(x), textAnchor(x)} }

// textAnchor keeps text at the edges inside the drawing.
func textAnchor(x float64) string {
	switch {
	case x < 18:
		return "start"
	case x > 82:
		return "end"
	}
	return "middle"
}
