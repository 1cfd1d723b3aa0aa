package title

import (
	"slices"

	"github.com/defacecheck/defacecheck/verify/reading/internal/levenshtein"
)

const (
	// signs is how many letters the site's sign before a title may be read as, and
	// button those of the closing button behind it.
	signs, button = 3, 2
	// leastRest is how many letters must be left when these are taken off.
	leastRest = 4
)

// similar is the share of the letters read that are those of the title, which a
// narrow tab cuts off anywhere. What its sign and its button were read as does not
// count.
func similar(read, of []rune) float64 {
	best := 0.0
	for skip := 0; skip <= signs; skip++ {
		for cut := 0; cut <= button; cut++ {
			if skip+cut > 0 && len(read)-skip-cut < leastRest {
				continue
			}
			part := read[skip : len(read)-cut]
			best = max(best, 1-float64(beginning(part, of))/float64(max(len(part), 1)))
		}
	}
	return best
}

// beginning is the number of letters to change, leave out or put in to make a
// into some beginning of b (Levenshtein's distance with a free end).
func beginning(a, b []rune) int { return slices.Min(levenshtein.Row(a, b)) }
