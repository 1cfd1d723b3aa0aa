package metadata

import (
	"fmt"
	"time"
)

const (
	// clockSlack is how wrong an honest clock may be.
	clockSlack = time.Hour
	// windowSlack is how far a claimed time may be from the picture's own: a
	// claimed moment is remembered and not measured, and a page stays defaced
	// for hours to days.
	windowSlack = 24 * time.Hour
)

// earliest is the year before which a date means a clock that was never set:
// the web has no pictures from before.
const earliest = 1995

// timeFindings holds every time against the claim. Of several that say the same
// kind of thing the one furthest off is reported; agreement is reported only
// where nothing disagrees. When the device was last located says nothing here: it
// keeps that for hours and days.
func timeFindings(times []Time, about About) []Finding {
	worst := map[string]Finding{}
	for _, t := range times {
		if t.To.Year() < earliest || t.Kind == Located {
			continue
		}
		found, ok := judgeTime(t, about)
		if have, seen := worst[found.Key]; ok && (!seen || found.Value > have.Value) {
			worst[found.Key] = found
		}
	}
	_, impossible := worst[KeyTimeImpossible]
	_, conflict := worst[KeyTimeConflict]
	var out []Finding
	for _, k := range []string{KeyTimeImpossible, KeyTimeConflict, KeyTimeAgrees, KeyResavedLater} {
		if found, ok := worst[k]; ok && (k != KeyTimeAgrees || !impossible && !conflict) {
			out = append(out, found)
		}
	}
	return out
}

// judgeTime says what one time means for the claim, the gravest first.
func judgeTime(t Time, about About) (Finding, bool) {
	posted, window := about.Posted, about.Window
	if late := t.From.Sub(about.ReadAt); !about.ReadAt.IsZero() && late > clockSlack {
		return timed(KeyTimeImpossible, late, "The file names a time for its own %s, %s, that lies in the future.", t), true
	}
	if t.Kind == FileTime {
		return Finding{}, false
	}
	late := t.From.Sub(posted.To)
	if !posted.IsZero() && late > clockSlack && t.Kind == Created {
		return timed(KeyTimeImpossible, late, "The file names a time for its own %s, %s, that lies after the picture was posted.", t), true
	}
	if !window.IsZero() {
		if early := window.From.Sub(t.To); early > windowSlack {
			return timed(KeyTimeConflict, early, "The file names a time for its own %s, %s, that lies before the claimed time in every time zone.", t), true
		}
		if late := t.From.Sub(window.To); late > windowSlack && t.Kind == Created {
			return timed(KeyTimeConflict, late, "The file names a time for its own %s, %s, that lies after the claimed time in every time zone.", t), true
		}
	}
	if !posted.IsZero() && late > clockSlack {
		return timed(KeyResavedLater, late, "The file names a time for its own %s, %s, after the picture was posted: this copy was saved again later.", t), true
	}
	if !window.IsZero() && t.Kind == Created {
		return timed(KeyTimeAgrees, 0, "The file names a time for its own %s, %s, that can lie within the claimed time. Any program can write such a time.", t), true
	}
	return Finding{}, false
}

func timed(key string, off time.Duration, sentence string, t Time) Finding {
	what := map[TimeKind]string{Created: "making", Modified: "saving", FileTime: "source file"}[t.Kind]
	return Finding{Key: key, Value: off.Hours(), Unit: "hours", Sentence: fmt.Sprintf(sentence, what, t.plain())}
}

// plain writes a time with what is known of its zone.
func (t Time) plain() string {
	if t.Zoned && t.To.After(t.From) {
		return t.From.Format("2 January 2006 UTC (no time)")
	}
	if t.Zoned {
		return t.From.Format("2 January 2006 15:04 UTC")
	}
	written := t.From.Add(eastmost)
	if t.To.Sub(t.From) > eastmost+westmost {
		return written.Format("2 January 2006 (no time, no time zone)")
	}
	return written.Format("2 January 2006 15:04 (no time zone)")
}
