package main

import (
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

const (
	// aheadOfUTC is how far the day of the easternmost time zone (UTC+14) is
	// ahead: a date of tomorrow can be today where the claimant is.
	aheadOfUTC = 14 * time.Hour
	// clockSlack forgives a clock that is not set well.
	clockSlack = 5 * time.Minute
)

// firstPage is when the first web page was announced to the public; nothing
// can have shown what a URL showed before.
func firstPage() time.Time { return time.Date(1991, time.August, 6, 0, 0, 0, 0, time.UTC) }

const timeHint = "write a date as 2025-03-01, which stands for that whole day in UTC, " +
	"or a moment with its zone as 2025-03-01T14:30:00Z"

// parseTime reads TIME, which is RFC 3339 or a plain date; a date stands for
// the whole day. flag names where it was given. "" is the zero Span.
func parseTime(flag, value string, now time.Time) (verify.Span, error) {
	if value == "" {
		return verify.Span{}, nil
	}
	s, err := verify.ParseSpan(value)
	slack := aheadOfUTC
	if s.IsMoment() {
		slack = clockSlack
	}
	switch {
	case err != nil:
		return s, usage(timeHint, "read --%s %q: not a time that can be", flag, value)
	case s.From.After(now.Add(slack)):
		return s, usage("", "read --%s %q: it lies in the future", flag, value)
	case s.To.Before(firstPage()):
		return s, usage("", "read --%s %q: there were no web pages then", flag, value)
	}
	return s, nil
}

// checkOrder refuses a picture that was posted before the page looked so.
func checkOrder(claimed, posted verify.Span) error {
	if claimed.IsZero() || posted.IsZero() || !posted.To.Before(claimed.From) {
		return nil
	}
	return usage("check both; the posting cannot come first",
		"--posted-at (%s) is before --claimed-at (%s)",
		posted.To.Format(time.RFC3339), claimed.From.Format(time.RFC3339))
}
