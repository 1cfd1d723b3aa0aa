package verify

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// verdictSentence is the sentence that one can print. It names what the claim
// is about, which way the evidence points, and the finding that weighs most.
func verdictSentence(c *Case, v Verdict, evidence []Evidence) string {
	about := fmt.Sprintf("that %s showed this page%s", host(c.Claim.URL), when(c.Claim))
	lead := leadingSentence(evidence, v)
	switch v.Answer {
	case OrdinaryPage:
		return "The picture shows the ordinary page of " + host(c.Claim.URL) + ": nothing in it that could be compared is defaced. " + lead
	case PageNotSeen:
		return "Whether the claim " + about + " is true could not be checked, because the page could not be seen. " + lead
	}
	if v.Answer == Shown {
		lead += " Whether that is a defacement was not judged: " + c.whyOnlyShown()
	}
	switch v.Word {
	case Supported:
		return "The evidence supports the claim " + about + ". " + lead
	case LeansGenuine:
		return "The evidence leans towards the claim " + about + ", without settling it. " + lead
	case LeansFalse:
		return "The evidence leans against the claim " + about + ", without settling it. " + lead
	case Contradicted:
		return "The evidence contradicts the claim " + about + ". " + lead
	}
	return "The evidence does not settle whether the claim " + about + " is true. " + lead
}

// leadingSentence is the sentence of the evidence that weighs most on the side
// of the verdict, or that tells why there is none.
func leadingSentence(evidence []Evidence, v Verdict) string {
	for _, e := range evidence {
		if (v.Answer == Judged || v.Answer == Shown) && e.Counted*v.Log10LR > 0 {
			return e.Sentence
		}
	}
	for _, e := range evidence {
		if e.ID == "witness" {
			return e.Sentence
		}
	}
	return ""
}

// whyOnlyShown says why nobody knows whether what the page showed is its own.
func (c *Case) whyOnlyShown() string {
	if len(c.differing()) == 0 {
		return "no capture shows the page otherwise, so this may be its ordinary look."
	}
	return "no captures before and after show the page otherwise and alike, so this may be its new look."
}

func host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Hostname()
}

// when writes the claimed time as part of a sentence, with a leading space.
func when(c Claim) string {
	at := c.ClaimedAt
	switch {
	case at.IsZero():
		return ""
	case at.From.Equal(at.To):
		return " on " + moment(at.From)
	case at.To.Sub(at.From) <= 24*time.Hour:
		return " on " + day(at.From)
	}
	return " between " + day(at.From) + " and " + day(at.To)
}

// limits tells what no tool can do and what could not be checked here.
func limits(c *Case, evidence []Evidence) []string {
	all := []string{
		"An element edited in a browser's developer tools leaves no trace in pixels or metadata. Only an independent witness can confirm such a picture, and only the absence of one where one would be expected can count against it.",
		"A server can answer differently by country, browser or hour: what the captures show is what was served to them.",
		"The weights are set by hand and not yet calibrated on labelled claims; no likelihood ratio above ten either way is claimed.",
	}
	if t := c.Model.Training; t != nil {
		all[2] = fmt.Sprintf("The weights were fitted on %d claims of known truth about %d sites; how like those the claims of the world are is not known. What none of them showed has a weight set by hand.", t.Genuine+t.False, len(t.Sites))
	}
	if c.Claim.ClaimedAt.IsZero() {
		all = append(all, "No time was claimed, so captures before and after it could not be told apart.")
	}
	if !c.AskedLive {
		all = append(all, "The live page was not looked at.")
	}
	for _, t := range c.Troubles {
		all = append(all, t.Source+" could not be asked ("+troubleWord(t.Err)+"); that is not the same as having no captures.")
	}
	for _, s := range c.Sightings {
		if s.Capture.Validity != capture.OK {
			all = append(all, fmt.Sprintf("%s could not speak about content: %s.", strings.TrimSuffix(witnessName(s), ","), unseenWhy(s.Capture)))
		}
	}
	if name := c.fileArchive(); name != "" {
		all = append(all, name+" is a file and not an archive that answers for itself: its captures are worth as much as whoever made the file can be trusted.")
	}
	for _, e := range evidence {
		if !e.Ran {
			all = append(all, "Not tested: "+e.Method+". "+e.Sentence)
		}
	}
	return all
}

// unseenWhy tells in a reader's words why a capture did not see the page.
func unseenWhy(c *capture.Capture) string {
	for _, known := range []struct {
		err   error
		words string
	}{
		{capture.ErrNoHost, "the host name does not resolve"},
		{capture.ErrConnect, "the server does not take connections"},
		{capture.ErrTLS, "the server's certificate cannot be trusted"},
		{capture.ErrRedirects, "the page redirects without end"},
		{capture.ErrTimeout, "the server did not answer in time"},
		{capture.ErrRefused, "its address is not on the public web, and is not visited"},
		{capture.ErrNotArchived, "the archive does not hold the page itself"},
	} {
		if errors.Is(c.Err, known.err) {
			return known.words
		}
	}
	return c.Reason
}

// fileArchive names an archive file that captures were taken from, or "".
// Archives on the web give every memento an address of its own.
func (c *Case) fileArchive() string {
	for _, s := range c.Sightings {
		if s.Memento != nil && !strings.HasPrefix(s.Memento.URIM, "http") {
			return s.Memento.Archive
		}
	}
	return ""
}

// troubleWord names why an archive could not answer.
func troubleWord(err error) string {
	for _, k := range []error{capture.ErrExcluded, capture.ErrRateLimited, capture.ErrDown, capture.ErrMalformed, capture.ErrTooLarge, capture.ErrRefused} {
		if errors.Is(err, k) {
			return k.Error()
		}
	}
	return "it failed"
}

// changes tells what further evidence would move the verdict.
func changes(c *Case, v Verdict) []string {
	var all []string
	w := c.Claim.Window()
	if w.IsZero() {
		all = append(all, "A claimed time (--claimed-at): without one, ordinary captures cannot count for or against.")
	}
	switch {
	case v.Answer == Shown:
		all = append(all, "Captures of other times: if the page looked otherwise before and after, what it showed was no ordinary look; if it looked the same, nothing in the picture is defaced.")
	case v.Answer != Judged || len(c.showing()) == 0:
		all = append(all, witnessWanted(c, w))
	}
	if len(c.Troubles) > 0 {
		all = append(all, "An answer from the archives that could not be asked.")
	}
	if !c.AskedLive {
		all = append(all, "A look at the live page (leave out --no-live).")
	}
	if c.Facts != nil {
		all = append(all, "The original file as the claimant's device wrote it, if this is a copy that went through a messenger.")
	}
	return all
}

func witnessWanted(c *Case, w Span) string {
	if w.IsZero() {
		return "An archived copy or a mirror's capture that shows the same content."
	}
	before, after := around(c.usable(), w)
	switch {
	case before != nil && after != nil:
		return fmt.Sprintf("A capture by anyone else between %s and %s: one that shows the same content would support the claim, an ordinary one nearer to the claimed time would count against it.", moment(before.seenAt()), moment(after.seenAt()))
	case before != nil:
		return fmt.Sprintf("A capture by anyone else after %s, close to the claimed time.", moment(before.seenAt()))
	case after != nil:
		return fmt.Sprintf("A capture by anyone else before %s, close to the claimed time.", moment(after.seenAt()))
	}
	return "Any capture of the page close to the claimed time: another archive, a mirror, a search engine's copy, a visitor's own."
}

// publicContext tells how much of a public the page had. It weighs nothing.
func publicContext(c *Case) []string {
	n := len(c.TimeMap)
	switch {
	case n == 0 && len(c.Troubles) > 0:
		return []string{"Whether archives hold captures of this page is not known, because " + c.Troubles[0].Source + " could not be asked."}
	case n == 0:
		return []string{"No archive that was asked lists a capture of this page."}
	}
	first, last := c.TimeMap[0].At, c.TimeMap[n-1].At
	if n == 1 {
		return []string{"The archives asked list one capture of this page, of " + day(first) + "."}
	}
	rate := ""
	if years := last.Sub(first).Hours() / 24 / 365.25; years >= 1 {
		rate = fmt.Sprintf(", about %.0f a year", float64(n)/years)
	}
	return []string{fmt.Sprintf("The archives asked list %d captures of this page from %s to %s%s.", n, day(first), day(last), rate)}
}

func notes(c *Case, opts Options) []string {
	all := append(append([]string{}, opts.Notes...), c.Picture.Notes()...)
	if c.Frame.Kind != frame.None {
		all = append(all, "Part of the picture was taken for the frame of a window or screen around the page, and left out of comparisons ("+string(c.Frame.Kind)+").")
	}
	if said := c.beyondCaveat(); said != "" {
		all = append(all, strings.TrimSpace(said)+" If it were part of the page, that would not show here.")
	}
	return all
}

func hex64(words ...uint64) string {
	var b strings.Builder
	for _, w := range words {
		fmt.Fprintf(&b, "%016x", w)
	}
	return b.String()
}
