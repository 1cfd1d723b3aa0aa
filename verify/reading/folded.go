package reading

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Folded are the letters and digits of a text as they are compared where no
// letter is sure: in lower case, without accents, and those alike that are read
// for each other, 0 and o, 1, i, j and l.
func Folded(s string) []rune {
	var out []rune
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			continue
		case r == '0':
			r = 'o'
		case r == '1' || r == 'i' || r == 'ı' || r == 'j':
			r = 'l'
		}
		out = append(out, r)
	}
	return out
}

// Weight is how much letters tell: their number, those of the scripts with
// thousands of characters, Han and Hangul, counted twice.
func Weight(letters []rune) int {
	n := len(letters)
	for _, r := range letters {
		if unicode.In(r, unicode.Han, unicode.Hangul) {
			n++
		}
	}
	return n
}

// Joined is the text of words, with spaces between them.
func Joined(words []Word) string {
	var all []string
	for _, w := range words {
		all = append(all, w.Text)
	}
	return strings.Join(all, " ")
}
