package trace

import (
	"context"
	"fmt"
	"image"
	"math"
)

// Halo finds where plain ground next to drawing is faintly uneven, and on which
// grid of blocks. The grid is told by where the unevenness begins, after the
// block artefact grids of Li, Yuan and Yu, Passive detection of doctored JPEG
// image via block artifact grid extraction (Signal Processing 89, 2009); how
// surprising it is, by the number of false alarms of Desolneux, Moisan and Morel.
type Halo struct{}

// Name implements Method.
func (Halo) Name() string { return "halo" }

// Find implements Method.
func (Halo) Find(ctx context.Context, s *Subject) ([]Finding, error) {
	e, err := findEdges(ctx, s.plane)
	if err != nil {
		return nil, err
	}
	e = e.without(s.Pictures)
	page := s.within(e.size)
	g, is := gridOf(e.phases(page, image.Rectangle{}), wholeChance)
	var found []Finding
	if is {
		found = append(found, Finding{Kind: Compressed, Chance: g.chance, Sentence: historySentence(g)})
	}
	h := held{e: e, page: page, all: e.tally(page)}
	return append(found, h.local(s.Asked)...), nil
}

// grid is where blocks begin, modulo eight, and how surprising it is.
type grid struct {
	x, y   int
	cx, cy float64 // log10 of what is expected by chance, each axis
	chance float64
}

// The bounds are log10 of expected false alarms by the model, which takes halos
// for independent. On pages they are not: lines of text and rules repeat. So
// they were set on untouched pictures; see the package comment.
const (
	wholeChance     = -12  // each axis, for the whole picture; -9.8 was the most seen on both axes of one that was never compressed, -14.7 the least of one that was
	hintChance      = -4   // each axis, for the whole: from here on it may have been compressed
	askedGrid       = -9.5 // both axes together, for a part on another grid; -8.8 and
	searchedGrid    = -12  // -11 were seen where a soft shadow falls slantwise
	unevenChance    = -7   // for an uneven part; -6.3 was seen
	untouchedChance = -5   // for an untouched part; none was seen
	axisChance      = -1.5 // of one axis, to be counted
)

func gridOf(t phases, bound float64) (grid, bool) {
	var g grid
	g.x, g.cx = phase(t.x)
	g.y, g.cy = phase(t.y)
	g.chance = math.Max(g.cx, g.cy)
	return g, g.cx < bound && g.cy < bound
}

func historySentence(g grid) string {
	if g.x == 0 && g.y == 0 {
		return "The picture carries the blocks of a lossy compression such as JPEG, beginning at its corner."
	}
	return fmt.Sprintf("The picture carries the blocks of an earlier lossy compression such as JPEG, which begin %d px from its left and %d px from its upper edge: it was cut or put together afterwards.", g.x, g.y)
}
