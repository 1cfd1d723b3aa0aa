package report

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
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

// claimFacts lists the claim.
func claimFacts(c verify.ClaimFacts) []fact {
	f := []fact{
		{"Picture", c.Image, false},
		{"Format", formatText(c), false},
		{"SHA-256", c.SHA256, true},
		{"Address claimed", c.URL, true},
		{"Time claimed", spanText(c.ClaimedAt), false},
		{"Time posted", spanText(c.PostedAt), false},
		{"Examined", timeText(c.ReadAt), false},
	}
	return f
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

// blindCaptures says for each capture that cannot speak about content why not.
func blindCaptures(all []verify.CaptureView) []string {
	var out []string
	for _, c := range all {
		if c.Validity != capture.OK {
			out = append(out, join(captureName(c)+": "+validityText(c.Validity), c.Reason))
		}
	}
	return out
}

// captureName names a capture by its time and witness.
func captureName(c verify.CaptureView) string {
	if c.Kind == capture.Live {
		return "live page, " + timeText(c.SeenAt)
	}
	return join(timeText(c.SeenAt), plain.Text(c.Source, maxName))
}

// maxName is how much of a witness's name goes into a heading, in characters.
const maxName = 80

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " – " + b
}

// captureDetails lists what is worth knowing of a capture beyond the table.
func captureDetails(c verify.CaptureView) []fact {
	var f []fact
	add := func(label, value string) {
		if value != "" {
			f = append(f, fact{Label: label, Value: value})
		}
	}
	add("Title", c.Title)
	if c.FinalURL != c.URL {
		add("Ended at", c.FinalURL)
	}
	add("Redirects", redirectsText(c.Redirects))
	add("Answered from", c.RemoteAddr)
	add("TLS", tlsText(c.TLS))
	add("Window", windowText(c))
	add("Settled", settledText(c.Settled))
	add("Dialogs", dialogsText(c.Dialogs))
	add("Missing", missingText(c))
	add("Registration", matchText(c.Match))
	return f
}

// maxListed is how many redirects or dialogs of one capture are printed; a
// hostile page can have hundreds.
const maxListed = 8

func redirectsText(rs []capture.Redirect) string {
	var parts []string
	for _, r := range rs[:min(len(rs), maxListed)] {
		parts = append(parts, fmt.Sprintf("%d to %s", r.Status, r.To))
	}
	return andMore(strings.Join(parts, "; "), len(rs)-maxListed)
}

func dialogsText(ds []capture.Dialog) string {
	var parts []string
	for _, d := range ds[:min(len(ds), maxListed)] {
		parts = append(parts, fmt.Sprintf("%s saying “%s”", d.Kind, d.Text))
	}
	return andMore(strings.Join(parts, "; "), len(ds)-maxListed)
}

func andMore(s string, n int) string {
	if n > 0 {
		return fmt.Sprintf("%s; and %d more in verdict.json", s, n)
	}
	return s
}

func tlsText(t *capture.TLS) string {
	if t == nil {
		return ""
	}
	return fmt.Sprintf("%s, certificate for %s from %s, valid %s to %s", t.Protocol, t.Subject, t.Issuer,
		t.NotBefore.UTC().Format("2 Jan 2006"), t.NotAfter.UTC().Format("2 Jan 2006"))
}

func windowText(c verify.CaptureView) string {
	if c.Viewport.Width == 0 {
		return ""
	}
	scale := c.Viewport.Scale
	if scale == 0 {
		scale = 1
	}
	s := fmt.Sprintf("%d × %d at scale %g, page %d high", c.Viewport.Width, c.Viewport.Height, scale, c.PageHeight)
	if c.Clipped {
		s += ", shot ends before the page does"
	}
	return s
}

func missingText(c verify.CaptureView) string {
	if c.Missing == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %s not in the archive", c.Missing, plural(c.Requests, "request"))
}

func matchText(m *verify.Match) string {
	switch {
	case m == nil:
		return ""
	case !m.Located:
		return "the picture could not be located in this capture"
	}
	s := fmt.Sprintf("located at scale %.3f, confidence %.2f; tiles: %d agree, %d differ, %d without content",
		m.Scale, m.Confidence, m.TilesSame, m.TilesDiff, m.TilesFlat)
	if m.Changed > 0 {
		s += fmt.Sprintf("; largest changed region %.1f %% of the picture", 100*m.Changed)
	}
	return s
}
