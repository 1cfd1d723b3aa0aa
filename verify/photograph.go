package verify

import (
	"slices"

	"github.com/defacecheck/defacecheck/verify/align"
)

// widths proposes the widths to render the page at again: of a screenshot by its
// size, of a photograph by the screen's edges in it.
//
// The first least of them lie between long straight sides that the picture has, and
// are worth a look though something seems to be replaced at another.
func (e *eye) widths(s *Sighting, rendered int) (widths []int, least int, err error) {
	if !s.registration.Turned() {
		var between []int
		if v := s.Capture.Viewport; s.account.located && !v.Mobile {
			between = align.WidthsBetween(e.luma, perCSS(s.registration, e.size.X, v))
		}
		widths = align.Widths(s.registration, e.size.X, rendered, between...)
		for i, w := range widths {
			if slices.Contains(between, w) {
				least = i + 1
			}
		}
		return widths, least, nil
	}
	shot, err := s.decode(s.Capture)
	if err != nil {
		return nil, 0, err
	}
	return align.WidthsOfPhotograph(align.Luma(e.content), s.registration, shot.Bounds().Size(), rendered), 0, nil
}
