package report

import (
	"fmt"

	"github.com/defacecheck/defacecheck/verify"
)

// fitRow is one capture in the table of versions.
type fitRow struct {
	Time, Share, Telling, Word string
	Tone                       string // "best", "as_well", "not" or "not_known"
}

// fitRows says of an altered picture which captures its untouched part fits.
func fitRows(r *verify.Result) []fitRow {
	var rows []fitRow
	for _, v := range r.Fits {
		c := findCapture(r, v.Capture)
		name := timeText(v.SeenAt)
		if c.Kind == "live" {
			name += " (live page)"
		}
		rows = append(rows, fitRow{Time: name, Share: shareText(v), Telling: tellingText(v), Word: fittingText(v.Fitting), Tone: string(v.Fitting)})
	}
	return rows
}

func shareText(v verify.VersionFit) string {
	if v.Untouched == 0 {
		return "nothing to compare"
	}
	return fmt.Sprintf("%d of %d (%.0f %%)", v.Agree, v.Untouched, 100*float64(v.Agree)/float64(v.Untouched))
}

// tellingText says what tells a capture from the best.
func tellingText(v verify.VersionFit) string {
	switch v.Fitting {
	case verify.FitsBest:
		return "the others are compared with this one"
	case verify.FitsUnknown:
		return "the page is laid out for another window in it, or hidden, or holds no words to tell by"
	}
	if v.Telling == 0 {
		return "no difference within the picture"
	}
	return fmt.Sprintf("of %s that tell them apart, %d fit the best only and %d this one only; chance %s",
		plural(v.Telling, "place"), v.ForBest, v.ForThis, chanceText(v.Chance))
}

func chanceText(p float64) string {
	switch {
	case p < 0.0001:
		return "below 1 in 10,000"
	case p < 0.1:
		return fmt.Sprintf("1 in %.0f", 1/p)
	}
	return fmt.Sprintf("%.0f %%", 100*p)
}

// fittingText is a fitting as a reader needs it.
func fittingText(f verify.Fitting) string {
	switch f {
	case verify.FitsBest:
		return "fits best"
	case verify.FitsAsWell:
		return "cannot be told from the best"
	case verify.FitsNot:
		return "does not fit"
	}
	return "not known"
}

// fitsNote explains the table.
const fitsNote = "Which dated version of the page was the picture made from? Counted are the parts of the picture that at least one capture agrees with; what no capture agrees with was replaced, or belongs to a version that nobody captured. Two versions are told apart only by the places, squares of about a paragraph, in which they differ from each other. The chance is how often so uneven a split would come about if both fitted alike; above 1 in 100 the two are not told apart."

// effortText says how much looking went into a result.
func effortText(e verify.Effort) string {
	if e.Captures == 0 {
		return ""
	}
	return fmt.Sprintf("%s asked for, rendered %s in all.", plural(e.Captures, "capture"), plural(e.Renderings, "time"))
}
