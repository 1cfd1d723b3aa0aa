package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

// timeSummary tells the drawing in words.
func timeSummary(r *verify.Result) []string {
	var out []string
	listed := slices.DeleteFunc(slices.Clone(r.TimeLine), func(p verify.TimePoint) bool { return p.Kind != capture.Archive })
	if len(listed) > 0 {
		first := slices.MinFunc(listed, func(x, y verify.TimePoint) int { return x.At.Compare(y.At) })
		last := slices.MaxFunc(listed, func(x, y verify.TimePoint) int { return x.At.Compare(y.At) })
		out = append(out, fmt.Sprintf("The archives asked list %s, the first of %s and the last of %s. Counted by year: %s.",
			plural(len(listed), "capture"), timeText(first.At), timeText(last.At), yearsText(listed)))
	} else {
		out = append(out, "No archived capture of this address is listed, or no archive could be asked.")
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
