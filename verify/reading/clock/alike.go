package clock

import (
	"strings"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// likePairs are digits that are taken for each other in small print.
func likePairs() []string {
	return []string{"06", "08", "09", "14", "17", "27", "35", "36", "38", "39", "46", "49", "56", "58", "59", "68", "69", "89"}
}

// likeDigit gives the digits that c is taken for.
func likeDigit(c byte) []byte {
	var all []byte
	for _, p := range likePairs() {
		switch c {
		case p[0]:
			all = append(all, p[1])
		case p[1]:
			all = append(all, p[0])
		}
	}
	return all
}

// alike is what the clock shows if one digit of its date was misread.
func alike(s Shown) []Shown {
	var all []Shown
	for i := range len(s.Text) {
		for _, d := range likeDigit(s.Text[i]) {
			text := s.Text[:i] + string(d) + s.Text[i+1:]
			other := parse(asWords(text))
			if len(other.Dates) > 0 {
				other.Minute = s.Minute
				all = append(all, other)
			}
		}
	}
	return all
}

func asWords(text string) []reading.Word {
	var all []reading.Word
	for _, w := range strings.Fields(text) {
		all = append(all, reading.Word{Text: w, Confidence: 100})
	}
	return all
}
