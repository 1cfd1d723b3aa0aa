package verify

import (
	"html"
	"iter"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/defacecheck/defacecheck/capture"
)

const (
	// telltaleLetters is how long a word must be to tell pages apart: shorter ones
	// stand in every text of the language.
	telltaleLetters = 4
	// minTelltale is how many pairs of such words that follow each other must be gone,
	// and goneShare how many of those that stood where the picture agrees with the old
	// version alone. Single words will not do: a long page, or one of the same matters
	// a year later, has most of them.
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
	pairs := f.best.pairsAt(places)
	left := pairsOf(s.Capture)
	gone := 0
	for p := range pairs {
		if !left[p] {
			gone++
		}
	}
	return gone >= minTelltale && float64(gone) >= goneShare*float64(len(pairs))
}

// wordPair is two telltale words that follow each other.
type wordPair [2]string

// pairsAt returns the pairs of the capture's visible text that lie, in part, over the
// given parts of the picture.
func (s *Sighting) pairsAt(parts []Rect) map[wordPair]bool {
	pairs := map[wordPair]bool{}
	for _, t := range s.Capture.Text {
		if r := s.onPicture(t.Box); anyOverlap(r, parts) {
			addPairs(pairs, wordsOf(t.Text))
		}
	}
	return pairs
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

// pairsOf returns all pairs of a capture: of what it shows, and of what its markup
// holds, scripts and attributes included.
func pairsOf(c *capture.Capture) map[wordPair]bool {
	pairs := map[wordPair]bool{}
	addPairs(pairs, wordsOf(unescaped(string(c.HTML))))
	for _, t := range c.Text {
		addPairs(pairs, wordsOf(t.Text))
	}
	return pairs
}

// escape is a character as scripts write it.
var escape = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)

// unescaped is markup with its characters as they are shown: what is hidden in a script
// or written in entities is there all the same.
func unescaped(markup string) string {
	return html.UnescapeString(escape.ReplaceAllStringFunc(markup, func(e string) string {
		n, _ := strconv.ParseUint(e[2:], 16, 16)
		return string(rune(n))
	}))
}

func addPairs(pairs map[wordPair]bool, words iter.Seq[string]) {
	last := ""
	for w := range words {
		if !telltale(w) {
			continue
		}
		if last != "" {
			pairs[wordPair{last, w}] = true
		}
		last = w
	}
}

// wordsOf are the words of a text in lower case.
func wordsOf(text string) iter.Seq[string] {
	return strings.FieldsFuncSeq(strings.ToLower(text), notWord)
}

func telltale(word string) bool { return utf8.RuneCountInString(word) >= telltaleLetters }
