package verify

import (
	"context"
	"fmt"
	"image"
	"time"

	"github.com/defacecheck/defacecheck/verify/reading/clock"
)

// clockFace is what was read off the clock of the picture's frame.
type clockFace struct {
	at   Rect
	read []clock.Shown
}

// readClock reads the clock at a place, which is empty where the frame has none.
// What cannot be read is told as such.
func readClock(ctx context.Context, c *Case, r Reader, at image.Rectangle, lang string) {
	if at.Empty() {
		return
	}
	read, err := clock.Read(ctx, r, c.Picture.Image, at, lang)
	if err != nil {
		c.Readout.unread.clock = whyUnread("the clock in the picture", err)
		return
	}
	c.Readout.clock = &clockFace{rect(at), read}
}

// checkClock holds the date in the picture's task bar against the claim. A clock
// is set and painted easily, so that the right date says little; a wrong one was
// left in by somebody who took the picture at another time, or whose clock is
// wrong. A time of day without a date fits every moment somewhere on earth, and
// says nothing.
func checkClock(c *Case) ([]finding, error) {
	face := c.Readout.clock
	if why := c.Readout.unread.clock; why != "" {
		return notRun("%s", why), nil
	}
	if face == nil {
		return nil, nil
	}
	w, posted := c.Claim.Window(), c.Claim.PostedAt
	v := clock.Judge(face.read, clock.About{
		Window: clock.Span{From: w.From, To: w.To}, Posted: clock.Span{From: posted.From, To: posted.To},
		ReadAt: c.Claim.ReadAt, Slack: looseClaim,
	})
	f := finding{key: "clock." + string(v.Outcome), leaning: Misattributed, at: []Rect{face.at}, sentence: clockSentence(v)}
	switch v.Outcome {
	case clock.Contradicts, clock.Near, clock.Impossible:
		f.value, f.unit = value(v.Off.Hours()/24), "days"
	}
	return []finding{f}, nil
}

func clockSentence(v clock.Verdict) string {
	read := fmt.Sprintf("The clock in the picture shows %s", shownDates(v.Shown))
	switch v.Outcome {
	case clock.Agrees:
		return read + ", which can lie in the claimed time. A clock is easily set."
	case clock.Near:
		return read + ", which is beside the claimed time by no more than people misremember."
	case clock.Contradicts:
		return fmt.Sprintf("%s, at least %s from the claimed time, whatever the time zone. A wrong clock is the other explanation.", read, span(v.Off))
	case clock.Impossible:
		return read + ", which is after the picture was posted or examined, whatever the time zone. A wrong clock is the other explanation."
	case clock.Uncompared:
		return read + ". No time was claimed that it could be held against."
	case clock.Alone:
		return fmt.Sprintf("The clock in the picture shows %02d:%02d and no date. Somewhere on earth every moment is at that time of day, so this says nothing.", v.Shown.Minute/60, v.Shown.Minute%60)
	case clock.Unsure:
		return "There is a date in the picture's frame, but it was not read surely enough to hold it against the claim."
	}
	return "No date or time could be read where the picture's frame seems to have a clock."
}

// shownDates writes the date of a clock, and both where day and month can be
// taken for each other.
func shownDates(s clock.Shown) string {
	text := ""
	for i, d := range s.Dates {
		if i > 0 {
			text += " or "
		}
		text += shownDate(d)
	}
	return text
}

func shownDate(d clock.Date) string {
	if d.Year == 0 {
		return fmt.Sprintf("%d %s, without a year", d.Day, time.Month(d.Month))
	}
	return fmt.Sprintf("%d %s %d", d.Day, time.Month(d.Month), d.Year)
}
