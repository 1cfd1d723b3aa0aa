package mention

import (
	"image"
	"strings"
	"unicode"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// Mention is where a phrase was found.
type Mention struct {
	Read  string            // as it was read
	At    []image.Rectangle // in pixels of the picture, one for each line
	Share float64           // of the phrase's letters that are there, 0.8 to 1
}

const (
	// shortest is the least number of letters that is looked for; names of up to
	// exact letters must be there to the letter.
	shortest, exact = 3, 4
	// tolerance is the share of a phrase's letters that may be misread.
	tolerance = 0.2
	// maxPhrase and maxText bound what is compared, in letters.
	maxPhrase, maxText = 300, 40_000
)

// Searchable says whether a phrase has letters enough to be looked for. Chinese
// characters and Korean syllables count two.
func Searchable(phrase string) bool { return reading.Weight(reading.Folded(phrase)) >= shortest }

// Find looks for a phrase among words in reading order, and gives the place where
// it is read best, the first of several.
func Find(words []reading.Word, phrase string) (Mention, bool) {
	want := reading.Folded(phrase)
	if !Searchable(phrase) || len(want) > maxPhrase {
		return Mention{}, false
	}
	text := lettersOf(words)
	from, to, off := text.best(want)
	if to == 0 || off > allowed(want) {
		return Mention{}, false
	}
	first, last := text.of[from], text.of[to-1]
	if !everyWord(words[first:last+1], phrase) {
		return Mention{}, false
	}
	return Mention{reading.Joined(words[first : last+1]), boxes(words[first : last+1]), 1 - float64(off)/float64(len(want))}, true
}

const (
	// ownWord is the number of letters from which each word of a phrase must be
	// there by itself, and wordTolerance the share of them that may be misread: a
	// word exchanged for another can be a fifth of a sentence.
	ownWord       = 4
	wordTolerance = 0.34
)

// everyWord says whether each longer word of a phrase is among the words read.
func everyWord(words []reading.Word, phrase string) bool {
	text := lettersOf(words)
	for i := range text.of {
		text.of[i] = i // a word may begin and end anywhere
	}
	for _, w := range strings.Fields(phrase) {
		want := reading.Folded(w)
		if reading.Weight(want) < ownWord {
			continue
		}
		if _, _, off := text.best(want); off > int(wordTolerance*float64(len(want))) {
			return false
		}
	}
	return true
}

// allowed is how many letters of a phrase may be misread.
func allowed(want []rune) int {
	if reading.Weight(want) <= exact {
		return 0
	}
	return int(tolerance * float64(len(want)))
}

// stream is the letters of a text without spaces, and which word each is of.
type stream struct {
	letters []rune
	of      []int
}

func lettersOf(words []reading.Word) stream {
	var s stream
	for i, w := range words {
		for _, r := range reading.Folded(w.Text) {
			if len(s.letters) == maxText {
				return s
			}
			s.letters, s.of = append(s.letters, r), append(s.of, i)
		}
	}
	return s
}

// free says whether a phrase may begin or end at position i: between two words,
// or anywhere beside a character of a script that is written without spaces.
func (s stream) free(i int) bool {
	return i == 0 || i == len(s.letters) || s.of[i] != s.of[i-1] || unicode.Is(unicode.Han, s.letters[i]) || unicode.Is(unicode.Han, s.letters[i-1])
}

// best is the part of the text, from one free position to another, that differs
// from want in the fewest letters, and in how many (Sellers' algorithm, 1980).
// to is 0 when there is none.
func (s stream) best(want []rune) (from, to, off int) {
	type cell struct{ off, from int }
	const far = 1 << 20
	row := make([]cell, len(want)+1)
	for j := range row {
		row[j] = cell{j, 0}
	}
	off = far
	for i, x := range s.letters {
		diagonal := row[0]
		row[0] = cell{far, i + 1}
		if i+1 < len(s.letters) && s.free(i+1) {
			row[0].off = 0
		}
		for j, y := range want {
			next := diagonal
			if x != y {
				next.off++
			}
			diagonal = row[j+1]
			for _, o := range []cell{diagonal, row[j]} {
				if o.off+1 < next.off {
					next = cell{o.off + 1, o.from}
				}
			}
			row[j+1] = next
		}
		if end := row[len(want)]; end.off < off && s.free(i+1) && end.from <= i {
			from, to, off = end.from, i+1, end.off
		}
	}
	return from, to, off
}

// boxes are those of words, one for each line.
func boxes(words []reading.Word) []image.Rectangle {
	var all []image.Rectangle
	for i, w := range words {
		if i > 0 && w.Line == words[i-1].Line {
			all[len(all)-1] = all[len(all)-1].Union(w.Box)
			continue
		}
		all = append(all, w.Box)
	}
	return all
}
