package clock

import (
	"slices"
	"time"
)

// Outcome is what a clock says of the claimed time.
type Outcome string

// The outcomes.
const (
	Nothing     Outcome = "nothing"     // no date and no time was read
	Alone       Outcome = "alone"       // a time of day without a date: true somewhere at any moment
	Unsure      Outcome = "unsure"      // a date that was not read surely, or is another once a digit is taken for one like it
	Uncompared  Outcome = "uncompared"  // a date, and nothing to hold it against
	Agrees      Outcome = "agrees"      // a date that can lie in the claimed time
	Near        Outcome = "near"        // a date beside the claimed time, by no more than Slack
	Contradicts Outcome = "contradicts" // a date further from the claimed time in every zone and reading
	Impossible  Outcome = "impossible"  // a date after the picture was posted or examined, in every zone and reading
)

// Span is a stretch of time; the zero value is none.
type Span struct{ From, To time.Time }

func (s Span) none() bool { return s.From.IsZero() && s.To.IsZero() }

// About is what a clock is held against.
type About struct {
	Window Span          // when the picture must have been taken if the claim is true
	Posted Span          // when it was posted
	ReadAt time.Time     // when it was examined
	Slack  time.Duration // how far a claimed time may be off
}

// Verdict is an outcome and the date that it rests on.
type Verdict struct {
	Outcome Outcome
	Shown   Shown
	Off     time.Duration // how far at least the date lies from the claimed time, or after the posting
}

const (
	// leastSure is the confidence that each of two readings of a date needs.
	leastSure = 70
	// eastmost and westmost are the furthest zones in use, UTC+14 and UTC-12.
	eastmost, westmost = 14 * time.Hour, 12 * time.Hour
	// wrongClock is how wrong a computer's clock may be that nobody set on purpose.
	wrongClock = 24 * time.Hour
	day        = 24 * time.Hour
)

// Judge compares the readings of one clock with the claim. It accuses only where
// two readings give the same date with confidence and none gives another so, and
// where no time zone on earth, no order of day and month, and no digit taken for
// one like it make the date fit.
func Judge(readings []Shown, about About) Verdict {
	s, ok := agreed(readings)
	if !ok {
		return undated(readings)
	}
	v := Verdict{Shown: s}
	v.Outcome, v.Off = hold(s, about)
	if v.Outcome == Contradicts || v.Outcome == Impossible {
		for _, other := range alike(s) {
			if o, _ := hold(other, about); o != Contradicts && o != Impossible {
				v.Outcome = Unsure
			}
		}
	}
	return v
}

// agreed is the date that two readings give with confidence; a third that gives
// another with confidence voids it. The time of day is kept where the two agree.
func agreed(readings []Shown) (Shown, bool) {
	var sure []Shown
	for _, r := range readings {
		if len(r.Dates) > 0 && r.Confidence >= leastSure {
			sure = append(sure, r)
		}
	}
	if len(sure) < 2 {
		return Shown{}, false
	}
	s := sure[0]
	for _, r := range sure[1:] {
		if !slices.Equal(r.Dates, s.Dates) {
			return Shown{}, false
		}
		if r.Minute != s.Minute {
			s.Minute = -1
		}
	}
	return s, true
}

// undated is the verdict where no date was read surely.
func undated(readings []Shown) Verdict {
	v, times := Verdict{Outcome: Nothing, Shown: Shown{Minute: -1}}, map[int]int{}
	for _, r := range readings {
		if len(r.Dates) > 0 {
			v.Outcome = Unsure
		}
		if times[r.Minute]++; r.Minute >= 0 && times[r.Minute] == 2 {
			v.Shown.Minute = r.Minute
		}
	}
	if v.Outcome == Nothing && v.Shown.Minute >= 0 {
		v.Outcome = Alone
	}
	return v
}

// hold compares what a clock shows, taken at its word, with the claim.
func hold(s Shown, about About) (Outcome, time.Duration) {
	late, known := after(s, about)
	if known && late > 0 {
		return Impossible, late
	}
	if about.Window.none() {
		return Uncompared, 0
	}
	off := distance(s, about.Window)
	switch {
	case off == 0:
		return Agrees, 0
	case off <= about.Slack:
		return Near, off
	}
	return Contradicts, off
}

// after is how long after the posting, or else the examination, the earliest
// moment lies that the clock can show; known is false where there is neither, or
// no year.
func after(s Shown, about About) (late time.Duration, known bool) {
	end := about.ReadAt
	if !about.Posted.none() && (end.IsZero() || about.Posted.To.Before(end)) {
		end = about.Posted.To
	}
	if end.IsZero() {
		return 0, false
	}
	for i, d := range s.Dates {
		if d.Year == 0 {
			return 0, false
		}
		if l := moments(d, s.Minute).From.Sub(end.Add(wrongClock)); i == 0 || l < late {
			late = l
		}
	}
	return late, true
}

// distance is how far the moments that a clock can show lie from a span at
// least.
func distance(s Shown, w Span) time.Duration {
	best := time.Duration(-1)
	for _, d := range s.Dates {
		for _, year := range years(d, w) {
			m := moments(Date{year, d.Month, d.Day}, s.Minute)
			off := max(0, w.From.Sub(m.To), m.From.Sub(w.To))
			if best < 0 || off < best {
				best = off
			}
		}
	}
	return best
}

// years are the years that a date can be of: its own, or those around the span.
func years(d Date, w Span) []int {
	if d.Year != 0 {
		return []int{d.Year}
	}
	var all []int
	for y := w.From.Year() - 1; y <= w.To.Year()+1; y++ {
		all = append(all, y)
	}
	return all
}

// moments are all at which a clock somewhere on earth can show the date and, if
// it is not negative, the minute of the day.
func moments(d Date, minute int) Span {
	from, long := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC), day
	if minute >= 0 {
		from, long = from.Add(time.Duration(minute)*time.Minute), time.Minute
	}
	return Span{from.Add(-eastmost), from.Add(long + westmost)}
}
