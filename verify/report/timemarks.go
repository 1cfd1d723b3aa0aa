package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

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
		return stateText(c) + ", ordinary look"
	}
	return stateText(c)
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
