package alignment

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"slices"

	"github.com/defacecheck/defacecheck/corpus/claimant/photograph"
	"github.com/defacecheck/defacecheck/verify"
)

const (
	minAnchors  = 3
	nearEnough  = 8.0     // px of the capture, from the true place
	enoughAgree = 1.0 / 3 // of the anchors: a page with a fixed header has two true places
	alikeBroken = 2.5     // CSS px by which the boxes of equally broken text may differ
	longText    = 200     // characters by which text is compared
)

// place is a placement of a capture's shot in the picture.
type place struct {
	scale, x, y float64
	seen        *[9]float64 // of a photograph, instead
}

// at is where a point of the shot lies in the picture.
func (p place) at(u, v float64) (float64, float64) {
	if p.seen != nil {
		return photograph.Through(*p.seen, u, v)
	}
	return p.scale*u + p.x, p.scale*v + p.y
}

// hold holds a placement against the anchors.
func (d *draft) hold(v view, p place) (anchors int, placed bool, miss float64) {
	k := v.density()
	theirs := unique(v)
	var misses []float64
	seen := map[string]int{}
	for _, l := range d.lines {
		seen[short(l.Text)]++
	}
	for _, l := range d.lines {
		t, ok := theirs[short(l.Text)]
		if !ok || seen[short(l.Text)] > 1 ||
			math.Abs(l.W/d.per-t.W) > alikeBroken || math.Abs(l.H/d.per-t.H) > alikeBroken {
			continue
		}
		x, y := d.at(l.X+l.W/2, l.Y+l.H/2)
		at := image.Pt(int(x), int(y))
		if !at.In(d.img.Rect) || slices.ContainsFunc(d.mask, at.In) {
			continue
		}
		u, w := (t.X+t.W/2)*k, (t.Y+t.H/2-float64(v.top()))*k
		px, py := p.at(u, w)
		misses = append(misses, math.Hypot(px-x, py-y)/p.scale)
	}
	var near []float64
	for _, m := range misses {
		if m <= nearEnough {
			near = append(near, m)
		}
	}
	if len(misses) < minAnchors || float64(len(near)) < enoughAgree*float64(len(misses)) {
		return len(misses), false, 0
	}
	return len(misses), true, median(near)
}

type box struct{ X, Y, W, H float64 }

// unique lists the texts that stand once in the capture.
func unique(v view) map[string]box {
	out, n := map[string]box{}, map[string]int{}
	for _, t := range v.capture.Text {
		k := short(t.Text)
		n[k]++
		out[k] = box{t.X, t.Y, t.W, t.H}
	}
	for k := range out {
		if n[k] > 1 {
			delete(out, k)
		}
	}
	return out
}

func short(s string) string {
	if r := []rune(s); len(r) > longText {
		return string(r[:longText])
	}
	return s
}

// top is where the shot begins on the page, in CSS pixels.
func (v view) top() int {
	if v.full {
		return 0
	}
	return max(0, min(v.scroll, v.capture.PageHeight-v.capture.Viewport.Height))
}

// density is pixels of the shot per CSS pixel of the layout: a phone shows a
// page made for desktops smaller.
func (v view) density() float64 {
	scale := max(v.capture.Viewport.Scale, 1)
	if !v.full || v.capture.Clipped || !v.capture.Viewport.Mobile || v.capture.PageHeight == 0 {
		return scale
	}
	c, err := png.DecodeConfig(bytes.NewReader(v.capture.FullPage))
	if err != nil {
		return scale
	}
	if k := float64(c.Height) / float64(v.capture.PageHeight); math.Abs(k/scale-1) > 0.02 {
		return k
	}
	return scale
}

// overlap is the intersection over the union of two sets of rectangles.
func overlap(a []verify.Rect, b []image.Rectangle, within image.Rectangle) float64 {
	const cell = 4 // px
	w, h := within.Dx()/cell+1, within.Dy()/cell+1
	grid := make([]uint8, w*h)
	paint := func(r image.Rectangle, bit uint8) {
		r = r.Intersect(within)
		for y := r.Min.Y / cell; y < (r.Max.Y+cell-1)/cell; y++ {
			for x := r.Min.X / cell; x < (r.Max.X+cell-1)/cell; x++ {
				grid[y*w+x] |= bit
			}
		}
	}
	for _, r := range a {
		paint(image.Rect(r.X, r.Y, r.X+r.W, r.Y+r.H), 1)
	}
	for _, r := range b {
		paint(r, 2)
	}
	both, any := 0, 0
	for _, c := range grid {
		if c == 3 {
			both++
		}
		if c != 0 {
			any++
		}
	}
	return float64(both) / float64(max(any, 1))
}

// quantile is the q-th quantile of v, which it sorts.
func quantile(v []float64, q float64) float64 {
	slices.Sort(v)
	return v[min(int(q*float64(len(v))), len(v)-1)]
}
