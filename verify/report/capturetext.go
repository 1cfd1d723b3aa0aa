package report

import (
	"fmt"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

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
	if m.SetAside != nil {
		s += fmt.Sprintf("; set aside %.1f %% of the picture, which varies by itself", 100*m.SetAside.Share)
	}
	return s
}
