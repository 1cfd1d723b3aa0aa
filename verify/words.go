package verify

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// day and moment write a time as a reader would print it, in UTC.
func day(t time.Time) string    { return t.UTC().Format("2 January 2006") }
func moment(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// span writes a length of time with one unit that a person would choose.
func span(d time.Duration) string {
	switch {
	case d < 0:
		d = 0
		fallthrough
	case d < 90*time.Minute:
		return count(int(math.Round(d.Minutes())), "minute")
	case d < 48*time.Hour:
		return count(int(math.Round(d.Hours())), "hour")
	case d < 90*24*time.Hour:
		return count(int(math.Round(d.Hours()/24)), "day")
	case d < 2*365*24*time.Hour:
		return count(int(math.Round(d.Hours()/24/30.44)), "month")
	}
	return count(int(math.Round(d.Hours()/24/365.25)), "year")
}

// maxDays is how many days a sentence lists; the table beside it has them all.
const maxDays = 4

// dayList writes days as a reader would, each once.
func dayList(all []time.Time) string {
	var names []string
	for _, t := range all {
		if d := day(t); !slices.Contains(names, d) {
			names = append(names, d)
		}
	}
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n > maxDays:
		return fmt.Sprintf("%s and %s", strings.Join(names[:maxDays-1], ", "), count(n-maxDays+1, "other day"))
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// percent rounds to whole per cents and never rounds to none or all.
func percent(p float64) string {
	switch {
	case p > 0 && p < 0.01:
		return "less than 1 %"
	case p < 1 && p > 0.99:
		return "more than 99 %"
	}
	return fmt.Sprintf("%.0f %%", p*100)
}

// witnessName says who saw the page, and when, at the start of a sentence.
func witnessName(s *Sighting) string {
	if s.Memento == nil {
		return "The live page, captured on " + moment(s.seenAt()) + ","
	}
	return "The archived copy of " + moment(s.seenAt()) + " (" + s.Capture.Origin.Name + ")"
}
