package agree

import "github.com/defacecheck/defacecheck/verify/reading/internal/levenshtein"

// The lengths, in characters, from which two words count as one though one, two
// or three letters differ: what an unsure reading gets wrong in a word.
const (
	oneSlip    = 4
	twoSlips   = 8
	threeSlips = 13
)

func slips(n int) int {
	switch {
	case n >= threeSlips:
		return 3
	case n >= twoSlips:
		return 2
	case n >= oneSlip:
		return 1
	}
	return 0
}

// alike says whether two folded words can be one word, once misread.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	most := slips(len(x))
	return most > 0 && len(y)-len(x) <= most && edits(x, y) <= most
}

// edits is the Levenshtein distance.
func edits(a, b []rune) int { return levenshtein.Row(a, b)[len(b)] }

// partners lists for every token of a the places in b where a token like it
// stands. The many places of a word that is everywhere are cut short; its
// neighbours decide which of them is meant.
func partners(a, b []token) [][]int {
	where := map[string][]int{}
	var keys []string
	for j, t := range b {
		if len(where[t.key]) == 0 {
			keys = append(keys, t.key)
		}
		where[t.key] = append(where[t.key], j)
	}
	byLength := map[int][]string{}
	for _, k := range keys {
		n := len([]rune(k))
		byLength[n] = append(byLength[n], k)
	}
	known, most := map[string][]int{}, maxPairs/max(1, len(a))
	out := make([][]int, len(a))
	for i, t := range a {
		places, ok := known[t.key]
		if !ok {
			places = placesOf(t.key, most, where, byLength)
			known[t.key] = places
		}
		out[i] = places
	}
	return out
}

// maxPairs bounds the pairs of like tokens that are looked at: a picture full of
// one word, on a page full of it.
const maxPairs = 200_000

func placesOf(key string, most int, where map[string][]int, byLength map[int][]string) []int {
	places := where[key]
	n := len([]rune(key))
	if len(places) == 0 && slips(n) > 0 {
		for d := -slips(n); d <= slips(n); d++ {
			for _, k := range byLength[n+d] {
				if alike(key, k) {
					places = append(places, where[k]...)
				}
			}
		}
	}
	return places[:min(len(places), most)]
}
