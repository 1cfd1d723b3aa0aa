package verify

import (
	"fmt"
	"image"
	"slices"

	"github.com/defacecheck/defacecheck/verify/align"
)

// A page that asks for a font which the claimant's machine and ours resolve to
// different ones shows all its text in that font otherwise, and all else alike: a
// block of code between paragraphs then looks like a block that was replaced. A
// forger who rewrites text leaves other text in the same font as it was.
const (
	// wholeFont and chanceWords say how few of a font's tiles may agree, for each that
	// differs and besides, for the font and not the words to be what differs: short
	// words, dots and dashes agree by chance.
	wholeFont   = 0.25
	chanceWords = 1
	// byFont is the share of the differing tiles that must hold text in such fonts.
	byFont = 0.8
	// minFontTiles is how many tiles must differ before a font is spoken of.
	minFontTiles = 3
)

// otherFont names the fonts whose every text differs and which explain what
// differs; empty when they do not. by is where the content lies in the picture.
func (s *Sighting) otherFont(c align.Comparison, by image.Point) []string {
	if c.State == align.Altered && slices.Contains(c.Fresh, true) || s.registration.Homography != nil {
		return nil
	}
	boxes := s.textOnPicture()
	agree, differ := map[string]int{}, map[string]int{}
	var held []map[string]bool // of each tile that differs
	for _, t := range c.Tiles {
		if t.Frame || t.State != align.TileMatch && t.State != align.TileMismatch {
			continue
		}
		fonts := fontsOn(boxes, rect(t.Rect.Add(by)))
		if t.State == align.TileMismatch {
			held = append(held, fonts)
		}
		for f := range fonts {
			switch {
			case t.State == align.TileMismatch:
				differ[f]++
			case len(fonts) == 1:
				agree[f]++
			}
		}
	}
	suspects := map[string]bool{}
	for f, n := range differ {
		if n >= minFontTiles && float64(agree[f]) <= wholeFont*float64(n)+chanceWords {
			suspects[f] = true
		}
	}
	explained := 0
	for _, fonts := range held {
		for f := range fonts {
			if suspects[f] {
				explained++
				break
			}
		}
	}
	if len(held) == 0 || float64(explained) < byFont*float64(len(held)) {
		return nil
	}
	var names []string
	for f := range suspects {
		names = append(names, f)
	}
	slices.Sort(names)
	return names
}

// placedText is a text box of the capture, where it lies in the picture.
type placedText struct {
	Rect
	font string
}

func (s *Sighting) textOnPicture() []placedText {
	var all []placedText
	for _, t := range s.Capture.Text {
		if t.Font != "" {
			all = append(all, placedText{s.onPicture(t.Box), t.Font})
		}
	}
	return all
}

func fontsOn(boxes []placedText, tile Rect) map[string]bool {
	fonts := map[string]bool{}
	for _, b := range boxes {
		if anyOverlap(b.Rect, []Rect{tile}) {
			fonts[b.font] = true
		}
	}
	return fonts
}

// doubtFonts takes back that the picture was altered, or shows another page,
// where another font explains what differs.
func (s *Sighting) doubtFonts(c align.Comparison, by image.Point) {
	if s.State != Altered && !(s.State == Other && s.registration.Located) {
		return
	}
	if fonts := s.otherFont(c, by); len(fonts) > 0 {
		s.State = Uninformative
		s.Why = fmt.Sprintf("what differs is all of the text in %q, which another machine may draw in another font", fonts[0])
	}
}
