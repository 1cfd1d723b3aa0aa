package verify

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/align"
)

// leastMoving is how many tiles must agree that move with the page when it is
// scrolled, for the picture to be known to show that part of it.
const leastMoving = 6

// doubtHeld takes back that the picture shows another page where all that agrees
// with the page stays in view however it is scrolled: a header or a menu says
// nothing of where the picture lies, and beside them the page may have been looked
// at elsewhere than where the picture was taken.
func (s *Sighting) doubtHeld(c align.Comparison, by image.Point) {
	if s.State != Other || !s.registration.Located || s.registration.Turned() {
		return
	}
	if s.Capture.PageHeight <= s.Capture.Viewport.Height {
		return // nothing to scroll
	}
	var held, moving []Rect
	for _, t := range s.Capture.Text {
		if t.Held {
			held = append(held, s.onPicture(t.Box))
		} else {
			moving = append(moving, s.onPicture(t.Box))
		}
	}
	if len(held) == 0 {
		return
	}
	agree := 0
	for _, t := range c.Tiles {
		at := rect(t.Rect.Add(by))
		if t.State == align.TileMatch && !t.Frame && anyOverlap(at, moving) && !anyOverlap(at, held) {
			agree++
		}
	}
	if agree < leastMoving {
		s.State = Uninformative
		s.Why = "what agrees stays in view however the page is scrolled, so that it does not tell which part of the page the picture would show"
	}
}
