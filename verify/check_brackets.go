package verify

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// checkBrackets weighs ordinary captures before and after the claimed time by
// how short a defacement would have had to be to fit unseen between them.
//
// It counts only captures known to be ordinary, which is the point where a
// wrong answer would do most harm: a defaced page that our browser paints
// otherwise than the claimant's is not "ordinary" because it differs from the
// picture. So the nearest captures on both sides must look like each other.
func checkBrackets(c *Case) ([]finding, error) {
	w := c.Claim.Window()
	if w.IsZero() {
		return notRun("Without a claimed time, captures before and after it cannot be told apart."), nil
	}
	if len(c.showing()) > 0 {
		return notRun("A capture shows the picture, so what lies between ordinary captures is not asked."), nil
	}
	looks := ordinaryLooks(c.differing(), w)
	if odd := c.unlike(looks, w); odd != nil {
		return notRun("%s shows neither the picture nor the page's ordinary look, so the page was not simply ordinary around the claimed time.", witnessName(odd)), nil
	}
	if looks == nil {
		return notRun("%s", whyNoBrackets(c, w)), nil
	}
	if more := showsMore(looks, w); more != nil {
		return notRun("%s shows clearly more of the picture than another capture close to the claimed time, so it may not be the ordinary look.", witnessName(more)), nil
	}
	return []finding{bracketed(c, w, looks)}, nil
}

// ordinaryLooks returns the captures that are known to show the ordinary page,
// or nil when there is none on one side or the two sides differ.
func ordinaryLooks(differing []*Sighting, w Span) []*Sighting {
	before, after := around(differing, w)
	if before == nil || after == nil || !alike(before.Look, after.Look) {
		return nil
	}
	return filter(differing, func(s *Sighting) bool {
		return alike(s.Look, before.Look) || alike(s.Look, after.Look)
	})
}

// unlike returns a capture between the nearest ordinary ones, or about the claimed time,
// that looks otherwise, such as a defaced page that the claimant's browser painted
// differently. The time of a claim may be some days off.
func (c *Case) unlike(looks []*Sighting, w Span) *Sighting {
	if looks == nil {
		return nil
	}
	before, after := around(looks, w)
	from, to := w.From.Add(-looseClaim), w.To.Add(looseClaim)
	if t := before.seenAt(); t.Before(from) {
		from = t
	}
	if t := after.seenAt(); t.After(to) {
		to = t
	}
	for _, s := range c.Sightings {
		inside := s.seenAt().After(from) && s.seenAt().Before(to)
		if inside && s.Capture.Validity == capture.OK && !slices.Contains(looks, s) {
			return s
		}
	}
	return nil
}

// moreOfIt is by how much more of the picture one capture must show than those
// around it to be no plain ordinary look: a part of a page replaced for a while
// leaves its words nearly as they were, and a picture of it from another window
// may agree with the right capture in not quite all.
const moreOfIt = 0.15

// wordsToTell is the weight of the words that must have been read for their share to
// tell anything.
const wordsToTell = 20

// showsMore returns, of the nearest captures on both sides of the window and
// those inside it, one that shows clearly more of the picture than another, be it in
// its tiles or in its words, or that differs from it no more than a page does by itself
// where another differs in more. A block that pushed the page down lies beyond the
// captures without it, where no tile differs: so tiles are counted against those of
// the capture that had most to compare.
func showsMore(looks []*Sighting, w Span) *Sighting {
	before, after := around(looks, w)
	near := filter(looks, func(s *Sighting) bool {
		return !s.seenAt().Before(before.seenAt()) && !s.seenAt().After(after.seenAt())
	})
	most := 1
	for _, s := range near {
		most = max(most, s.compared())
	}
	tiles := func(s *Sighting) (float64, bool) { return float64(s.matching()) / float64(most), true }
	words := func(s *Sighting) (float64, bool) {
		if s.words == nil || s.words.Words < wordsToTell {
			return 0, false
		}
		return s.words.Found, true
	}
	if s := clearlyMost(near, tiles); s != nil {
		return s
	}
	if all := filter(near, (*Sighting).nearly); len(all) > 0 && len(all) < len(near) {
		return all[0]
	}
	return clearlyMost(near, words)
}

// clearlyMost returns the sighting with the largest share if that is clearly more than
// the least.
func clearlyMost(all []*Sighting, share func(*Sighting) (float64, bool)) *Sighting {
	var best *Sighting
	least, most := math.Inf(1), math.Inf(-1)
	for _, s := range all {
		x, ok := share(s)
		if !ok {
			continue
		}
		least = math.Min(least, x)
		if x > most {
			best, most = s, x
		}
	}
	if most-least < moreOfIt {
		return nil
	}
	return best
}

// compared counts the tiles in which the picture and the capture hold something.
func (s *Sighting) compared() int {
	n := 0
	for _, t := range s.Tiles {
		if t.State == TileMatch || t.State == TileMismatch {
			n++
		}
	}
	return n
}

func bracketed(c *Case, w Span, looks []*Sighting) finding {
	times := make([]time.Time, len(looks))
	for i, s := range looks {
		times[i] = s.seenAt()
	}
	p := c.Model.Lifetime.UnseenProbability(w.From, w.To, times)
	lr := math.Log10(math.Max(p, math.SmallestNonzeroFloat64))
	before, after := around(looks, w)
	return finding{
		key: "brackets.ordinary", log10LR: &lr, value: value(p), unit: "probability that a defacement fits unseen between the captures",
		leaning: leaningOf(looks), captures: ids(looks...),
		sentence: fmt.Sprintf("The page was ordinary in a capture %s before the claimed time (%s) and in one %s after it (%s). %s",
			span(w.From.Sub(before.seenAt())), moment(before.seenAt()),
			span(after.seenAt().Sub(w.To)), moment(after.seenAt()), roomSentence(p)),
	}
}

func roomSentence(p float64) string {
	share := percent(p)
	if p >= 0.01 && p <= 0.99 {
		share = "about " + share
	}
	return fmt.Sprintf("Of all defacements, %s are short enough to fit between captures at these distances unseen.", share)
}

// leaningOf tells which way of being false fits captures that do not show the
// picture: the same page with a part replaced, or nothing of it at all.
func leaningOf(looks []*Sighting) Leaning {
	for _, s := range looks {
		if s.State == Altered {
			return Edited
		}
	}
	return Misattributed
}

func whyNoBrackets(c *Case, w Span) string {
	before, after := around(c.differing(), w)
	switch {
	case before == nil && after == nil:
		return "No usable capture lies before or after the claimed time."
	case before == nil:
		return "No usable capture lies before the claimed time, so what the page ordinarily looked like then is not known."
	case after == nil:
		return "No usable capture lies after the claimed time, so how long a defacement could have stayed is not known."
	}
	return "The nearest captures before and after the claimed time differ from each other, so what the ordinary page was then is not known."
}
