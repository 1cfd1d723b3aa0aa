package verify

import (
	"image"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/defacecheck/defacecheck/capture"
)

const (
	// placeTiles is the side, in tiles, of the squares in which tiles that tell two
	// versions apart are counted as one: a paragraph that was rewritten changes a
	// dozen neighbouring tiles, for one reason.
	placeTiles = 4
	// clearChance is how improbable a split of the telling places must be between
	// versions that fit alike before one of them is said not to fit: seven places
	// of one mind.
	clearChance = 0.01
)

// fits is the comparison of an altered picture's untouched part with every
// capture. Untouched is what at least one capture of the page agrees with: what
// none agrees with was replaced, or belongs to a version that nobody captured.
type fits struct {
	best      *Sighting // in which most of the picture is found
	untouched []Rect
	side      int // of a tile, px of the picture
	states    map[*Sighting]func(Rect) TileState
	all       []VersionFit // of the valid sightings, oldest first
	of        map[*Sighting]VersionFit
}

// fits compares the untouched part with every capture that is valid; nil when
// the picture was found altered in none, or when one shows all of it.
func (c *Case) fits() *fits {
	best := bestFit(c.located())
	if best == nil || len(c.showing()) > 0 || len(best.Tiles) == 0 {
		return nil
	}
	f := &fits{best: best, side: best.Tiles[0].W, states: map[*Sighting]func(Rect) TileState{}, of: map[*Sighting]VersionFit{}}
	for _, s := range c.seen() {
		if s.found() {
			f.states[s] = s.states()
		}
	}
	f.findUntouched()
	for _, s := range c.seen() {
		v := f.compare(s)
		f.all, f.of[s] = append(f.all, v), v
	}
	return f
}

// findUntouched collects the tiles that one of the captures agrees with.
func (f *fits) findUntouched() {
	for _, t := range f.best.Tiles {
		for _, state := range f.states {
			if state(t.Rect) == TileMatch {
				f.untouched = append(f.untouched, t.Rect)
				break
			}
		}
	}
}

// located returns the sightings in which the picture was found with a part
// changed, oldest first.
func (c *Case) located() []*Sighting {
	return filter(c.Sightings, func(s *Sighting) bool { return s.usable() && s.State == Altered })
}

// seen returns the sightings of the page, whether or not the picture could be
// told in them, oldest first.
func (c *Case) seen() []*Sighting {
	return filter(c.Sightings, func(s *Sighting) bool { return s.Capture.Validity == capture.OK && s.Match != nil })
}

// found says whether the picture was found in the sighting, be it that it could
// not be told how well the two agree.
func (s *Sighting) found() bool { return s.Match.Located }

// bestFit is the sighting in which most of the picture is found, the later one
// of equals; nil when there are none.
func bestFit(located []*Sighting) *Sighting {
	var best *Sighting
	most := 0
	for _, s := range located {
		if n := s.matching(); best == nil || n >= most {
			best, most = s, n
		}
	}
	return best
}

// matching is the number of tiles that agree.
func (s *Sighting) matching() int {
	n := 0
	for _, t := range s.Tiles {
		if t.State == TileMatch {
			n++
		}
	}
	return n
}

// states tells the state of the tile in the middle of a rectangle. Two
// comparisons lay the same grid unless their scales differ, and then by little.
func (s *Sighting) states() func(Rect) TileState {
	l := newLookup(tileRects(s.Tiles))
	return func(r Rect) TileState {
		if i := l.find(r); i >= 0 {
			return s.Tiles[i].State
		}
		return TileFlat
	}
}

// laidOutLike says whether two captures were rendered for one window, without
// which lines break elsewhere and tiles differ that hold the same words.
func (s *Sighting) laidOutLike(t *Sighting) bool {
	a, b := s.Capture.Viewport, t.Capture.Viewport
	return a.Width == b.Width && a.Mobile == b.Mobile && s.scale() == t.scale()
}

// compare is how one sighting fits, beside the best.
func (f *fits) compare(s *Sighting) VersionFit {
	v := VersionFit{Capture: s.Capture.ID, SeenAt: s.seenAt().UTC(), Untouched: len(f.untouched), Chance: 1, Fitting: FitsUnknown}
	v.Agree = f.agree(s)
	switch {
	case s == f.best:
		v.Fitting = FitsBest
	case f.comparable(s):
		f.count(s, &v)
	}
	return v
}

// comparable says whether a sighting can be told from the best at all. Where
// the picture was found, both must be rendered for one window. Where it was not,
// that alone says nothing: the page must hold other words.
func (f *fits) comparable(s *Sighting) bool {
	if len(f.untouched) == 0 {
		return false
	}
	if s.found() {
		return s.laidOutLike(f.best)
	}
	return f.reworded(s)
}

func (f *fits) count(s *Sighting, v *VersionFit) {
	forBest, forThis := f.tell(s)
	v.ForBest, v.ForThis = places(forBest, f.side), places(forThis, f.side)
	v.Telling = v.ForBest + v.ForThis
	v.Chance = atLeast(v.ForBest, v.Telling)
	v.Fitting = FitsAsWell
	if v.Chance <= clearChance {
		v.Fitting = FitsNot
	}
}

// agree is the number of untouched tiles that agree with a sighting: none where
// the picture was not found.
func (f *fits) agree(s *Sighting) int {
	n := 0
	if state := f.states[s]; state != nil {
		for _, r := range f.untouched {
			if state(r) == TileMatch {
				n++
			}
		}
	}
	return n
}

// tell returns the untouched tiles in which a sighting and the best differ from
// each other, and in which the picture agrees with one of them alone. Where the
// picture was not found at all, every tile that agrees with the best tells.
func (f *fits) tell(s *Sighting) (forBest, forThis []Rect) {
	mine, apart := f.states[s], newLookup(s.apart)
	for _, r := range f.untouched {
		best := f.states[f.best](r)
		if mine == nil {
			if best == TileMatch {
				forBest = append(forBest, r)
			}
			continue
		}
		switch state := mine(r); {
		case !apart.has(r):
		case best == TileMatch && state == TileMismatch:
			forBest = append(forBest, r)
		case best == TileMismatch && state == TileMatch:
			forThis = append(forThis, r)
		}
	}
	return forBest, forThis
}

// places counts the squares of placeTiles by placeTiles tiles of that side that
// the tiles lie in.
func places(tiles []Rect, side int) int {
	seen := map[image.Point]bool{}
	for _, t := range tiles {
		seen[image.Pt(floor(t.X+t.W/2, placeTiles*side), floor(t.Y+t.H/2, placeTiles*side))] = true
	}
	return len(seen)
}

// atLeast is the probability that a fair coin shows heads k times or more in n
// throws: the sign test, one-sided, as McNemar's test takes it of the places in
// which two classifiers disagree.
func atLeast(k, n int) float64 {
	if n == 0 {
		return 1
	}
	return distuv.Binomial{N: float64(n), P: 0.5}.Survival(float64(k) - 1)
}
