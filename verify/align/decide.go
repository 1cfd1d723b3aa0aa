package align

import (
	"fmt"
	"image"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// What the states take. The figures behind them are in the package
// documentation; in doubt the answer is Uninformative.
const (
	minMatch = 6 // matching tiles for anything to be called the same page
	// sparseTiles is how many informative tiles a picture must have before a few
	// stray mismatches are forgiven; below it every one counts.
	sparseTiles = 40
	strayShare  = 0.06 // mismatches that stand alone, of the informative tiles, in an honest recompression
	minRegion   = 3    // changed tiles that make a region: a replaced line of text has 6 and more
	// minAltered is how many tiles must match for the untouched part to prove that
	// the page is the same: a shared header alone has about as many.
	minAltered     = 30
	alteredShare   = 0.15 // agreement below which what agrees may be shared furniture
	alteredHeight  = 0.3  // of the picture's height that the matching tiles must reach over
	solidShare     = 0.35 // matching tiles among those within a replaced region's bounds, at most
	otherShare     = 0.15 // agreement under which a located picture is another page
	minCovered     = 0.4
	maxExcess      = 0.2 // busy tiles beyond the page, of all busy tiles
	maxMasked      = 0.6 // masked tiles, of all inside the page
	minInformative = 8   // textured tiles a side needs before "not found" says "other"
	minOtherPoints = 60  // the same in recognisable points
	wideGap        = 0.2 // of the picture, beyond which a hole is an alteration whatever lies in it
)

// decide gives the state of a located picture.
func decide(c *Comparison, g *grid, f *frame, regions []region) (State, string) {
	informative := c.Match + c.Mismatch
	excess := g.excess()
	switch {
	case informative < minMatch:
		return Uninformative, fmt.Sprintf("only %d tiles hold anything to compare", informative)
	case c.Covered < minCovered:
		return Uninformative, fmt.Sprintf("only %.0f %% of the picture lies within the page", 100*c.Covered)
	case share(c.Masked, c.Masked+c.Flat+informative) > maxMasked:
		return Uninformative, "most of the page varies by itself"
	case excess > maxExcess:
		return Uninformative, fmt.Sprintf("%.0f %% of what is on the picture lies beyond the page", 100*excess)
	case c.agrees(regions):
		return Same, fmt.Sprintf("%d of %d informative tiles agree", c.Match, informative)
	case c.Agreement < otherShare:
		return Other, fmt.Sprintf("only %d of %d informative tiles agree", c.Match, informative)
	}
	return c.alteration(g, regions)
}

// agrees says whether what differs is no more than stray tiles.
func (c *Comparison) agrees(regions []region) bool {
	if c.Match < minMatch {
		return false
	}
	if c.Mismatch == 0 {
		return true
	}
	if c.Match+c.Mismatch < sparseTiles || len(regions[0].tiles) >= minRegion {
		return false
	}
	return share(c.Mismatch, c.Match+c.Mismatch) <= strayShare
}

// alteration tells a replaced region from scattered differences, and a page
// that was altered from one that only shares its furniture.
func (c *Comparison) alteration(g *grid, regions []region) (State, string) {
	informative := c.Match + c.Mismatch
	solid := 0
	for _, r := range regions {
		if g.solid(r) {
			solid += len(r.tiles)
		}
	}
	switch {
	case c.Match < minAltered:
		return Uninformative, fmt.Sprintf("only %d of %d tiles agree: too few to prove the same page", c.Match, informative)
	case g.height() < alteredHeight:
		return Uninformative, "what agrees is only a strip, which pages of one site share"
	case 2*solid < c.Mismatch:
		return Uninformative, fmt.Sprintf("%d of %d tiles differ, scattered over the picture, as another renderer's would", c.Mismatch, informative)
	}
	return Altered, fmt.Sprintf("%d of %d informative tiles agree; the largest changed region covers %.1f %% of the picture",
		c.Match, informative, 100*c.LargestChanged)
}

// solid says whether a region is filled with change, as a replaced one is.
func (g *grid) solid(r region) bool {
	if len(r.tiles) < minRegion {
		return false
	}
	return share(r.inner, r.inner+len(r.tiles)) <= solidShare || share(len(r.tiles), len(g.cells)) > wideGap
}

// height is the part of the picture's height that matching tiles reach over.
func (g *grid) height() float64 {
	var rows image.Rectangle
	for i, c := range g.cells {
		if c.matched() {
			rows = rows.Union(image.Rect(0, i/g.nx, 1, i/g.nx+1))
		}
	}
	return share(rows.Dy(), g.ny)
}

// excess is the part of the picture's busy tiles that lies beyond the page,
// strips along the edges that may be window frame left out.
func (g *grid) excess() float64 {
	busy, beyond := 0, 0
	for i, c := range g.cells {
		if !c.busy || c.strip {
			continue
		}
		busy++
		r := g.rect(i)
		framed := r.Max.Y <= topStrip || r.Min.Y >= g.size.Y-bottomStrip || r.Max.X <= sideStrip || r.Min.X >= g.size.X-2*sideStrip
		if c.outside && !framed {
			beyond++
		}
	}
	return share(beyond, busy)
}

// unplaced is the comparison of a picture that was not located.
func unplaced(pic, page image.Image, reg Registration) Comparison {
	c := Comparison{State: Uninformative, Why: reg.Why}
	if reg.blind || reg.doubtful || reg.points[0] < minOtherPoints || reg.points[1] < minOtherPoints {
		return c
	}
	a, b := textured(pic), textured(page)
	if min(a, b) < minInformative {
		c.Why = "too little on the picture or the page to tell"
		return c
	}
	return Comparison{State: Other, Why: "the picture was not found on the page: " + reg.Why}
}

// textured counts the tiles of img that hold something.
func textured(img image.Image) int {
	soft := raster.Soften(raster.Luma(img))
	if soft.Rect.Empty() {
		return 0
	}
	g := newGrid(soft.Rect.Size())
	n := 0
	for i := range g.cells {
		if measure(soft, g.rect(i)).deviation >= textureFrom {
			n++
		}
	}
	return n
}
