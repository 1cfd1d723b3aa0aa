package report

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

// fact is one labelled line.
type fact struct {
	Label string
	Value string
	Code  bool // set in fixed-width type
}

// evidenceSets sorts evidence by what a reader asks of it.
type evidenceSets struct {
	Weighing []verify.Evidence // entered the sum, strongest first
	Neutral  []verify.Evidence // ran, and says nothing either way
	NotRun   []verify.Evidence
}

func splitEvidence(all []verify.Evidence) evidenceSets {
	var s evidenceSets
	for _, e := range all {
		switch {
		case !e.Ran:
			s.NotRun = append(s.NotRun, e)
		case e.Counted == 0 && e.Log10LR == 0:
			s.Neutral = append(s.Neutral, e)
		default:
			s.Weighing = append(s.Weighing, e)
		}
	}
	sort.SliceStable(s.Weighing, func(i, j int) bool {
		return math.Abs(s.Weighing[i].Counted) > math.Abs(s.Weighing[j].Counted)
	})
	return s
}

// countedNote says why an item weighs less than it could, "" when it does not.
func countedNote(e verify.Evidence) string {
	if math.Abs(e.Counted-e.Log10LR) < 0.005 {
		return ""
	}
	return fmt.Sprintf("%s by itself, counted less because it shares a cause with other evidence or exceeds a bound", signed(e.Log10LR))
}

// measured prints an item's value and unit, "" without one.
func measured(e verify.Evidence) string {
	if e.Value == nil {
		return ""
	}
	return strings.TrimSpace(strconv.FormatFloat(*e.Value, 'g', 4, 64) + " " + e.Unit)
}

// falseAlarms says how often such a finding was wrong, "" where the model has
// nothing on it.
func falseAlarms(e verify.Evidence) string {
	switch e.FalseAlarms {
	case "":
		return ""
	case notMeasured:
		return "false alarms not measured"
	}
	return "false alarms: " + e.FalseAlarms
}

// basis says what the weight of an item that weighs something rests on, "" where the score
// model was not fitted.
func basis(e verify.Evidence) string {
	switch {
	case e.FittedOn == nil:
		return ""
	case *e.FittedOn == 0:
		return "weight set by hand"
	}
	return "weight fitted on " + plural(*e.FittedOn, "claim")
}

// grounds are what the weight of an item rests on and how often such a finding was wrong, as
// far as the model says either.
func grounds(e verify.Evidence) []string {
	return slices.DeleteFunc([]string{basis(e), falseAlarms(e)}, func(s string) bool { return s == "" })
}

// notMeasured is what the score model says of a finding whose rate is not known.
const notMeasured = "not measured"

// claimFacts lists the claim.
func claimFacts(c verify.ClaimFacts) []fact {
	f := []fact{
		{"Picture", c.Image, false},
		{"Format", formatText(c), false},
		{"SHA-256", c.SHA256, true},
		{"Address claimed", c.URL, true},
		{"Time claimed", spanText(c.ClaimedAt), false},
		{"Time posted", spanText(c.PostedAt), false},
	}
	for _, named := range []fact{{"Said to be by", c.Notifier, false}, {"Said to show", c.Words, false}} {
		if named.Value != "" {
			f = append(f, named)
		}
	}
	return append(f, fact{"Examined", timeText(c.ReadAt), false})
}

func formatText(c verify.ClaimFacts) string {
	s := fmt.Sprintf("%s, %d × %d pixels, %s", c.Format, c.Width, c.Height, bytesText(c.Bytes))
	if c.Frames > 1 {
		s += fmt.Sprintf(", %d frames of which the first is judged", c.Frames)
	}
	return s
}

func bytesText(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return plural(int(n), "byte")
}
