package verify

import "github.com/defacecheck/defacecheck/verify/align"

// widths proposes the widths to render the page at again: of a screenshot by its
// size, of a photograph by the screen's edges in it.
func (e *eye) widths(s *Sighting, rendered int) ([]int, error) {
	if !s.registration.Turned() {
		return align.Widths(s.registration, e.size.X, rendered), nil
	}
	shot, err := s.decode(s.Capture)
	if err != nil {
		return nil, err
	}
	return align.WidthsOfPhotograph(align.Luma(e.content), s.registration, shot.Bounds().Size(), rendered), nil
}
