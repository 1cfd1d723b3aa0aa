package align

import (
	"image"
	"math"
)

// A block laid over a page has an edge wherever it ends, and the page beneath
// goes on there as if nothing were: that is seen even where the page holds no
// text to sever. Where two pages of a site differ, or a part of one, the edge is
// one of the page's own.
const (
	edgeStep = 20.0 // levels by which the picture's ground must step where the page's does not
	evenStep = 8.0  // levels within which the page's ground is the same on both sides
)

// What the sides of a region must show to be a block's. On dev pages a block that
// replaced 50 or 80 % was as outside and differed inside along all of every side
// in view; of the pages of one site, no region was so along two.
const (
	minSide    = 6    // probes, for a side to count as in view
	minSides   = 2    // in view: one may be where a window's frame or a header ends
	edgeClean  = 0.95 // of the probes of each side
	edgeSharp  = 0.95 // of the clean ones
	edgeCut    = 0.4  // of the clean ones, on two sides
	minAround  = 20   // tiles that must match around it
	fewSevered = 4    // probes: beside such an outline less than a pasted region's is enough
	blockHoles = 0.05 // of its tiles, that may match
	fewStrays  = 6    // changed tiles elsewhere that a picture with little on it may have
)

// edge counts the probes along one side of a region.
type edge struct {
	probes int
	clean  int // outside, picture and page agree
	sharp  int // and inside they differ
	cut    int // and the page goes on across, but the picture does not
}

// edges walks along the sides of r within the picture: left, right, top, bottom.
func (f *frame) edges(r image.Rectangle) [4]edge {
	var e [4]edge
	whole := image.Rectangle{Max: f.size}
	for side := range e {
		for at := 0; ; at += probeStep {
			in, out, ok := probe(r, side, at)
			if !ok {
				break
			}
			if in.In(whole) && out.In(whole) {
				e[side].add(f, in, out, side)
			}
		}
	}
	return e
}

func (e *edge) add(f *frame, in, out image.Rectangle, side int) {
	e.probes++
	for _, k := range f.groups(in.Union(out)) {
		l := f.layer(k)
		o := profile{project(f.soft, out, 0, side), project(l.soft, out, drift, side)}
		if !o.agrees(f.limits) {
			continue
		}
		e.clean++
		i := profile{project(f.soft, in, 0, side), project(l.soft, in, drift, side)}
		if i.differs(f.limits, o.lighter()) {
			e.sharp++
			if cut(f.limits, i, o) {
				e.cut++
			}
		}
		return
	}
}

// cut says whether the page goes on across the border, and the picture does not.
func cut(l *limits, in, out profile) bool {
	mi, di := spreadOf(in.page)
	mo, do := spreadOf(out.page)
	if math.Abs(mi-mo) > evenStep {
		return false
	}
	if max(di, do) >= l.profiled && (min(di, do) < l.profiled || alike(in.page, out.page) < runsAcross) {
		return false
	}
	pi, ei := spreadOf(in.picture)
	po, eo := spreadOf(out.picture)
	if math.Abs(pi-po) >= edgeStep {
		return true
	}
	return max(ei, eo) >= l.profiled && (min(ei, eo) < l.profiled || alike(in.picture, out.picture) < gone)
}

// hard says whether the page goes on where this side ends.
func (e edge) hard() bool { return e.inView() && share(e.cut, e.clean) >= edgeCut }

func (e edge) inView() bool { return e.probes >= minSide }

// apart says whether picture and page agree outside of this side and differ inside.
func (e edge) apart() bool {
	return share(e.clean, e.probes) >= edgeClean && share(e.sharp, e.clean) >= edgeSharp
}

// outlined says whether picture and page agree right up to the region along all
// of its sides that are in view, and differ right from there on. hard is the
// number of sides where the page goes on beneath.
func outlined(edges [4]edge) (ok bool, hard int) {
	sides := 0
	for _, e := range edges {
		if !e.inView() {
			continue
		}
		if !e.apart() {
			return false, 0
		}
		sides++
		if e.hard() {
			hard++
		}
	}
	return sides >= minSides, hard
}

// blocked says whether one block lies over the page and all else agrees. A page
// of the site that has a picture where this one has text looks so too, if the
// picture keeps to the column; so it must sever something, or what agrees must
// lie away from the edges.
func (c *Comparison) blocked(g *grid, f *frame, regions []region) bool {
	if len(regions) == 0 || c.Match < minAround {
		return false
	}
	r := regions[0]
	strays := c.Mismatch - len(r.tiles)
	if strays > fewStrays && share(strays, strays+c.Match) > otherStrays || share(r.inner, r.inner+len(r.tiles)) > blockHoles {
		return false
	}
	ok, hard := outlined(f.edges(r.rect))
	return ok && hard >= minSides && (g.body() >= minBody || f.along(r.rect).severed >= fewSevered)
}
