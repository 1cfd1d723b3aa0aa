package verify

import (
	"fmt"
	"time"
)

// Claim is what somebody says: this picture is what URL showed around Time.
// The claim, not the picture, is the unit of work.
type Claim struct {
	Picture   []byte    // the file as it was given, untouched
	Name      string    // file name, for messages; never a path
	URL       string    // URI-R, canonical
	ClaimedAt Span      // when the page is said to have looked so; zero when not said
	PostedAt  Span      // when the picture was posted; zero when not known
	Notifier  string    // who is said to have made or told of it, a name; "" when not said
	Words     string    // words that the picture is said to show; "" when not said
	ReadAt    time.Time // when the program was given the claim
}

// Span is a stretch of time in UTC, both ends included. A time given as a date
// alone stands for that whole day; a moment has From equal to To.
type Span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// ParseSpan reads a time as claims write it: RFC 3339, or a date as 2006-01-02 for
// that whole day in UTC. "" is the zero Span.
func ParseSpan(s string) (Span, error) {
	if s == "" {
		return Span{}, nil
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return Span{day, day.AddDate(0, 0, 1).Add(-time.Second)}, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return Span{}, fmt.Errorf("read time %q: neither RFC 3339 nor a date", s)
	}
	return Span{t.UTC(), t.UTC()}, nil
}

// IsMoment says whether it is a single moment and not a whole day.
func (s Span) IsMoment() bool { return s.From.Equal(s.To) }

// IsZero says whether no time was given.
func (s Span) IsZero() bool { return s.From.IsZero() && s.To.IsZero() }

// Window is the span in which the picture must have been taken if the claim is
// true: the claimed time, ended by the posting. Without a claimed time it is
// zero, because a posting says only "before".
func (c Claim) Window() Span {
	w := c.ClaimedAt
	if w.IsZero() {
		return w
	}
	if !c.PostedAt.IsZero() && c.PostedAt.To.Before(w.To) && !c.PostedAt.To.Before(w.From) {
		w.To = c.PostedAt.To
	}
	return w
}
