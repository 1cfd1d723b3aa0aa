package align

import (
	"fmt"
	"math"
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
	minAltered = 30
	minBody    = 12 // of them must lie away from the edges
	// Where headers, footers and side bars usually end, in frame px.
	furnitureTop    = 240
	furnitureBottom = 160
	furnitureSide   = 400
	// A region on the page's own background may be letters in another font. It is
	// an alteration only if the same program drew both: nearly all else agrees, and
	// many letters do.
	maxReworded      = 3  // such regions
	minLetters       = 60 // tiles of letters that agree
	lettersPerChange = 4  // and for each changed tile
	// Letters in another font stand where the old ones stood. Where half of what
	// changed is empty on one side, other content stands there, and fewer will do.
	lettersPerRebuilt = 1
	menuHeight        = 96   // frame px; a menu that hides while the page is scrolled
	filledShare       = 0.5  // of a region's bounds that replaced text fills with changed tiles; curves of a chart fill a quarter
	sameRenderer      = 0.97 // agreement outside the regions
	solidShare        = 0.35 // matching tiles among those within a replaced region's bounds, at most
	leastAgreement    = 0.2  // under which nothing is said of a located picture
	minCovered        = 0.4
	maxExcess         = 0.2 // busy tiles beyond the page, of all busy tiles
	maxMasked         = 0.6 // masked tiles, of all inside the page
	minInformative    = 8   // textured tiles a side needs before "not found" says "other"
	minOtherPoints    = 60  // the same in recognisable points
	wideGap           = 0.2 // of the picture, beyond which a hole is an alteration whatever lies in it
)

// decide gives the state of a located picture. It is never Other: that a place was found
// is a sign of this page, and little agrees as well where another machine has other
// fonts, or where the page was rendered for another window.
func decide(c *Comparison, g *grid, f *frame, regions []region) (State, string) {
	informative := c.Match + c.Mismatch
	excess := g.excess()
	switch {
	case informative < minMatch:
		return Uninformative, fmt.Sprintf("only %d tiles hold anything to compare", informative)
	case f.view != nil:
		return c.photograph(g, f, regions, excess)
	case c.Covered < minCovered:
		return Uninformative, fmt.Sprintf("only %.0f %% of the picture lies within the page", 100*c.Covered)
	case share(c.Masked, c.Masked+c.Flat+informative) > maxMasked:
		return Uninformative, "most of the page varies by itself"
	case excess > maxExcess:
		return Uninformative, fmt.Sprintf("%.0f %% of what is on the picture lies beyond the page", 100*excess)
	case c.agrees(regions):
		return Same, fmt.Sprintf("%d of %d informative tiles agree", c.Match, informative)
	}
	if why, doubted := c.doubt(g, f, regions); doubted {
		return Uninformative, why
	}
	if (c.pasted(g, f, regions, otherStrays) || c.blocked(g, f, regions)) && !f.otherwiseLaidOut() {
		return Altered, c.extent() + ", and cuts through what the page shows there"
	}
	if c.Agreement >= leastAgreement {
		return c.alteration(g, f, regions)
	}
	c.OtherOrAltered = true
	return Uninformative, fmt.Sprintf("only %d of %d informative tiles agree", c.Match, informative)
}

// doubt gives the reason why what differs may come from the window and not from the
// page, on a picture of which enough agrees to be the same page.
func (c *Comparison) doubt(g *grid, f *frame, regions []region) (string, bool) {
	switch {
	case c.Match < minAltered:
		return "", false
	case f.reg.lean > maxLean:
		return "what agrees lies turned or stretched on the page, as on a photograph, or as letters do that another program spaces", true
	case g.panelled(c):
		return "what differs lies along a side, where nothing agrees and a window's panel may be", true
	case g.ringed(c):
		return "what differs lies all around what agrees, as the border of a program that shows pictures does", true
	case g.cornered(c):
		return "what differs lies in a lower corner, where pages keep buttons that come and go", true
	case pointed(regions):
		return "what differs is no larger than a mouse pointer", true
	case g.rewrapped(f, regions):
		return "what differs holds the page's own words, which stand elsewhere, as where lines break otherwise", true
	case g.framed(f, regions):
		return "what differs lies along the edge, where a window's frame may be", true
	}
	return "", false
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
// that was altered from one that only shares its furniture or was laid out or
// drawn otherwise.
func (c *Comparison) alteration(g *grid, f *frame, regions []region) (State, string) {
	informative := c.Match + c.Mismatch
	solid, fresh, many, framed, onTop, loose, rebuilt := 0, 0, 0, 0, 0, 0, 0
	for _, r := range regions {
		if !g.solid(r) {
			continue
		}
		many++
		solid += len(r.tiles)
		if g.atFrame(r.rect, f) {
			framed++
		}
		if 2*r.fresh >= len(r.tiles) {
			fresh += len(r.tiles)
		}
		if r.rect.Max.Y <= menuHeight {
			onTop++
		}
		if !r.filled() {
			loose++
		}
		rebuilt += g.oneSided(f, r)
	}
	perChange := lettersPerChange
	if 2*rebuilt >= solid {
		perChange = lettersPerRebuilt
	}
	switch {
	case c.Match < minAltered:
		c.OtherOrAltered = true
		return Uninformative, fmt.Sprintf("only %d of %d tiles agree: too few to prove the same page", c.Match, informative)
	case g.body() < minBody:
		c.OtherOrAltered = true
		return Uninformative, "what agrees lies along the edges, where the pages of one site are alike"
	case f.otherwiseLaidOut():
		return Uninformative, "the page is laid out for another window width"
	case many > 0 && framed == many:
		return Uninformative, "what differs lies along the edge, where a window's frame may be"
	case 2*solid < c.Mismatch:
		return Uninformative, fmt.Sprintf("%d of %d tiles differ, scattered over the picture", c.Mismatch, informative)
	case 2*fresh < solid && onTop == many:
		return Uninformative, "what differs lies along the top, where menus come and go with scrolling"
	case 2*fresh < solid && loose > 0:
		c.Moving = true
		return Uninformative, fmt.Sprintf("%d of %d tiles differ, along a line, as a drawing that moves does", c.Mismatch, informative)
	case 2*fresh < solid && !(many <= maxReworded && g.oneRenderer(f, c.Mismatch-solid, solid, perChange)):
		return Uninformative, fmt.Sprintf("%d of %d tiles differ, on the same background, as letters of another font would", c.Mismatch, informative)
	}
	return Altered, c.extent()
}

func (c *Comparison) extent() string {
	return fmt.Sprintf("%d of %d informative tiles agree; the largest changed region covers %.1f %% of the picture",
		c.Match, c.Match+c.Mismatch, 100*c.LargestChanged)
}

// oneRenderer says whether so many letters agree, and so little else differs,
// that the same program must have drawn both; then letters that differ were
// changed. strays is the number of changed tiles outside the regions, changed
// of those within; perChange is how many letters each of these takes.
func (g *grid) oneRenderer(f *frame, strays, changed, perChange int) bool {
	letters := 0
	for i, c := range g.cells {
		if c.matched() && f.lettered(g.rect(i)) {
			letters++
		}
	}
	return letters >= max(minLetters, perChange*changed) && share(strays, strays+letters) <= 1-sameRenderer
}

// otherwiseLaidOut says whether the picture was taken in a window of another
// width than the page was rendered at: a part of it fits at another scale, as
// pictures that fill the window do beside text, or it lies askew, or it is wider than
// the page, or narrower with parts moved sideways. A crop is narrower too, but moves
// nothing.
func (f *frame) otherwiseLaidOut() bool {
	if f.askew() {
		return true
	}
	for _, h := range f.reg.Hypotheses {
		if math.Abs(h.Scale/f.reg.Scale-1) > 0.05 && h.Inliers >= minInliers {
			return true
		}
	}
	wide := float64(f.size.X) * f.zoom / f.reg.Scale / float64(f.page.Rect.Dx())
	if wide > 1+snap {
		return true
	}
	if wide > 1-snap {
		return false
	}
	for _, g := range f.reg.Groups {
		if math.Abs(g.OffsetX-f.reg.OffsetX) > 2*drift*f.zoom {
			return true
		}
	}
	return false
}

// askew says whether the page would begin within the picture on one side and go on
// beyond it on the other: so it lies where the window is narrower than the picture,
// beside a panel or within a border, and the page was rendered too wide.
func (f *frame) askew() bool {
	page, w := f.inPage[0], f.size.X
	return page.Min.X > atEdge && page.Max.X > w+atEdge || page.Min.X < -atEdge && page.Max.X < w-atEdge
}
