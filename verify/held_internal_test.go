package verify

import (
	"image"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

// altered is a picture that came out altered against a page of the given height, full of
// words that move with it, a tile a word, all of which agree.
func altered(height int) (*Sighting, align.Comparison) {
	s := &Sighting{Capture: &capture.Capture{Viewport: capture.DefaultViewport(), PageHeight: height},
		State: Altered, Match: &Match{Scale: 1}}
	s.registration.Located = true
	var c align.Comparison
	for i := range 80 {
		at := image.Pt(32*(i%10), 32*(i/10))
		s.Capture.Text = append(s.Capture.Text, capture.TextBox{Text: "word",
			Box: capture.Box{X: float64(at.X) + 2, Y: float64(at.Y) + 2, W: 28, H: 28}})
		c.Tiles = append(c.Tiles, align.Tile{Rect: image.Rectangle{at, at.Add(image.Pt(32, 32))}, State: align.TileMatch})
	}
	return s, c
}

func TestAGroundThatStandsStillMakesNothingAltered(t *testing.T) {
	for name, c := range map[string]struct {
		standing bool
		height   int
		want     State
	}{
		"the ground stands still":    {true, 5000, Uninformative},
		"it moves with the page":     {false, 5000, Altered},
		"there is nothing to scroll": {true, 600, Altered},
	} {
		s, cmp := altered(c.height)
		s.Capture.StandingGround = c.standing
		if s.doubtHeld(cmp, image.Point{}); s.State != c.want {
			t.Errorf("%s: %s, want %s", name, s.State, c.want)
		}
	}
}
