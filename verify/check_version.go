package verify

import (
	"fmt"
	"strings"
	"time"
)

const (
	// goodFit is the share of the untouched tiles that must agree with a version
	// for it to be the one that the picture was made from. Right pages reach a
	// median of 0.9, wrong ones at most 0.14.
	goodFit = 0.7
	// clearlyWorse is how much less the versions around the claimed time must
	// fit before the older one is preferred.
	clearlyWorse = 0.3
	// minUntouched is how many untouched tiles are needed before fits are weighed.
	minUntouched = 12
	// manyPlaces is how many places must tell two versions apart, nine of ten for the
	// old one, where they are the same in most of the picture: of seven of one mind a
	// headline that is shown in turn would do.
	manyPlaces = 10
)

// checkVersion asks which dated version of the page the untouched part of the
// picture fits. A picture made from an old copy fits that copy and not the
// versions on both sides of the claimed time.
func checkVersion(c *Case) ([]finding, error) {
	w := c.Claim.Window()
	if w.IsZero() {
		return notRun("Without a claimed time, no version of the page is the one that should fit."), nil
	}
	if len(c.showing()) > 0 {
		return notRun("A capture shows the whole picture, so it has no part that was left untouched."), nil
	}
	f := c.fits()
	var nearest finding
	if f != nil {
		if nearest = f.weigh(c, w); nearest.key != "version.nearest" {
			return []finding{nearest}, nil
		}
	}
	if o := c.oldWords(w); o != nil {
		return []finding{o.finding()}, nil
	}
	if f == nil {
		return notRun("The picture was not found in any version of the page, so there is no untouched part to compare."), nil
	}
	return []finding{nearest}, nil
}

// weigh tells what the fits say of the claimed time.
func (f *fits) weigh(c *Case, w Span) finding {
	best := f.of[f.best]
	before, after := around(f.known(c), w)
	out := finding{key: "version.nearest", captures: ids(f.best, before, after), at: f.best.alteredParts(), value: value(best.share()), unit: "share of the untouched part that fits"}
	old, why := f.old(c, before, after, w)
	if old != notOld {
		out.key, out.leaning = "version.old_copy", Edited
		end := "The picture was made from an old copy of the page."
		if old == oldInPart {
			out.key = "version.old_part"
			end = "Most of what is left of the page is the same in all of them, and a page that shows several texts in turn could look so too; otherwise the picture was made from an old copy of the page."
		}
		out.sentence = fmt.Sprintf("The untouched part of the picture fits the page as it was on %s (%s), and not as it was on %s and on %s, on both sides of the claimed time: %s %s",
			day(f.best.seenAt()), f.ofTiles(best), day(before.seenAt()), day(after.seenAt()), f.tellingSentence(before), end)
		return out
	}
	out.sentence = fmt.Sprintf("The untouched part of the picture fits the page as captured on %s best (%s).%s %s",
		day(f.best.seenAt()), f.ofTiles(best), f.others(), why)
	return out
}

// known returns the sightings of which it is known whether they fit, oldest
// first.
func (f *fits) known(c *Case) []*Sighting {
	return filter(c.seen(), func(s *Sighting) bool { return f.of[s].Fitting != FitsUnknown })
}

// oldness is what is known of a picture's being made from an old copy.
type oldness int

const (
	notOld    oldness = iota // nothing
	oldInPart                // it fits an old version, with which the later ones agree in most of it
	oldCopy                  // it fits an old version, and nothing of it the later ones alone
)

// old says whether the picture is known to be made from an old copy, or why not. An
// old copy fits well, is older than defacements last, and is told apart, beyond chance
// and by words that are gone from the page, from the captures on both sides of the
// claimed time and from all between them; and the page never went back to it.
func (f *fits) old(c *Case, before, after *Sighting, w Span) (oldness, string) {
	best := f.of[f.best]
	last := f.lastFitting(c)
	switch {
	case best.Untouched < minUntouched || best.share() < goodFit:
		return notOld, "That is too little to tell which version the picture was made from."
	case before == nil || after == nil:
		return notOld, "Versions on both sides of the claimed time are needed to say that another was the right one then."
	case !last.seenAt().Before(before.seenAt()) || !last.seenAt().Before(c.oldBefore(w)):
		return notOld, "So nothing decisive speaks of an old copy."
	case f.wentBack(c, last):
		return notOld, "The page has changed to another version and back before, so which version it showed at the claimed time is not known."
	}
	out := oldCopy
	for _, s := range c.seen() {
		if s.seenAt().Before(before.seenAt()) || s.seenAt().After(after.seenAt()) {
			continue
		}
		v := f.of[s]
		out = min(out, v.gone(best))
		switch {
		case v.Fitting == FitsUnknown:
			return notOld, fmt.Sprintf("What the page was on %s, close to the claimed time, could not be compared.", day(s.seenAt()))
		case out == notOld:
			return notOld, fmt.Sprintf("Some of what the picture shows is found in the capture of %s too, so it is no plain old copy.", day(s.seenAt()))
		case !f.reworded(s):
			return notOld, fmt.Sprintf("Whether the page had really changed by %s, or is only hidden in that capture, cannot be told: the words of the older version are still in it.", day(s.seenAt()))
		}
	}
	return out, ""
}

// oldBefore is the time before which a capture is older than most defacements last.
func (c *Case) oldBefore(w Span) time.Time {
	return w.From.Add(-c.Model.Lifetime.Quantile(lastingShare))
}

// gone says how much of what the best fit has is gone from another version.
func (v VersionFit) gone(best VersionFit) oldness {
	switch {
	case v.ForThis == 0 && v.share() <= best.share()-clearlyWorse:
		return oldCopy
	case v.Fitting == FitsNot && v.Telling >= manyPlaces && 10*v.ForThis <= v.Telling:
		return oldInPart
	}
	return notOld
}

// lastFitting is the latest sighting that fits or may fit.
func (f *fits) lastFitting(c *Case) *Sighting {
	last := f.best
	for _, s := range f.known(c) {
		if f.of[s].Fitting != FitsNot && s.seenAt().After(last.seenAt()) {
			last = s
		}
	}
	return last
}

// share is the share of the untouched tiles that agree.
func (v VersionFit) share() float64 { return float64(v.Agree) / float64(max(1, v.Untouched)) }

// wentBack says whether a version that does not fit lies between captures that
// do, up to the last that does: a page that alternates between versions has no
// old ones.
func (f *fits) wentBack(c *Case, last *Sighting) bool {
	fitted, left := false, false
	for _, s := range f.known(c) {
		switch fits := f.of[s].Fitting != FitsNot; {
		case s.seenAt().After(last.seenAt()):
			return false
		case fits && left:
			return true
		case fits:
			fitted = true
		case fitted:
			left = true
		}
	}
	return false
}

func (f *fits) ofTiles(v VersionFit) string {
	return fmt.Sprintf("%d of %d tiles agree", v.Agree, v.Untouched)
}

// tellingSentence says how decisively a capture does not fit.
func (f *fits) tellingSentence(s *Sighting) string {
	v := f.of[s]
	return fmt.Sprintf("of the %s in which these versions differ, the picture agrees with the old one alone in %d and with that of %s alone in %d.",
		count(v.Telling, "place"), v.ForBest, day(s.seenAt()), v.ForThis)
}

// others says which other captures fit as well, which do not, and which cannot
// be told, by their days.
func (f *fits) others() string {
	days := map[Fitting][]time.Time{}
	for _, v := range f.all {
		days[v.Fitting] = append(days[v.Fitting], v.SeenAt)
	}
	var b strings.Builder
	for _, part := range []struct {
		fitting Fitting
		words   string
	}{
		{FitsAsWell, " Too little differs within the picture to tell that from the page of %s."},
		{FitsNot, " It does not fit the page of %s."},
		{FitsUnknown, " How it fits the page of %s could not be compared."},
	} {
		if on := days[part.fitting]; len(on) > 0 {
			fmt.Fprintf(&b, part.words, dayList(on))
		}
	}
	return b.String()
}
