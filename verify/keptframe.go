package verify

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// keptFrame is the frame that is kept for those who read its address bar and
// its clock: what was cut off before the comparisons, or, where nothing was, the
// strips at the edges that did not go with a page which agrees in all the rest.
func keptFrame(c *Case) frame.Frame {
	if c.Frame.Kind != frame.None {
		return c.Frame
	}
	for _, s := range c.Sightings {
		if s.Match == nil || !s.Match.Located || len(s.Match.Frame) == 0 || s.State != Same && !s.edged {
			continue
		}
		b := c.Picture.Image.Bounds()
		if f := frame.From(inside(b, s.Match.Frame), c.Picture.Image); f.Kind != frame.None {
			return f
		}
	}
	return c.Frame
}

// inside is what strips along its edges leave of b.
func inside(b image.Rectangle, strips []Rect) image.Rectangle {
	for _, s := range strips {
		r := s.image()
		switch {
		case r.Dx() >= r.Dy() && middleRow(r) < middleRow(b):
			b.Min.Y = max(b.Min.Y, r.Max.Y)
		case r.Dx() >= r.Dy():
			b.Max.Y = min(b.Max.Y, r.Min.Y)
		case r.Min.X+r.Max.X < b.Min.X+b.Max.X:
			b.Min.X = max(b.Min.X, r.Max.X)
		default:
			b.Max.X = min(b.Max.X, r.Min.X)
		}
	}
	return b
}

func middleRow(r image.Rectangle) int { return (r.Min.Y + r.Max.Y) / 2 }

func frameFacts(f frame.Frame) FrameFacts {
	facts := FrameFacts{Kind: string(f.Kind), Confidence: f.Confidence, Content: rect(f.Content)}
	for _, guess := range []struct {
		at   image.Rectangle
		into **Rect
	}{{f.Address, &facts.Address}, {f.Tab, &facts.Tab}, {f.Clock, &facts.Clock}} {
		if !guess.at.Empty() {
			r := rect(guess.at)
			*guess.into = &r
		}
	}
	for _, s := range f.Strips {
		facts.Strips = append(facts.Strips, FrameStrip{Rect: rect(s.Rect), Side: string(s.Side), Part: string(s.Part)})
		facts.Picture = FramePicture
	}
	return facts
}
