package verify

import (
	"fmt"
	"slices"
)

const (
	// fewestApart is how many tiles a capture must share with the picture, and not
	// with the page's other looks, before it is said to show what sets them apart.
	fewestApart = 12
	// apartFor is how many of them there must be for every tile that nobody confirms:
	// what is claimed is then not in the small part. Where the page looked alike before
	// and after, so that what was there between was exceptional, fewer will do.
	apartFor            = 4
	apartForExceptional = 2
)

// changeSeen is for a run of captures that agree with the picture but for a part
// that varies by itself, where the picture shows what none of them does. That part
// could hold what is claimed; it does not where the captures have the greater part of
// what sets the picture apart from the page's look before and after.
func (c *Case) changeSeen(f finding, run []*Sighting) (finding, bool) {
	s := leastUnseen(run)
	if s == nil {
		return f, false
	}
	before, after := around(c.differing(), Span{run[0].seenAt(), run[len(run)-1].seenAt()})
	key, answer, least := "witness.change_seen_alone", Shown, apartFor
	if before != nil && after != nil && alike(before.Look, after.Look) {
		key, answer, least = "witness.change_seen", f.answer, apartForExceptional
	}
	if n := s.setsApart(before, after); n < fewestApart || n < least*s.unseen {
		return f, false
	}
	f.key, f.answer = key, answer
	f.sentence = fmt.Sprintf("%s shows the greater part of what sets the picture apart from how the page looked %s.%s",
		witnessName(s), otherwise(before, after), s.open())
	return f, true
}

// setsApart counts the tiles in which the sighting agrees with the picture and the
// others, those that are not nil, do not. 0 without others.
func (s *Sighting) setsApart(others ...*Sighting) int {
	var states []func(Rect) TileState
	for _, o := range others {
		switch {
		case o == nil:
		case o.State == Other: // which has nothing of the picture
			states = append(states, func(Rect) TileState { return TileMismatch })
		default:
			tiles := newLookup(tileRects(o.Tiles))
			states = append(states, func(r Rect) TileState {
				if i := tiles.find(r); i >= 0 {
					return o.Tiles[i].State
				}
				return TileMismatch // beyond the page, where a block has pushed it down
			})
		}
	}
	if len(states) == 0 {
		return 0
	}
	n := 0
	for _, t := range s.Tiles {
		has := func(state func(Rect) TileState) bool { return state(t.Rect) != TileMismatch }
		if t.State == TileMatch && !slices.ContainsFunc(states, has) {
			n++
		}
	}
	return n
}

const (
	// fewestNew is how many of the picture's words a capture must have that those before
	// and after it lack, and newFor how many for each word that it lacks itself.
	fewestNew = 8
	newFor    = 2
)

// butForLittle says whether the picture was found in the sighting and differs from it in
// no more than a page does by itself, be it that this was doubted or called an alteration.
func (s *Sighting) butForLittle() bool {
	return s.found() && !s.registration.Turned() &&
		(s.State == Altered || s.State == Uninformative) && s.differsInLittle()
}

// changeNearly returns a finding where a capture near the claimed time differs in little
// from the picture, and has words of it that the page has neither before nor after, where
// it is alike: what was changed for a while. The little that differs could be false, or
// varies by itself.
func (c *Case) changeNearly() (finding, bool) {
	read := filter(c.seen(), func(s *Sighting) bool { return s.words != nil })
	others := filter(read, func(s *Sighting) bool { return !s.butForLittle() })
	var best *Sighting
	var most []string
	for _, s := range read {
		if !s.butForLittle() || !c.near(s) {
			continue
		}
		before, after := around(others, Span{s.seenAt(), s.seenAt()})
		if before == nil || after == nil || !alike(before.Look, after.Look) {
			continue
		}
		words, lacking := newWords(before, s, after)
		if len(words) >= max(fewestNew, newFor*lacking) && len(words) > len(most) {
			best, most = s, words
		}
	}
	if best == nil {
		return finding{}, false
	}
	return finding{
		key: "witness.change_nearly", captures: ids(best), at: best.Match.Regions,
		value: value(best.Match.Agreement), unit: "share of textured tiles that agree",
		sentence: fmt.Sprintf("%s differs from the picture in little (%s of it agrees), and has %s of the picture that the page, alike before and after, does not have: what was there for a while. What differs nobody confirms.",
			witnessName(best), percent(best.Match.Agreement), count(len(most), "word")),
	}, true
}

// newWords are the picture's words that a sighting has and those before and after it
// lack; lacking is how many it lacks itself, be they painted in a picture that it shows.
func newWords(before, s, after *Sighting) (words []string, lacking int) {
	foreign := map[string]bool{}
	for _, w := range s.words.Foreign {
		foreign[w.Word] = true
	}
	lost := after.foreignWords()
	for w := range before.foreignWords() {
		if lost[w] && !foreign[w] {
			words = append(words, w)
		}
	}
	return words, len(foreign)
}

// otherwise says when the page looked otherwise.
func otherwise(before, after *Sighting) string {
	switch {
	case before == nil:
		return "on " + day(after.seenAt())
	case after == nil:
		return "on " + day(before.seenAt())
	}
	return "on " + day(before.seenAt()) + " and on " + day(after.seenAt())
}
