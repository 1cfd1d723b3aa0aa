package align

import (
	"image"
	"math"
	"slices"
)

// Turned says whether the picture shows the page under perspective, as only a
// photograph does.
func (r Registration) Turned() bool { return r.Homography != nil }

// Moved is the registration of a picture whose origin is moved by (dx, dy) pixels:
// with the negative of a corner, of the part of the picture from that corner on.
func (r Registration) Moved(dx, dy float64) Registration {
	by := image.Pt(int(math.Round(dx)), int(math.Round(dy)))
	r.OffsetX, r.OffsetY = r.OffsetX+dx, r.OffsetY+dy
	r.Groups, r.Hypotheses = slices.Clone(r.Groups), slices.Clone(r.Hypotheses)
	for i := range r.Groups {
		g := &r.Groups[i]
		g.OffsetX, g.OffsetY = g.OffsetX+dx, g.OffsetY+dy
		g.Bounds, g.anchors = g.Bounds.Add(by), slices.Clone(g.anchors)
		for k := range g.anchors {
			g.anchors[k] = g.anchors[k].Add(by)
		}
	}
	for i := range r.Hypotheses {
		h := &r.Hypotheses[i]
		h.OffsetX, h.OffsetY = h.OffsetX+dx, h.OffsetY+dy
	}
	if r.Turned() {
		shift := Homography{1, 0, dx, 0, 1, dy, 0, 0, 1}
		h := shift.times(r.Homography)
		r.Homography = &h
	}
	return r
}

// OnFiner is the registration in the page rendered with k times as many pixels
// each way.
func (r Registration) OnFiner(k float64) Registration {
	r.Scale /= k
	r.Hypotheses = slices.Clone(r.Hypotheses)
	for i := range r.Hypotheses {
		r.Hypotheses[i].Scale /= k
	}
	if r.Turned() {
		h := r.Homography.times(&Homography{1 / k, 0, 0, 0, 1 / k, 0, 0, 0, 1})
		r.Homography = &h
	}
	return r
}
