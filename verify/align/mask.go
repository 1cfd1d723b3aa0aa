package align

import "image"

// Two captures of one page at one width normally lie exactly over each other.
// Where less than replicaAgreement of what they hold does, one is registered in
// the other first: a banner at the top may have moved everything down.
const (
	replicaAgreement = 0.7
	maskBorder       = TileSize / 2 // px added around what varies: an advert is not always equally large
)

// Mask returns what varies between two captures of one page at one width, in
// pixels of a: adverts, dates, rotating pictures. The regions go into
// CompareOptions.IgnorePage for comparisons with a. Captures that are not of one
// page have no mask, because everything would be in it; then ok is false.
func Mask(a, b image.Image) (regions []image.Rectangle, ok bool) {
	c := Compare(a, b, At(1, 0, 0), CompareOptions{})
	if c.Match+c.Mismatch > 0 && c.Agreement < replicaAgreement {
		reg := Register(Describe(Luma(a), Options{Page: true}), Describe(Luma(b), Options{Page: true}))
		if moved := Compare(a, b, reg, CompareOptions{}); reg.Located && moved.Agreement > c.Agreement {
			c = moved
		}
	}
	if c.Match+c.Mismatch > 0 && c.Agreement < replicaAgreement {
		return nil, false
	}
	bounds := image.Rectangle{Max: a.Bounds().Size()}
	for _, t := range c.Tiles {
		if t.State == TileMismatch {
			regions = append(regions, t.Rect.Inset(-maskBorder).Intersect(bounds))
		}
	}
	return merged(regions), true
}

// merged joins rectangles of one row that touch, so that a mask stays short.
func merged(in []image.Rectangle) []image.Rectangle {
	var out []image.Rectangle
	for _, r := range in {
		if n := len(out) - 1; n >= 0 && out[n].Min.Y == r.Min.Y && out[n].Max.Y == r.Max.Y && out[n].Max.X >= r.Min.X {
			out[n].Max.X = r.Max.X
			continue
		}
		out = append(out, r)
	}
	return out
}
