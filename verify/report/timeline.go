package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
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

// marks stacks captures that would cover each other.
func marks(a axis, cs []verify.CaptureView) []markView {
	cs = slices.DeleteFunc(slices.Clone(cs), func(c verify.CaptureView) bool { return c.SeenAt.IsZero() })
	slices.SortStableFunc(cs, func(x, y verify.CaptureView) int { return x.SeenAt.Compare(y.SeenAt) })
	var out []markView
	base, height := math.Inf(-1), 0
	for _, c := range cs {
		x := a.at(c.SeenAt)
		if x-base >= markWide {
			base, height = x, 0
		}
		if height++; height > maxStack {
			out[len(out)-1].More = fmt.Sprintf("+%d", height-maxStack)
			continue
		}
		out = append(out, newMark(c, base, height))
	}
	return out
}

func newMark(c verify.CaptureView, x float64, height int) markView {
	return markView{X: percent(x), Y: axisY - 14 - markStep*(height-1), Shape: shape(c), Ring: c.Ordinary,
		Title: captureName(c) + ": " + lookText(c)}
}

// lookText says in words what a mark's shape says.
func lookText(c verify.CaptureView) string {
	if c.Validity != capture.OK {
		return validityText(c.Validity)
	}
	if c.Ordinary {
		return stateText(c.State) + ", ordinary look"
	}
	return stateText(c.State)
}

// shape is the symbol of a capture: each state has a form of its own.
func shape(c verify.CaptureView) string {
	if c.Validity != capture.OK {
		return "m-blind"
	}
	switch c.State {
	case verify.Same:
		return "m-same"
	case verify.Altered:
		return "m-altered"
	case verify.Other:
		return "m-other"
	}
	return "m-unclear"
}

// bars counts what archives list by place on the axis; the height grows with
// the logarithm, so that one capture shows beside a thousand.
func bars(a axis, ps []verify.TimePoint) []barView {
	count := map[int]int{}
	for _, p := range ps {
		if !p.At.IsZero() {
			count[int(a.at(p.At)/barWidth)]++
		}
	}
	most, places := 0, make([]int, 0, len(count))
	for i, n := range count {
		most = max(most, n)
		places = append(places, i)
	}
	slices.Sort(places)
	var out []barView
	for _, i := range places {
		h := 6 + (barRoom-6)*math.Log1p(float64(count[i]-1))/math.Max(math.Log1p(float64(most-1)), 1)
		out = append(out, barView{percent(float64(i) * barWidth), fmt.Sprintf("%.1f", math.Min(h, barRoom))})
	}
	return out
}

// timeSummary tells the drawing in words.
func timeSummary(r *verify.Result) []string {
	var out []string
	if n := len(r.TimeLine); n > 0 {
		first := slices.MinFunc(r.TimeLine, func(x, y verify.TimePoint) int { return x.At.Compare(y.At) })
		last := slices.MaxFunc(r.TimeLine, func(x, y verify.TimePoint) int { return x.At.Compare(y.At) })
		out = append(out, fmt.Sprintf("The archives asked list %s, the first of %s and the last of %s. %s by year: %s.",
			plural(n, "capture"), timeText(first.At), timeText(last.At), "Counted", yearsText(r.TimeLine)))
	} else {
		out = append(out, "The archives asked list no capture of this address, or none could be asked.")
	}
	return append(out, bracketText(r)...)
}

func yearsText(ps []verify.TimePoint) string {
	count := map[int]int{}
	for _, p := range ps {
		count[p.At.UTC().Year()]++
	}
	years := make([]int, 0, len(count))
	for y := range count {
		years = append(years, y)
	}
	slices.Sort(years)
	var parts []string
	for _, y := range years[max(0, len(years)-maxYears):] {
		parts = append(parts, fmt.Sprintf("%d: %d", y, count[y]))
	}
	return strings.Join(parts, ", ")
}

// maxYears is how many years are counted out: the web's whole age, nearly.
const maxYears = 30

// bracketText names the captures nearest to the claimed time that were seen.
func bracketText(r *verify.Result) []string {
	anchor, centre := anchorOf(r.Claim)
	if anchor.IsZero() {
		return nil
	}
	var before, during, after []verify.CaptureView
	for _, c := range r.Captures {
		switch {
		case c.Validity != capture.OK || c.SeenAt.IsZero():
		case c.SeenAt.Before(anchor.From):
			before = append(before, c)
		case c.SeenAt.After(anchor.To):
			after = append(after, c)
		default:
			during = append(during, c)
		}
	}
	return []string{
		nearestText("before the "+centre, before, slices.MaxFunc),
		nearestText("within the "+centre, during, slices.MinFunc),
		nearestText("after the "+centre, after, slices.MinFunc),
	}
}

type pick func([]verify.CaptureView, func(a, b verify.CaptureView) int) verify.CaptureView

func nearestText(where string, cs []verify.CaptureView, choose pick) string {
	if len(cs) == 0 {
		return "No capture " + where + " could be looked at."
	}
	c := choose(cs, func(a, b verify.CaptureView) int {
		return cmp.Compare(a.SeenAt.UnixNano(), b.SeenAt.UnixNano())
	})
	return fmt.Sprintf("Nearest capture %s: %s; %s.", where, captureName(c), lookText(c))
}
