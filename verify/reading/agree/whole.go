package agree

const (
	// leastWords and leastRare are the fewest words that say something. A line
	// of greeting has fewer.
	leastWords = 7
	leastRare  = 4
	// leastFound is the share of the picture's words that the page must have.
	leastFound = 0.85
	// leastPage is the same the other way round: a page in view says no more
	// than the picture shows.
	leastPage = 0.8
	// leastPlaced is the share of words that must stand in their places.
	leastPlaced = 0.85
	// mostStrange is how many words surely read may be none of the page's: one,
	// and one more for every hundred words.
	mostStrange    = 1
	strangePercent = 0.01
)

// Whole says whether the picture's words are the page's, nearly all of them and
// in their places, with no word surely read as another, and enough of them to
// say so.
func (g Agreement) Whole() bool {
	return g.Words >= leastWords && g.Rare >= leastRare &&
		g.Found >= leastFound && g.PageFound >= leastPage && g.Placed >= leastPlaced &&
		len(g.Swapped) == 0 && float64(g.Strange) <= mostStrange+strangePercent*g.Words
}
