package verify

import (
	"strings"
	"unicode"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// Look is a summary of what a page looked like that survives small changes:
// its visible words and the imprint of its first viewport.
type Look struct {
	Words   map[string]int
	Count   int
	Imprint imprint.Imprint
}

const (
	// minWords is how many visible words both pages need before their texts are
	// compared; a handful of words agrees or differs by chance.
	minWords = 20
	// alikeWords is the Dice share of common words from which two texts count as
	// versions of one page. Unrelated pages in one language share about a tenth
	// to a quarter (stop words, menus).
	alikeWords = 0.6
	// alikeBits is the distance of 256-bit difference hashes up to which two
	// wordless pages count as alike: 99 % of recompressed copies and 0.1 % of
	// unrelated pages lie within.
	alikeBits = 31
)

// lookOf summarises a capture; hash is the imprint of its first viewport.
func lookOf(c *capture.Capture, hash imprint.Imprint) Look {
	l := Look{Words: map[string]int{}, Imprint: hash}
	for _, box := range c.Text {
		for _, w := range strings.FieldsFunc(strings.ToLower(box.Text), notWord) {
			l.Words[w]++
			l.Count++
		}
	}
	return l
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }

// alike says whether two captures look like versions of the same page. Where
// neither text nor picture can tell, they are not alike.
func alike(a, b Look) bool {
	if a.Count >= minWords && b.Count >= minWords {
		return commonWords(a, b) >= alikeWords
	}
	d, err := imprint.Distance(a.Imprint, b.Imprint)
	return err == nil && d.Difference256 <= alikeBits
}

// commonWords is the Dice coefficient of the two bags of words, 0 to 1.
func commonWords(a, b Look) float64 {
	common := 0
	for w, n := range a.Words {
		common += min(n, b.Words[w])
	}
	return 2 * float64(common) / float64(a.Count+b.Count)
}
