package verify

import (
	"image"
	"slices"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

// leastMoving is how many tiles must agree that move with the page when it is
// scrolled, for the picture to be known to show that part of it.
const leastMoving = 6

// doubtHeld takes back that the picture was altered where all that agrees with the page
// stays in view however it is scrolled: a ground that stands still says nothing of where
// the picture lies, and the page may have been looked at elsewhere than where the picture
// was taken. Menus alone make nothing altered.
func (s *Sighting) doubtHeld(c align.Comparison, by image.Point) {
	if s.State != Altered || !s.Capture.StandingGround || s.registration.Turned() || !s.holdsStill() {
		return
	}
	if s.moving(c, by) < leastMoving || s.body() != 0 {
		s.State = Uninformative
		s.Why = "what agrees stays in view however the page is scrolled, so that it does not tell which part of the page the picture would show"
	}
}

// holdsStill says whether a part of the page stays in view while it is scrolled.
func (s *Sighting) holdsStill() bool {
	c := s.Capture
	return c.PageHeight > c.Viewport.Height &&
		(c.StandingGround || slices.ContainsFunc(c.Text, func(t capture.TextBox) bool { return t.Held }))
}

// leastPoints is how many points must agree on words that move with the page, for them to
// tell where the picture lies.
const leastPoints = 8

// body is the group of the registration in which most points agree on words that move
// when the page is scrolled: of the body and not of a menu or a ground that stays in view.
// It is -1 where none has enough of them.
func (s *Sighting) body() int {
	perCSS := sight(s.Capture.Viewport) * s.registration.Scale
	best, most := -1, leastPoints-1
	for i, g := range s.registration.Groups {
		n := 0
		held, moving := s.laid(func(b capture.Box) Rect {
			return Rect{X: int(b.X*perCSS + g.OffsetX), Y: int((b.Y-float64(s.top()))*perCSS + g.OffsetY), W: int(b.W*perCSS) + 1, H: int(b.H*perCSS) + 1}
		})
		for _, p := range g.Anchors() {
			at := Rect{X: p.X, Y: p.Y, W: 1, H: 1}
			if anyOverlap(at, moving) && !anyOverlap(at, held) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

// laid are the boxes of the words that stay in view and of those that do not, laid
// elsewhere.
func (s *Sighting) laid(lay func(capture.Box) Rect) (held, moving []Rect) {
	for _, t := range s.Capture.Text {
		if t.Held {
			held = append(held, lay(t.Box))
		} else {
			moving = append(moving, lay(t.Box))
		}
	}
	return held, moving
}

// moving counts the tiles that agree where the page has words that move when it is
// scrolled. The comparison is of the picture's content, which begins at by.
func (s *Sighting) moving(c align.Comparison, by image.Point) int {
	held, moving := s.laid(s.onPicture)
	agree := 0
	for _, t := range c.Tiles {
		at := rect(t.Rect.Add(by))
		if t.State == align.TileMatch && !t.Frame && anyOverlap(at, moving) && !anyOverlap(at, held) {
			agree++
		}
	}
	return agree
}
