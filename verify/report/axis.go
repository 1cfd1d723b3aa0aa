package report

import (
	"fmt"
	"math"
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

// axis maps times to percent of the width. Around the anchor, the span that
// matters, distance is compressed logarithmically: hours beside it and decades
// away both stay readable. Without an anchor the axis is linear.
type axis struct {
	anchor verify.Span // zero: linear from lo to hi
	lo, hi time.Time
	start  float64 // percent where the anchor's band begins
	band   float64 // percent that the band takes
	perLog float64 // percent for one unit of log distance
}

// The geometry of the axis, in percent of its width.
const (
	margin   = 4.0
	drawn    = 100 - 2*margin
	widthDay = 9.0 // band of a span
	widthNow = 2.0 // band of a moment
)

// near is the distance from the anchor at which compression sets in: a
// defacement lasts hours, so hours must be told apart.
const near = 12 * time.Hour

func newAxis(anchor verify.Span, lo, hi time.Time) axis {
	a := axis{anchor: anchor, lo: lo, hi: hi}
	if anchor.IsZero() {
		return a
	}
	a.band = widthNow
	if anchor.To.After(anchor.From) {
		a.band = widthDay
	}
	left, right := stretch(anchor.From.Sub(lo)), stretch(hi.Sub(anchor.To))
	if left+right > 0 {
		a.perLog = (drawn - a.band) / (left + right)
		a.start = margin + a.perLog*left
	} else {
		a.start = 50 - a.band/2
	}
	return a
}

// stretch is the log distance; nothing for what lies inside.
func stretch(d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return math.Log1p(float64(d) / float64(near))
}

// at returns the position of t in percent, kept within the drawing.
func (a axis) at(t time.Time) float64 {
	return max(margin/2, min(100-margin/2, a.place(t)))
}

func (a axis) place(t time.Time) float64 {
	if a.anchor.IsZero() {
		return margin + drawn*share(t, a.lo, a.hi)
	}
	switch {
	case t.Before(a.anchor.From):
		return a.start - a.perLog*stretch(a.anchor.From.Sub(t))
	case t.After(a.anchor.To):
		return a.start + a.band + a.perLog*stretch(t.Sub(a.anchor.To))
	case a.anchor.From.Equal(a.anchor.To):
		return a.start + a.band/2
	}
	return a.start + a.band*share(t, a.anchor.From, a.anchor.To)
}

// share is where t lies between from and to, 0 to 1; the middle when they are
// one.
func share(t, from, to time.Time) float64 {
	if !to.After(from) {
		return 0.5
	}
	return float64(t.Sub(from)) / float64(to.Sub(from))
}

// label is text below the axis.
type label struct {
	X    string
	Text string
}

// apart is how far labels must stand from each other, in percent: 30 pixels of
// a phone.
const apart = 10.0

// labels returns tick labels that do not collide, most telling first.
func (a axis) labels() []label {
	if a.anchor.IsZero() {
		return a.ends()
	}
	taken := []float64{a.start + a.band/2}
	var out []label
	for _, u := range units() {
		for _, s := range []struct {
			sign string
			at   time.Time
		}{{"−", a.anchor.From.Add(-u.d)}, {"+", a.anchor.To.Add(u.d)}} {
			x := a.place(s.at)
			if x < margin || x > 100-margin || crowded(taken, x) {
				continue
			}
			taken = append(taken, x)
			out = append(out, label{percent(x), s.sign + u.name})
		}
	}
	return out
}

type unit struct {
	d    time.Duration
	name string
}

// units are the distances worth a label, most telling first.
func units() []unit {
	const day = 24 * time.Hour
	return []unit{{day, "1 d"}, {365 * day, "1 y"}, {30 * day, "1 mo"}, {3650 * day, "10 y"}, {7 * day, "1 w"}, {1095 * day, "3 y"}}
}

func crowded(taken []float64, x float64) bool {
	for _, t := range taken {
		if math.Abs(t-x) < apart {
			return true
		}
	}
	return false
}

// ends labels a linear axis.
func (a axis) ends() []label {
	mid := a.lo.Add(a.hi.Sub(a.lo) / 2)
	var out []label
	for _, t := range []time.Time{a.lo, mid, a.hi} {
		out = append(out, label{percent(a.at(t)), t.UTC().Format("Jan 2006")})
	}
	if out[0].Text == out[2].Text {
		return out[1:2]
	}
	return out
}

func percent(x float64) string { return fmt.Sprintf("%.2f%%", x) }
