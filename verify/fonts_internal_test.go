package verify

import (
	"image"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

// columns is a page of rows of text in two fonts, a tile a word: body above, code
// below, and how each row came out.
func columns(body, code align.TileState, fresh bool) (*Sighting, align.Comparison) {
	s := &Sighting{Capture: &capture.Capture{Viewport: capture.DefaultViewport()},
		State: Altered, Match: &Match{Scale: 1}}
	var c align.Comparison
	for i := range 40 {
		font, state := "Georgia, serif", body
		if i >= 30 {
			font, state = "monospace", code
		}
		at := image.Pt(32*(i%10), 32*(i/10))
		s.Capture.Text = append(s.Capture.Text, capture.TextBox{Text: "word", Font: font,
			Box: capture.Box{X: float64(at.X) + 2, Y: float64(at.Y) + 2, W: 28, H: 28}})
		c.Tiles = append(c.Tiles, align.Tile{Rect: image.Rectangle{at, at.Add(image.Pt(32, 32))}, State: state, Likeness: 0.98})
	}
	c.State, c.Fresh = align.Altered, []bool{fresh}
	return s, c
}

func TestTextInAFontThatIsDrawnOtherwiseThroughoutIsNoAlteration(t *testing.T) {
	s, c := columns(align.TileMatch, align.TileMismatch, false)
	if s.doubtFonts(c, image.Point{}); s.State != Uninformative {
		t.Errorf("all text in one font differs: %s", s.State)
	}
}

func TestRewrittenTextBesideTextInItsFontIsAnAlteration(t *testing.T) {
	s, c := columns(align.TileMatch, align.TileMismatch, false)
	for i := 30; i < 34; i++ {
		c.Tiles[i].State = align.TileMatch
	}
	if s.doubtFonts(c, image.Point{}); s.State != Altered {
		t.Errorf("a part of the text in one font differs: %s", s.State)
	}
}

func TestABlockOnAnotherBackgroundIsNoMatterOfFonts(t *testing.T) {
	s, c := columns(align.TileMatch, align.TileMismatch, true)
	if s.doubtFonts(c, image.Point{}); s.State != Altered {
		t.Errorf("a block on another background: %s", s.State)
	}
}

func TestWhatDiffersBesideTheFontIsAnAlteration(t *testing.T) {
	s, c := columns(align.TileMatch, align.TileMismatch, false)
	for i := range 10 {
		c.Tiles[i].State = align.TileMismatch
	}
	if s.doubtFonts(c, image.Point{}); s.State != Altered {
		t.Errorf("a row in the other font differs as well: %s", s.State)
	}
}

func TestTextInAFontMuchLikeThePagesIsNoAlteration(t *testing.T) {
	const code = 11 // words, so that enough of them agree
	for name, c := range map[string]struct {
		likeness float64 // of the words in code that agree
		want     State
	}{
		"as well as the others":      {0.98, Altered},
		"less well than the others":  {0.9, Uninformative},
		"a little less than they do": {0.96, Altered},
	} {
		s, cmp := columns(align.TileMatch, align.TileMatch, false)
		for i := range cmp.Tiles {
			cmp.Tiles[i].Likeness = 0.98
			if i >= len(cmp.Tiles)-code {
				s.Capture.Text[i].Font = "monospace"
				cmp.Tiles[i].Likeness = c.likeness
			}
		}
		for i := 37; i < 40; i++ {
			cmp.Tiles[i].State = align.TileMismatch
		}
		if s.doubtFonts(cmp, image.Point{}); s.State != c.want {
			t.Errorf("%s: %s, want %s", name, s.State, c.want)
		}
	}
}
