package verify

import (
	"fmt"

	"github.com/defacecheck/defacecheck/verify/score"
)

const (
	// goodFit is the share of the untouched textured tiles that must agree for a
	// version to count as the one the picture was made from. Right pages reach a
	// median of 0.9, wrong ones at most 0.14.
	goodFit = 0.7
	// clearlyWorse is how much less the versions around the claimed time must
	// fit before the older one is preferred.
	clearlyWorse = 0.3
	// minUntouched is how many textured tiles outside the changed region are
	// needed before fits are compared.
	minUntouched = 12
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
	located := filter(c.Sightings, func(s *Sighting) bool { return s.usable() && s.State == Altered })
	if len(located) == 0 {
		return notRun("The picture was not found in any version of the page, so there is no untouched part to compare."), nil
	}
	best := bestFit(located)
	before, after := around(c.usable(), w)
	if before == nil || after == nil {
		return notRun("Versions on both sides of the claimed time are needed to say which of them the untouched part fits."), nil
	}
	return []finding{compareVersions(c.Model, best, before, after, w)}, nil
}

// bestFit is the sighting whose own untouched part agrees most; the later one
// of equals.
func bestFit(located []*Sighting) *Sighting {
	best := located[0]
	for _, s := range located[1:] {
		if s.fit(s) >= best.fit(best) {
			best = s
		}
	}
	return best
}

func compareVersions(m *score.Model, best, before, after *Sighting, w Span) finding {
	f := finding{captures: ids(best, before, after), value: value(best.fit(best)), unit: "share of the untouched part that fits"}
	near := max(before.fit(best), after.fit(best))
	inside := !best.seenAt().Before(w.From) && !best.seenAt().After(w.To)
	// A consent wall that replays over today's copies hides the page and leaves
	// its words: only a page with other words has really become another.
	redesigned := alike(before.Look, after.Look) && !alike(best.Look, before.Look) && !alike(best.Look, after.Look)
	old := best != before && best != after && !inside && redesigned &&
		best.seenAt().Before(before.seenAt()) &&
		w.From.Sub(best.seenAt()) > m.Lifetime.Quantile(lastingShare) &&
		best.untouched(best) >= minUntouched && best.fit(best) >= goodFit && near <= best.fit(best)-clearlyWorse
	switch {
	case old:
		f.key, f.leaning = "version.old_copy", Edited
		f.sentence = fmt.Sprintf("The untouched part of the picture fits the page as it was on %s, and not as it was on %s and on %s, on both sides of the claimed time: the picture was made from an old copy of the page.",
			day(best.seenAt()), day(before.seenAt()), day(after.seenAt()))
	default:
		f.key = "version.nearest"
		f.sentence = fmt.Sprintf("The untouched part of the picture fits the page as captured on %s best. No older version fits it clearly better than those around the claimed time, so nothing speaks of an old copy.", day(best.seenAt()))
	}
	return f
}

// fit is the share of the textured tiles that the reference leaves untouched
// which agree with this sighting, 0 to 1.
func (s *Sighting) fit(reference *Sighting) float64 {
	agree, n := s.countUntouched(reference)
	if n == 0 {
		return 0
	}
	return float64(agree) / float64(n)
}

func (s *Sighting) untouched(reference *Sighting) int {
	_, n := s.countUntouched(reference)
	return n
}

// countUntouched counts the textured tiles outside the changed regions of the
// reference, and how many of them match. A sighting in which the picture was
// not located matches none of them: its tiles are those of the reference.
func (s *Sighting) countUntouched(reference *Sighting) (agree, n int) {
	for _, t := range reference.Tiles {
		if t.State != TileMatch && t.State != TileMismatch || within(t.Rect, reference.Match.Regions) {
			continue
		}
		n++
		if s.tileAt(t.Rect) == TileMatch {
			agree++
		}
	}
	return agree, n
}

// tileAt is the state of the tile in the middle of r. Two comparisons lay the
// same grid unless their scales differ, and then by little.
func (s *Sighting) tileAt(r Rect) TileState {
	for _, t := range s.Tiles {
		if within(r, []Rect{t.Rect}) {
			return t.State
		}
	}
	return TileFlat
}

// within says whether the middle of r lies in one of the regions.
func within(r Rect, regions []Rect) bool {
	cx, cy := r.X+r.W/2, r.Y+r.H/2
	for _, g := range regions {
		if cx >= g.X && cx < g.X+g.W && cy >= g.Y && cy < g.Y+g.H {
			return true
		}
	}
	return false
}
