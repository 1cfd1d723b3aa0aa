package verify

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// framed is a picture with grey bars of 80 rows above and 40 below, and a field
// like an address bar in the upper.
func framed() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 800, 600))
	fill := func(r image.Rectangle, v uint8) {
		draw.Draw(img, r, image.NewUniform(color.Gray{Y: v}), image.Point{}, draw.Src)
	}
	fill(img.Rect, 255)
	fill(image.Rect(0, 0, 800, 80), 200)
	fill(image.Rect(120, 40, 700, 70), 240)
	fill(image.Rect(0, 560, 800, 600), 30)
	return img
}

func TestTheFrameOfALocatedPictureIsKept(t *testing.T) {
	t.Parallel()
	img := framed()
	none := frame.Frame{Kind: frame.None, Content: img.Rect, Why: "nothing was recognised"}
	match := &Match{Located: true, Frame: []Rect{{W: 800, H: 80}, {Y: 560, W: 800, H: 40}}}
	want := image.Rect(0, 80, 800, 560)
	for name, c := range map[string]struct {
		s       *Sighting
		content image.Rectangle
	}{
		"agrees": {&Sighting{State: Same, Match: match}, want},
		// What differs at the edge of an altered picture may be the alteration.
		"altered":     {&Sighting{State: Altered, Match: match}, img.Rect},
		"not located": {&Sighting{State: Same, Match: &Match{Frame: match.Frame}}, img.Rect},
		"no strips":   {&Sighting{State: Same, Match: &Match{Located: true}}, img.Rect},
		"not matched": {&Sighting{State: Same}, img.Rect},
	} {
		f := keptFrame(&Case{Picture: &picture.Picture{Image: img}, Frame: none, Sightings: []*Sighting{c.s}})
		if f.Content != c.content {
			t.Errorf("%s: content %v, want %v", name, f.Content, c.content)
		}
		if facts := frameFacts(f); (c.content == want) != (facts.Address != nil && facts.Picture == FramePicture && len(facts.Strips) == 2) {
			t.Errorf("%s: %+v", name, facts)
		}
	}
	found := frame.Frame{Kind: frame.Browser, Content: image.Rect(0, 70, 800, 600)}
	if f := keptFrame(&Case{Picture: &picture.Picture{Image: img}, Frame: found, Sightings: []*Sighting{{State: Same, Match: match}}}); f.Content != found.Content {
		t.Errorf("what was cut before was given up for %v", f.Content)
	}
}

func TestStripsTakeTheEdgesTheyLieAt(t *testing.T) {
	t.Parallel()
	got := inside(image.Rect(10, 20, 810, 620), []Rect{{X: 10, Y: 20, W: 800, H: 64}, {X: 10, Y: 590, W: 800, H: 30}, {X: 10, Y: 20, W: 32, H: 600}, {X: 780, Y: 20, W: 30, H: 600}})
	if want := image.Rect(42, 84, 780, 590); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}
