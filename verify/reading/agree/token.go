package agree

import (
	"image"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/reading"
)

// token is a word, or one character of a script that is written without spaces.
type token struct {
	key        string // folded: what it is compared by
	x, y       float64
	high       float64 // of the line it stands in
	confidence float64 // 0 to 100; 100 for the page's own
	weight     float64
	number     bool            // nothing but digits
	box        image.Rectangle // of the word in the picture that it is part of; empty for the page's own
}

const (
	// short words are everywhere and say little.
	shortWeight = 0.25
	// charWeight is that of one Chinese character: two make most words.
	charWeight = 0.5
	// longWord is the length, in characters, from which a word is not short.
	longWord = 4
	// maxTokens bounds what is compared: a page of 60 screens.
	maxTokens = 8000
)

// fromPicture gives the tokens of what was read, in reading order.
func fromPicture(words []reading.Word, readable scripts) []token {
	var all []token
	for _, w := range words {
		b := w.Box
		for _, t := range tokens(w.Text, readable) {
			t.box = b
			t.x, t.y, t.high = float64(b.Min.X+b.Max.X)/2, float64(b.Min.Y+b.Max.Y)/2, float64(b.Dy())
			t.confidence = w.Confidence
			all = append(all, t)
		}
		if len(all) >= maxTokens {
			return all[:maxTokens]
		}
	}
	return all
}

// fromPage gives the tokens of a page in the order of its document. Where a
// word stands within a box of several lines is not known; words are taken to
// fill the box evenly.
func fromPage(boxes []capture.TextBox, readable scripts) []token {
	var all []token
	for _, b := range boxes {
		of := tokens(b.Text, readable)
		for i, t := range of {
			part := (float64(i) + 0.5) / float64(len(of))
			t.x, t.y, t.high, t.confidence = b.X+b.W/2, b.Y+b.H*part, b.H, 100
			all = append(all, t)
		}
		if len(all) >= maxTokens {
			return all[:maxTokens]
		}
	}
	return all
}

// tokens cuts text into words and folds them. Single letters are left out: they
// are what icons are read as.
func tokens(text string, readable scripts) []token {
	var all []token
	word := []rune{}
	flush := func() {
		if t, ok := wordToken(word); ok {
			all = append(all, t)
		}
		word = word[:0]
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r): // the mark of an accent
		case alone(r):
			flush()
			if readable.holds(r) {
				all = append(all, token{key: string(r), weight: charWeight})
			}
		case (unicode.IsLetter(r) || unicode.IsNumber(r)) && readable.holds(r):
			word = append(word, unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	return all
}

func wordToken(word []rune) (token, bool) {
	if len(word) < 2 {
		return token{}, false
	}
	t := token{key: fold(string(word)), weight: 1, number: !slices.ContainsFunc(word, func(r rune) bool { return !unicode.IsNumber(r) })}
	if len(word) < longWord {
		t.weight = shortWeight
	}
	return t, true
}

// alone says whether a character is a token by itself.
func alone(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// fold makes words alike whose letters are mistaken for each other.
func fold(s string) string {
	return strings.NewReplacer("0", "o", "1", "l", "i", "l", "5", "s", "rn", "m", "vv", "w").Replace(s)
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// Words are the words of a text in their order, folded as those of Stray are, in the
// scripts that can be read with the languages.
func Words(text string, languages []string) []string {
	var words []string
	for _, t := range tokens(text, readable(languages)) {
		words = append(words, t.key)
	}
	return words
}
