package align

import (
	"image"
	"math"
	"slices"
)

// Sticky headers, sidebars and sections that reflowed lie at the scale of the
// rest but at another offset. Each is a group.
const (
	maxGroups       = 8   // real pages have two to five
	minGroupInliers = 16  // the edges of cards and the like agree by chance up to a dozen times
	minGroupSpread  = 6   // distinct tiles
	bin             = 4.0 // side of the voting squares, in picture px at page size
	sameOffset      = 1.5 // a group nearer than this to another adds nothing
)

// Group is a set of points that agree on one offset, at the registration's scale.
type Group struct {
	OffsetX, OffsetY float64         // picture position of the page's top left corner, in px
	Inliers          int             // matches that agree
	Spread           int             // distinct tiles of the picture that they lie in
	Bounds           image.Rectangle // of the inliers, in the picture
	anchors          []image.Point   // inliers in the picture; none: the group holds everywhere
}

// Anchors are the places in the picture, in px, of the points that agree; none where the
// group was given and not found. They must not be changed.
func (g Group) Anchors() []image.Point { return g.anchors }

// grouped sorts matches at one scale into groups, the strongest first, by
// voting for offsets.
func grouped(ms []match, first placement, inliers []int) []Group {
	out := []Group{newGroup(first, ms, inliers)}
	rest := without(ms, inliers)
	for len(out) < maxGroups {
		p, ok := vote(rest, first.scale)
		if !ok {
			break
		}
		in := agreeing(p, rest)
		g := newGroup(centred(p, rest, in), rest, in)
		if g.Inliers < minGroupInliers {
			break
		}
		if g.Spread >= minGroupSpread && !slices.ContainsFunc(out, g.near) {
			out = append(out, g)
		}
		rest = without(rest, in)
	}
	return out
}

func (g Group) near(h Group) bool {
	return math.Abs(g.OffsetX-h.OffsetX) < sameOffset && math.Abs(g.OffsetY-h.OffsetY) < sameOffset
}

func newGroup(p placement, ms []match, in []int) Group {
	g := Group{OffsetX: p.dx, OffsetY: p.dy, Inliers: len(in)}
	for _, i := range in {
		at := image.Pt(int(ms[i].x), int(ms[i].y))
		g.anchors = append(g.anchors, at)
		g.Bounds = g.Bounds.Union(image.Rectangle{at, at.Add(image.Pt(1, 1))})
	}
	g.Spread = len(distinct(g.anchors))
	return g
}

// distinct returns the tiles that the points lie in.
func distinct(points []image.Point) map[image.Point]int {
	out := map[image.Point]int{}
	for _, p := range points {
		out[p.Div(TileSize)]++
	}
	return out
}

func without(ms []match, gone []int) []match {
	out := make([]match, 0, len(ms)-len(gone))
	k := 0
	for i, m := range ms {
		if k < len(gone) && gone[k] == i {
			k++
			continue
		}
		out = append(out, m)
	}
	return out
}

// vote finds the offset that most matches tell at the given scale. Each match
// votes in a square and its neighbours to the right and below, so that no
// cluster is cut in two by a border.
func vote(ms []match, scale float64) (placement, bool) {
	side := bin * math.Max(1, scale)
	tally := map[image.Point]int{}
	var best image.Point
	most := 0
	for i := range ms {
		m := &ms[i]
		r := m.ratio / scale
		if r > levelSlack || r < 1/levelSlack {
			continue
		}
		cx, cy := int(math.Floor((m.x-scale*m.u)/side)), int(math.Floor((m.y-scale*m.v)/side))
		for k := range 4 {
			at := image.Pt(cx+k&1, cy+k>>1)
			tally[at]++
			if n := tally[at]; n > most {
				best, most = at, n
			}
		}
	}
	if most < 2 {
		return placement{}, false
	}
	return placement{scale, float64(best.X) * side, float64(best.Y) * side}, true
}

// centred moves a placement to the median offset of the matches that agree.
func centred(p placement, ms []match, in []int) placement {
	if len(in) == 0 {
		return p
	}
	xs, ys := make([]float64, len(in)), make([]float64, len(in))
	for k, i := range in {
		xs[k], ys[k] = ms[i].x-p.scale*ms[i].u, ms[i].y-p.scale*ms[i].v
	}
	slices.Sort(xs)
	slices.Sort(ys)
	return placement{p.scale, xs[len(xs)/2], ys[len(ys)/2]}
}
