package align

import "fmt"

// What a photograph must show, in tiles of 64 page px.
const (
	minPhotographed = 20   // tiles that match
	maxBeside       = 0.12 // letters and drawing beyond the page, of all: a browser's bars have about as many
	photographStray = 0.12 // mismatches that stand alone: glare and moire take some tiles away
	sparseStrays    = 1    // of them, where there are few tiles to go by: two sites of one template differ in no more than three of thirty
)

// photograph gives the state of a photograph. It is never other: tiles that a
// camera spoilt are no sign of another page. And it is altered only where a
// block with hard borders cuts through what the page shows, which glare has none of, and
// the greater part of what tells agrees: where a photograph was placed a little off, most
// differs, and the screen's own dark sides cut through it.
func (c *Comparison) photograph(g *grid, f *frame, regions []region, excess float64) (State, string) {
	informative := c.Match + c.Mismatch
	agree := fmt.Sprintf("%d of %d informative tiles of the photograph agree", c.Match, informative)
	switch {
	case c.Match < minPhotographed:
		return Uninformative, "only " + agree
	case excess > maxExcess:
		return Uninformative, fmt.Sprintf("%.0f %% of what the photograph shows is not of the page", 100*excess)
	case len(regions) == 0 || len(regions[0].tiles) < minRegion && c.fewStrays(informative):
		return Same, agree
	case 2*c.Match > informative && c.pasted(g, f, regions, photographStray):
		return Altered, c.extent() + ", and cuts through what the page shows there"
	}
	return Uninformative, agree + ", and what differs may be light, a window's bars or the monitor's border"
}

// fewStrays says whether what differs in a photograph is what light may do.
func (c *Comparison) fewStrays(informative int) bool {
	if informative < sparseTiles {
		return c.Mismatch <= sparseStrays
	}
	return share(c.Mismatch, informative) <= photographStray
}
