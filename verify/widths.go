package verify

import (
	"slices"

	"github.com/defacecheck/defacecheck/capture"
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
			between = e.between(s.registration, v)
		}
		widths = align.Widths(s.registration.OnFiner(1/sight(s.Capture.Viewport)), e.size.X, rendered, between...)
		for i, w := range widths {
			if slices.Contains(between, w) {
				least = i + 1
			}
		}
		return widths, least, nil
	}
	shot, err := s.shotOf(s.Capture, e.shots)
	if err != nil {
		return nil, 0, err
	}
	return align.WidthsOfPhotograph(align.Luma(e.content), s.registration, shot.image.Bounds().Size(), rendered), 0, nil
}

// leadsBack is the window's width that the scale of a sighting leads back to; 0 where
// it leads to none.
func (e *eye) leadsBack(s *Sighting) int {
	if !s.registration.Located || s.registration.Turned() || s.Capture.Viewport.Mobile {
		return 0
	}
	return align.WidthOf(e.size.X, perCSS(s.registration, e.size.X, s.Capture.Viewport))
}

// between lists the widths that lie between long straight sides of the picture, by
// where it lies in the shot of a window.
func (e *eye) between(r align.Registration, v capture.Viewport) []int {
	var out []int
	add := func(widths []int) {
		for _, w := range widths {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	if len(e.frame.Grounds) > 0 {
		for _, scale := range panelScales(r, sight(v)) {
			add(align.WidthsBesidePanel(e.luma, scale, e.frame.Grounds))
		}
	}
	add(align.WidthsBetween(e.luma, perCSS(r, e.size.X, v)))
	return out
}

// panelScales lists the scales, in pixels of the picture to a CSS pixel, at which a
// panel's width is asked for: the first two that the registration saw, because what
// fills the window has another than the text; and before them 1, if neither is a usual
// pixel ratio.
func panelScales(r align.Registration, sight float64) []float64 {
	var out []float64
	usual := false
	for _, h := range r.Hypotheses[:min(2, len(r.Hypotheses))] {
		scale := h.Scale * sight
		usual = usual || fromUsual(scale, false) <= nearRatio
		out = append(out, scale)
	}
	if !usual {
		out = append([]float64{1}, out...)
	}
	return out
}
