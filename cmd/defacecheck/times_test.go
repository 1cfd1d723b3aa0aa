package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

func utc(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestTimesAreReadAsSpans(t *testing.T) {
	t.Parallel()
	now := utc("2026-03-10T20:00:00Z")
	for _, c := range []struct{ name, value, from, to string }{
		{"a date is its whole day", "2025-02-16", "2025-02-16T00:00:00Z", "2025-02-16T23:59:59Z"},
		{"a moment is itself", "2025-02-16T12:30:00Z", "2025-02-16T12:30:00Z", "2025-02-16T12:30:00Z"},
		{"a zone is counted", "2025-02-16T12:30:00+07:00", "2025-02-16T05:30:00Z", "2025-02-16T05:30:00Z"},
		{"a leap day", "2024-02-29", "2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z"},
		{"tomorrow, where it is today already", "2026-03-11", "2026-03-11T00:00:00Z", "2026-03-11T23:59:59Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := parseTime("claimed-at", c.value, now)
			if err != nil || !got.From.Equal(utc(c.from)) || !got.To.Equal(utc(c.to)) {
				t.Errorf("parseTime(%q) = %v, %v", c.value, got, err)
			}
		})
	}
}

func TestTimesThatCannotBeAreRefusedByName(t *testing.T) {
	t.Parallel()
	now := utc("2026-03-10T05:00:00Z")
	for _, c := range []struct{ name, value, why string }{
		{"a day that no calendar has", "2025-02-30", "not a time"},
		{"a leap day in another year", "2025-02-29", "not a time"},
		{"a month too many", "2025-13-01", "not a time"},
		{"an hour too many", "2025-02-16T25:00:00Z", "not a time"},
		{"no zone", "2025-02-16T12:30:00", "not a time"},
		{"words", "yesterday", "not a time"},
		{"a date ahead of every time zone", "2026-03-11", "future"},
		{"a moment ahead", "2026-03-10T05:10:00Z", "future"},
		{"before there were web pages", "1991-08-05", "no web pages"},
		{"the year nought", "0000-01-01", "no web pages"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := parseTime("posted-at", c.value, now)
			var u *usageError
			if !errors.As(err, &u) || !strings.Contains(err.Error(), c.why) || !strings.Contains(err.Error(), c.value) {
				t.Errorf("parseTime(%q) = %v; want a usage error saying %q", c.value, err, c.why)
			}
		})
	}
}

func TestAPostingCannotComeBeforeWhatItShows(t *testing.T) {
	t.Parallel()
	span := func(s string) verify.Span {
		v, err := parseTime("t", s, utc("2026-01-01T00:00:00Z"))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		claimed, posted string
		ok              bool
	}{
		{"2025-02-16", "2025-02-15", false},
		{"2025-02-16T12:00:00Z", "2025-02-16T11:59:59Z", false},
		{"2025-02-16", "2025-02-16T00:00:01Z", true},
		{"2025-02-16T12:00:00Z", "2025-02-16", true},
		{"2025-02-16", "2025-03-01", true},
		{"", "2025-03-01", true},
		{"2025-02-16", "", true},
	} {
		if err := checkOrder(span(c.claimed), span(c.posted)); (err == nil) != c.ok {
			t.Errorf("claimed %q, posted %q: %v", c.claimed, c.posted, err)
		}
	}
}
