package title

import "github.com/defacecheck/defacecheck/verify/reading"

// Outcome is what the title in a tab says of the page.
type Outcome string

// The outcomes.
const (
	Nothing Outcome = "nothing" // no title was read, or there is none to hold it against
	Agrees  Outcome = "agrees"  // a title that the page has, or its beginning
	Differs Outcome = "differs" // another title, read alike twice
	Unsure  Outcome = "unsure"  // something between
)

// Verdict is an outcome and what it rests on.
type Verdict struct {
	Outcome Outcome
	Read    string  // the title as it was read
	Title   int     // which of the page's titles comes nearest; -1 for none
	Share   float64 // of its letters that are the title's, 0 to 1
}

const (
	// leastAgree and leastDiffer are how many letters a title needs. Chinese
	// characters count two, as they tell as much.
	leastAgree, leastDiffer = 6, 8
	// same is the share of letters from which a title is the page's, and other
	// that up to which it is another's.
	same, other = 0.8, 0.5
	// sure is the mean confidence that both readings of another title need.
	sure = 75
)

// Judge compares two readings of a tab with the titles that the page has.
func Judge(a, b []reading.Word, titles ...string) Verdict {
	one, two := nearest(a, titles), nearest(b, titles)
	best := one
	if two.Share > one.Share {
		best = two
	}
	switch {
	case best.Title < 0:
		best.Outcome = Nothing
	case best.Share >= same && reading.Weight(letters(best.Read)) >= leastAgree:
		best.Outcome = Agrees
	case differs(a, one) && differs(b, two) && similar(letters(one.Read), letters(two.Read)) >= same:
		best.Outcome = Differs
	default:
		best.Outcome = Unsure
	}
	return best
}

func differs(words []reading.Word, v Verdict) bool {
	return v.Title >= 0 && v.Share <= other && reading.Weight(letters(v.Read)) >= leastDiffer && confidence(words) >= sure
}

// confidence is the mean of the words' by their letters.
func confidence(words []reading.Word) float64 {
	sum, n := 0.0, 0
	for _, w := range words {
		k := len(letters(w.Text))
		sum, n = sum+w.Confidence*float64(k), n+k
	}
	return sum / float64(max(n, 1))
}

// nearest finds the title that comes nearest to what was read.
func nearest(words []reading.Word, titles []string) Verdict {
	v := Verdict{Title: -1, Read: reading.Joined(words)}
	read := letters(v.Read)
	if len(read) == 0 {
		return v
	}
	for i, t := range titles {
		if of := letters(t); len(of) > 0 {
			if s := similar(read, of); v.Title < 0 || s > v.Share {
				v.Title, v.Share = i, s
			}
		}
	}
	return v
}

// maxLetters bounds what is compared: a tab shows forty letters.
const maxLetters = 120

// letters are those of a title as they are compared.
func letters(s string) []rune {
	all := reading.Folded(s)
	return all[:min(len(all), maxLetters)]
}
