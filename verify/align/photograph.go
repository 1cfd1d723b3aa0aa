package align

import (
	"fmt"
	"image"
	"math"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// When a photograph counts as located. Eight parameters fit chance better than
// three do, so the tiles must agree as well.
const (
	turnedInliers = 40 // on pairs of other sites chance gave 30 in 15 tiles once in 2052
	turnedSpread  = 12
	strewnInliers = 28 // fewer are enough where they are strewn over so many tiles
	strewnSpread  = 22
	sightedTiles  = 12   // tiles of 64 page px that must agree
	sightedShare  = 0.25 // of those that can be compared where the matches lie
	turnStep      = 0.17 // radians; BRIEF bears half of it either way
)

// photograph looks for the picture as a camera's view of a screen; straight is how
// it was found, or not, as if it were a screenshot.
func photograph(pic, page *Features, straight Registration) Registration {
	r, ok := turnedEachWay(pic, page)
	switch {
	case ok && (!straight.Located || r.Inliers >= straight.Inliers):
	case straight.Located:
		r = straight.asSeen()
	default:
		r = straight
	}
	r.Photograph = true
	return r
}

// turnedEachWay tries the picture as it is and turned by up to 15 degrees either
// way, for which the points are described anew.
func turnedEachWay(pic, page *Features) (Registration, bool) {
	for _, turn := range [...]float64{0, turnStep, -turnStep} {
		points := pic
		if turn != 0 {
			points = pic.describe(pic.plan.Turned(turn))
		}
		if r, ok := seen(points, page); ok {
			return r, true
		}
	}
	return Registration{}, false
}

// asSeen is a registration without perspective as a photograph's, so that tiles
// are compared as a photograph's are: light and the screen's grid make of one held
// straight another picture than a screenshot, and no alteration.
func (r Registration) asSeen() Registration {
	r.Homography = &Homography{r.Scale, 0, r.OffsetX, 0, r.Scale, r.OffsetY, 0, 0, 1}
	r.Groups, r.Hypotheses = r.Groups[:1:1], nil
	return r
}

// seen registers the points under perspective.
func seen(pic, page *Features) (Registration, bool) {
	var ms []match
	for _, m := range matches(pic, page) {
		if m.clear {
			ms = append(ms, m)
		}
	}
	h, in := searchPerspective(ms, pic.size)
	if len(in) < strewnInliers {
		return Registration{}, false
	}
	g := newGroup(placement{}, ms, in)
	enough := g.Inliers >= turnedInliers && g.Spread >= turnedSpread || g.Spread >= strewnSpread
	if !enough || !h.possible(g.Bounds) {
		return Registration{}, false
	}
	r := Registration{Homography: &h, Inliers: len(in), Spread: g.Spread, Matches: len(ms), points: [2]int{pic.Len(), page.Len()}}
	r.summarise(g)
	match, differ := overlaid(h, g.Bounds, pic, page, &photographed)
	if match < sightedTiles || share(match, match+differ) < sightedShare {
		return Registration{}, false
	}
	support := 1 - math.Exp2(-float64(len(in))/inliersForHalf)
	spread := 1 - math.Exp2(-float64(g.Spread)/spreadForHalf)
	r.Located, r.Confidence = true, support*spread*share(match, match+differ)
	r.Confidence = math.Max(r.Confidence, minConfidence)
	r.Why = fmt.Sprintf("%d of %d matching points in %d tiles agree on one place, seen at an angle as a camera does", len(in), len(ms), g.Spread)
	return r, true
}

// summarise gives the scale and offset that the homography has in the middle of
// what was found.
func (r *Registration) summarise(g Group) {
	at := g.Bounds.Min.Add(g.Bounds.Max).Div(2)
	back := r.Homography.Inverse()
	u, v, _ := back.Apply(float64(at.X), float64(at.Y))
	r.Scale, _, _ = r.Homography.scaleAt(u, v)
	r.OffsetX, r.OffsetY = float64(at.X)-r.Scale*u, float64(at.Y)-r.Scale*v
	g.OffsetX, g.OffsetY = r.OffsetX, r.OffsetY
	r.Groups = []Group{g}
}

// overlaid lays a part of the picture over the page at half the page's size and
// counts the tiles that agree and those that do not.
func overlaid(h Homography, part image.Rectangle, pic, page *Features, l *limits) (match, differ int) {
	v := newRectified(h, part, page.size)
	size := v.frame.Size()
	if size.X < TileSize || size.Y < TileSize || size.X*size.Y > 4*page.size.X*page.size.Y {
		return 0, 0
	}
	a := raster.Soften(raster.ProjectGray(pic.luma, v.toPicture, size, v.samples(pic.size)))
	margin := image.Pt(2*drift, 2*drift)
	b := raster.Soften(raster.ProjectGray(page.luma, v.moved(drift).toPage, size.Add(margin), 2))
	g := newGrid(size)
	for i := range g.cells {
		switch l.texture(a, b, g.rect(i)) {
		case TileMatch:
			match++
		case TileMismatch:
			differ++
		}
	}
	return match, differ
}

// texture compares one tile of two planes by their brightness alone; b has a
// margin of drift.
func (l *limits) texture(a, b *image.Gray, r image.Rectangle) TileState {
	ma := measure(a, r)
	state := TileFlat
	for _, d := range spiral {
		mb := measure(b, r.Add(d).Add(image.Pt(drift, drift)))
		switch l.pairing(ma, mb) {
		case bothTextured:
			if s := l.agreement(a, b, r, d, ma, mb); s != TileMismatch {
				return s
			}
			state = TileMismatch
		case unlike:
			state = TileMismatch
		}
	}
	return state
}
