package verify

import (
	"image"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

// menued is a page with a menu of two columns of words at its left, and body text
// right of it, a tile a word; and how each of the two came out.
func menued(menu, body align.TileState, height int) (*Sighting, align.Comparison) {
	s := &Sighting{Capture: &capture.Capture{Viewport: capture.DefaultViewport(), PageHeight: height},
		State: Other, Match: &Match{Scale: 1}}
	s.registration.Located = true
	var c align.Comparison
	for i := range 80 {
		at, held := image.Pt(32*(i%10), 32*(i/10)), i%10 < 2
		state := body
		if held {
			state = menu
		}
		s.Capture.Text = append(s.Capture.Text, capture.TextBox{Text: "word", Held: held,
			Box: capture.Box{X: float64(at.X) + 2, Y: float64(at.Y) + 2, W: 28, H: 28}})
		c.Tiles = append(c.Tiles, align.Tile{Rect: image.Rectangle{at, at.Add(image.Pt(32, 32))}, State: state})
	}
	return s, c
}

func TestAMenuThatStaysInViewTellsNotWhichPartOfThePageIsShown(t *testing.T) {
	for name, c := range map[string]struct {
		menu, body align.TileState
		moves      int // words of the body that agree
		height     int
		want       State
	}{
		"the menu alone agrees":             {align.TileMatch, align.TileMismatch, 0, 5000, Uninformative},
		"words of the body agree as well":   {align.TileMatch, align.TileMismatch, 8, 5000, Other},
		"a page that cannot be scrolled":    {align.TileMatch, align.TileMismatch, 0, 600, Other},
		"nothing agrees but a word or two":  {align.TileMismatch, align.TileMismatch, 2, 5000, Uninformative},
		"the words agree and not the menus": {align.TileMismatch, align.TileMatch, 0, 5000, Other},
	} {
		s, cmp := menued(c.menu, c.body, c.height)
		for i, moved := 2, 0; moved < c.moves; i += 10 {
			cmp.Tiles[i].State = align.TileMatch
			moved++
		}
		if s.doubtHeld(cmp, image.Point{}); s.State != c.want {
			t.Errorf("%s: %s, want %s", name, s.State, c.want)
		}
	}
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
		s, cmp := menued(align.TileMatch, align.TileMatch, c.height)
		s.State, s.Capture.StandingGround = Altered, c.standing
		if s.doubtHeld(cmp, image.Point{}); s.State != c.want {
			t.Errorf("%s: %s, want %s", name, s.State, c.want)
		}
	}
}
