package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

// words returns the five bands from against to for.
func words() []verify.Word {
	return []verify.Word{verify.Contradicted, verify.LeansFalse, verify.Inconclusive,
		verify.LeansGenuine, verify.Supported}
}

// answerText says what an answer other than judged means, "" for judged.
func answerText(a verify.Answer) string {
	switch a {
	case verify.PageNotSeen:
		return "The page could not be seen. That says nothing about what it showed."
	case verify.OrdinaryPage:
		return "The picture shows the page in its ordinary look: nothing in it that could be compared is defaced."
	case verify.Shown:
		return "The page did show this. Whether it is a defacement or the page's own content was not judged."
	}
	return ""
}

// leaningText says which way the evidence against a claim points.
func leaningText(l verify.Leaning) string {
	switch l {
	case verify.Edited:
		return "What speaks against the claim points to an edited picture, or to a page edited in the claimant's own browser."
	case verify.Misattributed:
		return "What speaks against the claim points to a real picture of another site, another path or another time."
	}
	return ""
}

// ratioText puts log10 LR into a sentence.
func ratioText(x float64) string {
	times := math.Pow(10, math.Abs(x))
	switch {
	case times < 1.05:
		return "The evidence is as probable if the claim is true as if it is not."
	case x > 0:
		return "The evidence is about " + twoDigits(times) + " times more probable if the claim is true than if it is not."
	}
	return "The evidence is about " + twoDigits(times) + " times more probable if the claim is not true than if it is."
}

func twoDigits(v float64) string {
	if v < 10 {
		return fmt.Sprintf("%.1f", v)
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	return fmt.Sprintf("%.0f", math.Round(v/unit)*unit)
}

// probability prints p without ever saying 0 or 1.
func probability(p float64) string {
	switch {
	case p > 0.999:
		return "above 0.999"
	case p < 0.001:
		return "below 0.001"
	case p > 0.99 || p < 0.01:
		return fmt.Sprintf("%.3f", p)
	}
	return fmt.Sprintf("%.2f", p)
}

// signed prints a weight with its sign and two decimals; nothing is "-0.00".
func signed(x float64) string {
	if math.Abs(x) < 0.005 {
		return "0.00"
	}
	return fmt.Sprintf("%+.2f", x)
}

// stateText is what a capture shows of the picture, as a reader needs it.
func stateText(c verify.CaptureView) string {
	switch c.State {
	case verify.Same:
		return "same as the picture"
	case verify.Altered:
		return "same page, a region differs"
	case verify.Other:
		return "another look"
	case verify.Uninformative:
		if c.NotShown {
			return "does not show the picture"
		}
		return "cannot be told"
	}
	return "not compared"
}

// validityText is a validity as a reader needs it.
func validityText(v capture.Validity) string {
	switch v {
	case capture.OK:
		return "seen"
	case capture.Blank:
		return "blank page"
	case capture.Challenge:
		return "wall against robots"
	case capture.Blocked:
		return "blocked"
	case capture.ErrorPage:
		return "error page"
	case capture.Parked:
		return "parked domain"
	case capture.Unreachable:
		return "not reached"
	case capture.Incomplete:
		return "incomplete"
	}
	return string(v)
}

// timeText prints a moment for people, in UTC.
func timeText(t time.Time) string {
	if t.IsZero() {
		return "time not known"
	}
	return t.UTC().Format("2 Jan 2006, 15:04 UTC")
}

// spanText prints a span; one that covers one day is that day.
func spanText(s *verify.Span) string {
	if s == nil || s.IsZero() {
		return "not given"
	}
	from, to := s.From.UTC(), s.To.UTC()
	switch {
	case to.Sub(from) < time.Second:
		return timeText(from)
	case from.Equal(from.Truncate(24*time.Hour)) && to.Sub(from) <= 24*time.Hour && to.Sub(from) > 23*time.Hour+59*time.Minute-time.Second:
		return from.Format("2 Jan 2006") + " (the whole day, UTC)"
	}
	return timeText(from) + " to " + timeText(to)
}

// settledText says how the page came to rest.
func settledText(s capture.Settlement) string {
	var parts []string
	switch {
	case s.Quiet:
		parts = append(parts, "the network fell silent")
	case s.Stopped:
		parts = append(parts, "stopped at the time budget while still loading")
	}
	if s.Loaded {
		parts = append(parts, "load finished")
	}
	if s.ScriptsOff {
		parts = append(parts, "second attempt with scripts off")
	}
	if s.Took > 0 {
		parts = append(parts, fmt.Sprintf("%.1f s", s.Took.Seconds()))
	}
	return strings.Join(parts, ", ")
}

// plural prints a count with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
