package verify

import (
	"context"
	"image"

	"github.com/defacecheck/defacecheck/verify/align"
)

// tellVersionsApart finds, for an altered picture, where the other captures
// differ from the one that it fits best: which version the picture was made
// from shows in those places and nowhere else. All other tiles agree with both
// or with neither, whatever the page was.
func (o *observer) tellVersionsApart(context.Context) error {
	best := bestFit(o.c.located())
	if best == nil || len(o.c.showing()) > 0 {
		return nil
	}
	var view *image.NRGBA
	for _, s := range o.c.seen() {
		if s == best || !s.found() || !s.registration.Located || !s.laidOutLike(best) {
			continue
		}
		if view == nil {
			var err error
			if view, err = o.eye.view(best); err != nil {
				return err
			}
		}
		other, err := o.eye.view(s)
		if err != nil {
			return err
		}
		s.apart = differing(view, other, o.eye.frame.Content.Min)
	}
	return nil
}

// differing returns the tiles in which two views of one size differ, moved by
// by.
func differing(a, b *image.NRGBA, by image.Point) []Rect {
	var out []Rect
	for _, r := range align.Differing(a, b) {
		out = append(out, rect(r.Add(by)))
	}
	return out
}
