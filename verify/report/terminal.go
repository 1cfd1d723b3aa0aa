package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

// Widths of terminal output, in columns. Below the least, a narrower wrap is
// harder to read than the terminal's own; above the widest, lines get too long
// for the eye.
const (
	minWidth     = 40
	maxWidth     = 100
	defaultWidth = 80
)

// Terminal writes r as plain text for a terminal of the given width in
// columns; 0 means 80. The sentence one can print comes first. With colour,
// headings are bold and the verdict's word is coloured; every word stands
// without it.
func Terminal(w io.Writer, r *verify.Result, width int, colour bool) error {
	c, err := safeCopy(r)
	if err != nil {
		return fmt.Errorf("show result: %w", err)
	}
	p := &printer{width: clampWidth(width), colour: colour}
	p.verdict(c.Verdict)
	p.facts("Claim", claimFacts(c.Claim))
	p.evidence(splitEvidence(c.Evidence))
	p.list("Captures that could not be judged", blindCaptures(c.Captures))
	p.fits(c)
	p.captures(c.Captures, c.Effort)
	p.list("What would change this verdict", c.Changes)
	p.list("Context, without weight", c.Context)
	p.list("Limits", c.Limits)
	p.list("Settings to know of", c.Notes)
	p.facts("Versions", versionFacts(c.Versions))
	if _, err := io.WriteString(w, p.out.String()); err != nil {
		return fmt.Errorf("show result: %w", err)
	}
	return nil
}

func clampWidth(width int) int {
	if width == 0 {
		return defaultWidth
	}
	return max(minWidth, min(width, maxWidth))
}

func (p *printer) verdict(v verify.Verdict) {
	p.wrap("", "", v.Sentence)
	p.line("")
	word := strings.ToUpper(string(v.Word))
	p.wrap("  ", "  ", p.paint(wordColour(v.Word), word)+dash(v.Strength))
	p.wrap("  ", "  ", scaleText(v.Word))
	p.wrap("  ", "  ", answerText(v.Answer))
	p.line("")
	p.wrap("  ", "  ", "log10 LR "+signed(v.Log10LR)+". "+ratioText(v.Log10LR))
	p.wrap("  ", "  ", fmt.Sprintf("Probability that the claim is true: %s, from a prior of %s.",
		probability(v.Probability), probability(v.Prior)))
	p.wrap("  ", "  ", leaningText(v.Leaning))
}

func dash(s string) string {
	if s == "" {
		return ""
	}
	return " - " + s
}

// scaleText draws the five bands with the verdict's own in brackets.
func scaleText(v verify.Word) string {
	var parts []string
	for _, w := range words() {
		if w == v {
			parts = append(parts, "["+strings.ToUpper(string(w))+"]")
			continue
		}
		parts = append(parts, string(w))
	}
	return strings.Join(parts, " | ")
}

func (p *printer) evidence(s evidenceSets) {
	if len(s.Weighing) > 0 {
		p.heading("Evidence, strongest first (+ for the claim, - against; log10 LR)")
	}
	for _, e := range s.Weighing {
		p.wrap(fmt.Sprintf("  %5s  ", signed(e.Counted)), "         ", e.Sentence)
		p.wrap("         ", "         ", note(e))
	}
	p.list("Measured, and without weight", sentences(s.Neutral))
	p.list("Tests that could not run", sentences(s.NotRun))
}

// note is the small print below a piece of evidence.
func note(e verify.Evidence) string {
	parts := []string{e.ID}
	if v := measured(e); v != "" {
		parts = append(parts, v)
	}
	if n := countedNote(e); n != "" {
		parts = append(parts, n)
	}
	parts = append(parts, grounds(e)...)
	return "(" + strings.Join(parts, "; ") + ")"
}

func sentences(all []verify.Evidence) []string {
	var out []string
	for _, e := range all {
		out = append(out, e.Sentence)
	}
	return out
}

// fits prints which captures the untouched part of the picture fits.
func (p *printer) fits(r *verify.Result) {
	rows := fitRows(r)
	if len(rows) == 0 {
		return
	}
	p.heading("Which version of the page the untouched part fits")
	for _, row := range rows {
		p.wrap("  ", "      ", row.Time+": "+row.Word)
		p.wrap("      ", "      ", row.Share+" tiles agree; "+row.Telling)
	}
}

func (p *printer) captures(all []verify.CaptureView, effort verify.Effort) {
	if len(all) == 0 {
		return
	}
	p.heading("Captures")
	for _, c := range all {
		status := "none"
		if c.Status != 0 {
			status = fmt.Sprint(c.Status)
		}
		look := stateText(c)
		if c.Ordinary {
			look += ", the page's ordinary look"
		}
		p.wrap("  ", "      ", fmt.Sprintf("%s: status %s, %s; %s", timeText(c.SeenAt), status, validityText(c.Validity), look))
		p.wrap("      ", "      ", c.Source)
	}
	p.wrap("  ", "  ", effortText(effort))
}

func (p *printer) facts(title string, fs []fact) {
	if len(fs) == 0 {
		return
	}
	p.heading(title)
	for _, f := range fs {
		p.wrap(fmt.Sprintf("  %-16s ", f.Label), "                   ", f.Value)
	}
}

func (p *printer) list(title string, items []string) {
	if len(items) == 0 {
		return
	}
	p.heading(title)
	for _, s := range items {
		p.wrap("  - ", "    ", s)
	}
}
