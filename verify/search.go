package verify

import (
	"context"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

const (
	// DefaultVersions is how many older captures are looked at, besides those around the
	// claimed time, for the version of the page that a picture was made from.
	DefaultVersions = 8
	// spreadFirst is how many of them are spread over the years before those beside the
	// best are looked at, and atOnce how many are looked at in one step: each step learns
	// from the one before.
	spreadFirst = 2
	atOnce      = 2
)

// searchVersions looks among the older captures for the version of the page that the
// picture was made from, where a part of the page is in it and no capture shows it all.
// A page changes little by little, so the nearer a capture is to the one that the picture
// was made from, the more of it agrees: after a few that are spread over the years, those
// are looked at that lie half way between the best and its neighbours. What is no older
// than most defacements last is no old copy, and is left to the look around the claimed
// time.
func (o *observer) searchVersions(ctx context.Context) error {
	w := o.c.Claim.Window()
	if w.IsZero() || o.window == nil || !o.hasPartOfPage() {
		return nil
	}
	old := versionSearch{all: capture.Useful(o.c.TimeMap, w.From), until: o.c.oldBefore(w)}
	for left := o.opts.Versions; left > 0 && len(o.c.showing()) == 0; {
		old.note(o.c.Sightings)
		next := old.next(o.opts.Versions-left, left)
		if len(next) == 0 {
			return nil
		}
		left -= len(next)
		o.addTotal(len(next))
		o.c.Effort.Captures += len(next)
		if err := o.lookAt(ctx, next, *o.window); err != nil {
			return err
		}
	}
	return nil
}

// hasPartOfPage says whether the picture agrees with a capture in enough to hold
// versions of the page against it.
func (o *observer) hasPartOfPage() bool {
	return slices.ContainsFunc(o.c.Sightings, func(s *Sighting) bool {
		return s.Capture.Validity == capture.OK && s.registration.Located && s.matching() >= minUntouched
	})
}

// versionSearch is what is known of the mementos from before the claimed time.
type versionSearch struct {
	all   []capture.Memento // sorted by time
	until time.Time         // what is later than that is not looked for
	taken []bool            // looked at, or too late
	agree []int             // how many tiles agree, where it was looked at; else 0
}

// note takes in what was looked at.
func (v *versionSearch) note(seen []*Sighting) {
	v.taken, v.agree = make([]bool, len(v.all)), make([]int, len(v.all))
	for i, m := range v.all {
		v.taken[i] = m.At.After(v.until)
		for _, s := range seen {
			if s.Memento == nil || !s.Memento.At.Equal(m.At) {
				continue
			}
			v.taken[i] = true
			if s.Capture.Validity == capture.OK && s.registration.Located {
				v.agree[i] = s.matching()
			}
		}
	}
}

// next returns what to look at after done looks, at most so many: where nothing lies
// beside the best that was not looked at, what is farthest from all that was.
func (v *versionSearch) next(done, most int) []subject {
	var places []int
	if done >= spreadFirst {
		places = v.besideBest()
	}
	if len(places) == 0 {
		places = capture.Farthest(v.all, v.taken, atOnce)
	}
	var out []subject
	for _, i := range places[:min(most, len(places))] {
		out = append(out, subject{&v.all[i]})
	}
	return out
}

// besideBest returns what lies half way between the best of the older ones, the latest of
// equals, and what was looked at before and after it.
func (v *versionSearch) besideBest() []int {
	best := -1
	for i, m := range v.all {
		if v.taken[i] && !m.At.After(v.until) && (best < 0 || v.agree[i] >= v.agree[best]) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	var out []int
	before, after := best, best
	for before--; before >= 0 && !v.taken[before]; before-- {
	}
	for after++; after < len(v.all) && !v.taken[after]; after++ {
	}
	if best-before > 1 {
		out = append(out, (before+best)/2)
	}
	if after-best > 1 {
		out = append(out, (best+after)/2+(best+after)%2)
	}
	return out
}
