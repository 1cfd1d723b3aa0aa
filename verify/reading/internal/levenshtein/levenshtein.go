// Package levenshtein counts the letters to be changed, left out or put in to
// make one text into another (V. Levenshtein, Soviet Physics Doklady 10, 1966;
// rows as by R. Wagner and M. Fischer, Journal of the ACM 21, 1974).
//
// It gives the whole last row, of which its users need more than the distance: a
// title that a tab cuts off is held against every beginning of the page's. It
// takes len(a) times len(b) steps and room for one row, and sets no bound to either.
package levenshtein

// Row gives for each j from 0 to len(b) the distance between a and the first j
// letters of b. The last is that between a and b.
func Row(a, b []rune) []int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := 1
			if x == y {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row
}
