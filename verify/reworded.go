package verify

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/defacecheck/defacecheck/capture"
)

const (
	// telltaleLetters is how long a word must be to tell pages apart: shorter ones
	// stand in every text of the language.
	telltaleLetters = 4
	// minTelltale is how many such words must be gone, and goneShare how many of
	// those that stood where the picture agrees with the old version alone. Two
	// texts in one language share up to a third.
	minTelltale = 8
	goneShare   = 0.5
)

// reworded says whether the words that the best version has where the picture
// agrees with it alone are gone from another capture, its markup included. A
// wall that asks for consent, an advert laid over everything, or another slide
// of a carousel hide words and leave them in the page; only a page without them
// has really become another: one whose words are mostly others, or one that
// lacks those that stand in these places.
func (f *fits) reworded(s *Sighting) bool {
	if a, b := f.best.Look, s.Look; a.Count >= minWords && b.Count >= minWords && commonWords(a, b) < alikeWords {
		return true
	}
	if f.best.registration.Turned() {
		return false // where a word lies in a photograph is not known well enough
	}
	places, _ := f.tell(s)
	words := f.best.wordsAt(places)
	left := wordsOf(s.Capture)
	gone := 0
	for w := range words {
		if !left[w] {
			gone++
		}
	}
	return gone >= minTelltale && float64(gone) >= goneShare*float64(len(words))
}

// wordsAt returns the telltale words of the capture's visible text that lie, in
// part, over the given parts of the picture.
func (s *Sighting) wordsAt(parts []Rect) map[string]bool {
	words := map[string]bool{}
	for _, t := range s.Capture.Text {
		if r := s.onPicture(t.Box); anyOverlap(r, parts) {
			addTelltale(words, t.Text)
		}
	}
	return words
}

// onPicture is where a box of the page lies in the picture.
func (s *Sighting) onPicture(b capture.Box) Rect {
	perCSS := s.scale() * s.Match.Scale
	x, y := b.X*perCSS+s.Match.OffsetX, b.Y*perCSS+s.Match.OffsetY
	y -= float64(s.top()) * perCSS
	return Rect{X: int(math.Floor(x)), Y: int(math.Floor(y)), W: int(math.Ceil(b.W * perCSS)), H: int(math.Ceil(b.H * perCSS))}
}

func anyOverlap(r Rect, parts []Rect) bool {
	return slices.ContainsFunc(parts, func(p Rect) bool { return overlap(r, p) })
}

// wordsOf returns all telltale words of a capture: what it shows, and what its
// markup holds.
func wordsOf(c *capture.Capture) map[string]bool {
	words := map[string]bool{}
	addTelltale(words, string(c.HTML))
	for _, t := range c.Text {
		addTelltale(words, t.Text)
	}
	return words
}

func addTelltale(words map[string]bool, text string) {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), notWord) {
		if utf8.RuneCountInString(w) >= telltaleLetters {
			words[w] = true
		}
	}
}
