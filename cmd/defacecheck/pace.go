package main

import (
	"fmt"
	"time"
)

// paceSpan is over which time the pace of claims is taken: longer than one claim takes, and
// short enough to follow workers that come and go.
const paceSpan = 10 * time.Minute

// pace remembers how many claims had ended when, oldest first.
type pace []milestone

type milestone struct {
	at   time.Time
	done int
}

// note adds what is known now; where nothing is left, what was is forgotten, as waiting for
// claims is no pace.
func (p *pace) note(now time.Time, done, left int) {
	if left == 0 {
		*p = nil
	}
	for len(*p) > 1 && now.Sub((*p)[1].at) >= paceSpan {
		*p = (*p)[1:]
	}
	*p = append(*p, milestone{now, done})
}

// left is how long so many claims will take at this pace; not known before one has ended.
func (p pace) left(claims int) (d time.Duration, known bool) {
	if len(p) == 0 {
		return 0, false
	}
	first, last := p[0], p[len(p)-1]
	done, took := last.done-first.done, last.at.Sub(first.at)
	if done <= 0 || took <= 0 {
		return 0, false
	}
	return time.Duration(float64(took) / float64(done) * float64(claims)), true
}

// shortly is a length of time in few letters, no finer than it is known.
func shortly(d time.Duration) string {
	switch minutes := int(d.Round(time.Minute).Minutes()); {
	case d < time.Minute:
		return "1m"
	case minutes < 60:
		return fmt.Sprintf("%dm", minutes)
	case minutes < 48*60:
		return fmt.Sprintf("%dh%02dm", minutes/60, minutes%60)
	default:
		return fmt.Sprintf("%dd", minutes/60/24)
	}
}
