package intake

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

const (
	// east and west are how far local clocks are ahead of UTC and behind it.
	east = 14 * time.Hour
	west = 12 * time.Hour
)

// firstPage is when the first web page was announced: nothing was shown or posted before.
func firstPage() time.Time { return time.Date(1991, time.August, 6, 0, 0, 0, 0, time.UTC) }

// spanOf reads a time as people and programs write it: RFC 3339; a date, which is that
// whole day in UTC; or a date and time without a zone, which can be any moment from
// fourteen hours before it to twelve after it in UTC.
func spanOf(text string, now time.Time) (verify.Span, error) {
	text = strings.TrimSpace(text)
	s, err := verify.ParseSpan(text)
	if err != nil {
		local, ok := localTime(text)
		if !ok {
			return verify.Span{}, fmt.Errorf("write it as 2025-03-01 or 2025-03-01T14:30:00Z")
		}
		s = anywhere(local)
	}
	return s, possible(s, now)
}

func localTime(text string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// anywhere is when a clock somewhere on earth can have shown the time.
func anywhere(local time.Time) verify.Span {
	return verify.Span{From: local.Add(-east), To: local.Add(west)}
}

// possible refuses times at which nothing can have been shown or posted.
func possible(s verify.Span, now time.Time) error {
	switch {
	case s.IsZero():
		return nil
	case s.From.After(now.Add(east)):
		return fmt.Errorf("it lies in the future")
	case s.To.Before(firstPage()):
		return fmt.Errorf("there were no web pages then")
	}
	return nil
}

// unixTime reads seconds since 1970, as Telegram writes them.
func unixTime(text string) (time.Time, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || n > 1<<40 {
		return time.Time{}, fmt.Errorf("%.40q is not a number of seconds since 1970", text)
	}
	return time.Unix(n, 0).UTC(), nil
}
