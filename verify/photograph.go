package verify

import (
	"slices"

	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
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
			between = e.between(perCSS(s.registration, e.size.X, v))
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

// between lists the widths that lie between long straight sides of the picture, where
// a CSS pixel has scale pixels.
func (e *eye) between(scale float64) []int {
	var out []int
	if k := e.frame.Kind; k == frame.Browser || k == frame.Desktop {
		out = align.WidthsBesidePanel(e.luma, scale)
	}
	for _, w := range align.WidthsBetween(e.luma, scale) {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
