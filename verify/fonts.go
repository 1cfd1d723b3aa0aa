package verify

import (
	"fmt"
	"image"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/defacecheck/defacecheck/verify/align"
)

// A page that asks for a font which the claimant's machine and ours resolve to
// different ones shows all its text in that font otherwise, and all else alike: a
// block of code between paragraphs then looks like a block that was replaced. A
// forger who rewrites text leaves other text in the same font as it was. Fonts that
// are much alike differ in some words only: then those that agree do so less well
// than text in other fonts.
const (
	// wholeFont and chanceWords say how few of a font's tiles may agree, for each that
	// differs and besides, for the font and not the words to be what differs: short
	// words, dots and dashes agree by chance.
	wholeFont   = 0.25
	chanceWords = 1
	// lessAlike is by how much the median likeness of a font's matching tiles lies
	// below that of the other fonts' for it to be another font that is much like it,
	// and leastAlike the likeness below which it is one where there are no others. On
	// development pages a font much like another had medians of 0.82 to 0.94, and the
	// other fonts of the same pictures 0.98 and more.
	lessAlike, leastAlike = 0.03, 0.9
	// minAlike is how many tiles a median is taken of, at least.
	minAlike = 8
	// byFont is the share of the differing tiles that must hold text in such fonts.
	byFont = 0.8
	// thinLine is how many pixels thick a line may be that is no word: ruled lines
	// come out otherwise where a picture was reduced.
	thinLine = 3
	// minFontTiles is how many tiles must differ before a font is spoken of.
	minFontTiles = 3
)

// otherFont names the fonts whose every text differs and which explain what
// differs; empty when they do not. by is where the content lies in the picture.
func (s *Sighting) otherFont(c align.Comparison, by image.Point) []string {
	if slices.Contains(c.Fresh, true) || s.registration.Turned() {
		return nil
	}
	boxes := s.textOnPicture()
	differ, agree := map[string]int{}, map[string][]float64{} // the likeness of those that agree
	var held []map[string]bool                                // of each tile that differs
	for _, t := range c.Tiles {
		if t.Frame || t.State != align.TileMatch && t.State != align.TileMismatch {
			continue
		}
		fonts := fontsOn(boxes, rect(t.Rect.Add(by)))
		if t.State == align.TileMismatch && !slices.ContainsFunc(c.Regions, func(r image.Rectangle) bool { return thin(r) && r.Overlaps(t.Rect) }) {
			held = append(held, fontsAt(boxes, rect(t.Rect.Add(by))))
		}
		for f := range fonts {
			switch {
			case t.State == align.TileMismatch:
				differ[f]++
			case len(fonts) == 1:
				agree[f] = append(agree[f], t.Likeness)
			}
		}
	}
	suspects := map[string]bool{}
	for f, n := range differ {
		if n >= minFontTiles && (float64(len(agree[f])) <= wholeFont*float64(n)+chanceWords || muchLike(f, agree)) {
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

// muchLike says whether the letters of a font agree so much less well than those
// of the others, that another font, much like it, must have drawn them.
func muchLike(font string, agree map[string][]float64) bool {
	var others []float64
	for f, likeness := range agree {
		if f != font {
			others = append(others, likeness...)
		}
	}
	own := agree[font]
	switch {
	case len(own) < minAlike:
		return false
	case len(others) < minAlike:
		return median(own) < leastAlike
	}
	return median(own) < median(others)-lessAlike
}

// thin says whether a region holds a line at most: no letter is so low or narrow.
func thin(r image.Rectangle) bool { return min(r.Dx(), r.Dy()) <= thinLine }

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return stat.Quantile(0.5, stat.Empirical, sorted, nil)
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

// fontsAt is the fonts on a tile, or beside it where it has none: letters of
// another font reach beyond the box that the page has for them.
func fontsAt(boxes []placedText, tile Rect) map[string]bool {
	if fonts := fontsOn(boxes, tile); len(fonts) > 0 {
		return fonts
	}
	return fontsOn(boxes, Rect{X: tile.X - tile.W/2, Y: tile.Y - tile.H/2, W: 2 * tile.W, H: 2 * tile.H})
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

// doubtFonts takes back that the picture was altered where another font explains what
// differs.
func (s *Sighting) doubtFonts(c align.Comparison, by image.Point) {
	if s.State != Altered {
		return
	}
	if fonts := s.otherFont(c, by); len(fonts) > 0 {
		s.State = Uninformative
		s.Why = fmt.Sprintf("what differs is all of the text in %q, which another machine may draw in another font", fonts[0])
	}
}
