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
	turnedInliers = 30
	turnedSpread  = 12
	sightedTiles  = 8    // tiles of 64 page px that must agree
	sightedShare  = 0.25 // of those that can be compared where the matches lie
	turnStep      = 0.17 // radians; BRIEF bears half of it either way
	plainShare    = 0.4  // of the squares of a picture, with one brightness each, that no camera gives
	plainSide     = 16
)

// photograph looks for the picture as a camera's view of a screen. Turned by up
// to 15 degrees either way, the points are described anew for each turn.
func photograph(pic, page *Features) (Registration, bool) {
	for _, turn := range [...]float64{0, turnStep, -turnStep} {
		points := pic
		if turn != 0 {
			points = describe(pic.luma, pic.plan.Turned(turn))
		}
		if r, ok := seen(points, page); ok {
			return r, true
		}
	}
	return Registration{}, false
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
	if len(in) < turnedInliers {
		return Registration{}, false
	}
	g := newGroup(placement{}, ms, in)
	if g.Spread < turnedSpread || !h.possible(g.Bounds) {
		return Registration{}, false
	}
	r := Registration{Homography: &h, Inliers: len(in), Spread: g.Spread, Matches: len(ms), points: [2]int{pic.Len(), page.Len()}}
	r.summarise(g)
	match, differ := r.sighted(pic, page)
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

// sighted lays the picture over the page at half the page's size, where its
// matches lie, and counts the tiles that agree and those that do not.
func (r *Registration) sighted(pic, page *Features) (match, differ int) {
	v := newRectified(*r.Homography, r.Groups[0].Bounds, page.size)
	size := v.frame.Size()
	if size.X < TileSize || size.Y < TileSize || size.X*size.Y > 4*page.size.X*page.size.Y {
		return 0, 0
	}
	a := raster.Soften(raster.ProjectGray(pic.luma, v.toPicture, size, v.samples(pic.size)))
	margin := image.Pt(2*drift, 2*drift)
	b := raster.Soften(raster.ProjectGray(page.luma, v.moved(drift).toPage, size.Add(margin), 2))
	g := newGrid(size)
	for i := range g.cells {
		t := g.rect(i)
		switch photographed.texture(a, b, t) {
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

// plain says whether the picture was drawn, not photographed: much of it has one
// brightness to the last bit, which noise and uneven light do not allow.
func plain(g *image.Gray) bool {
	one, all := 0, 0
	for y := 0; y+plainSide <= g.Rect.Dy(); y += plainSide {
		for x := 0; x+plainSide <= g.Rect.Dx(); x += plainSide {
			low, high := uint8(255), uint8(0)
			for k := range plainSide {
				for _, v := range g.Pix[(y+k)*g.Stride+x:][:plainSide] {
					low, high = min(low, v), max(high, v)
				}
			}
			all++
			if high-low <= 1 {
				one++
			}
		}
	}
	return share(one, all) >= plainShare
}
