package align

import (
	"image"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Homography maps a point of the page to the picture under perspective, row by
// row: x = (h0 u + h1 v + h2) / w, y = (h3 u + h4 v + h5) / w, w = h6 u + h7 v + h8.
// Coordinates are continuous, pixel centres at .5.
type Homography [9]float64

// Apply maps the point (u, v). Points on the horizon or behind it have no image;
// then ok is false.
func (h *Homography) Apply(u, v float64) (x, y float64, ok bool) {
	w := h[6]*u + h[7]*v + h[8]
	if w < 1e-9 {
		return 0, 0, false
	}
	return (h[0]*u + h[1]*v + h[2]) / w, (h[3]*u + h[4]*v + h[5]) / w, true
}

// Inverse maps the picture to the page. It is all zeros where there is none.
func (h *Homography) Inverse() Homography {
	a := Homography{
		h[4]*h[8] - h[5]*h[7], h[2]*h[7] - h[1]*h[8], h[1]*h[5] - h[2]*h[4],
		h[5]*h[6] - h[3]*h[8], h[0]*h[8] - h[2]*h[6], h[2]*h[3] - h[0]*h[5],
		h[3]*h[7] - h[4]*h[6], h[1]*h[6] - h[0]*h[7], h[0]*h[4] - h[1]*h[3],
	}
	det := h[0]*a[0] + h[1]*a[3] + h[2]*a[6]
	if math.Abs(det) < 1e-18 {
		return Homography{}
	}
	for i := range a {
		a[i] /= det
	}
	return a
}

// times is h after g.
func (h *Homography) times(g *Homography) (out Homography) {
	for r := range 3 {
		for c := range 3 {
			out[3*r+c] = h[3*r]*g[c] + h[3*r+1]*g[3+c] + h[3*r+2]*g[6+c]
		}
	}
	return out
}

// local is the linear part of h about (u, v): dx/du, dx/dv, dy/du, dy/dv.
func (h *Homography) local(u, v float64) (a, b, c, d float64, ok bool) {
	x, y, ok := h.Apply(u, v)
	if !ok {
		return
	}
	w := h[6]*u + h[7]*v + h[8]
	return (h[0] - x*h[6]) / w, (h[1] - x*h[7]) / w, (h[3] - y*h[6]) / w, (h[4] - y*h[7]) / w, true
}

// fitHomography is the homography through four matches or, by least squares,
// nearest to more (direct linear transform with the normalisation of Hartley
// 1997, its last element fixed: the page's middle is never on the horizon).
func fitHomography(ms []match, in []int) (Homography, bool) {
	if len(in) < 4 {
		return Homography{}, false
	}
	from, to := normaliser(ms, in, false), normaliser(ms, in, true)
	a, b := mat.NewDense(2*len(in), 8, nil), mat.NewVecDense(2*len(in), nil)
	for k, i := range in {
		m := &ms[i]
		u, v := (m.u+from.x)*from.s, (m.v+from.y)*from.s
		x, y := (m.x+to.x)*to.s, (m.y+to.y)*to.s
		a.SetRow(2*k, []float64{u, v, 1, 0, 0, 0, -u * x, -v * x})
		a.SetRow(2*k+1, []float64{0, 0, 0, u, v, 1, -u * y, -v * y})
		b.SetVec(2*k, x)
		b.SetVec(2*k+1, y)
	}
	var h mat.VecDense
	if err := h.SolveVec(a, b); err != nil {
		return Homography{}, false
	}
	var n Homography
	copy(n[:8], h.RawVector().Data)
	n[8] = 1
	t := Homography{from.s, 0, from.s * from.x, 0, from.s, from.s * from.y, 0, 0, 1}
	back := Homography{1 / to.s, 0, -to.x, 0, 1 / to.s, -to.y, 0, 0, 1}
	n = n.times(&t)
	return back.times(&n), true
}

// centring moves points by (x, y) and scales them by s.
type centring struct{ x, y, s float64 }

func normaliser(ms []match, in []int, picture bool) centring {
	at := func(i int) (float64, float64) {
		if picture {
			return ms[i].x, ms[i].y
		}
		return ms[i].u, ms[i].v
	}
	var c centring
	for _, i := range in {
		x, y := at(i)
		c.x, c.y = c.x-x/float64(len(in)), c.y-y/float64(len(in))
	}
	sum := 0.0
	for _, i := range in {
		x, y := at(i)
		sum += math.Hypot(x+c.x, y+c.y) / float64(len(in))
	}
	c.s = math.Sqrt2 / math.Max(sum, 1e-9)
	return c
}

// corners maps the corners of r, in order around it.
func (h *Homography) corners(r image.Rectangle) (out [4][2]float64, ok bool) {
	for i, p := range [4]image.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}} {
		x, y, in := h.Apply(float64(p.X), float64(p.Y))
		if !in {
			return out, false
		}
		out[i] = [2]float64{x, y}
	}
	return out, true
}

// outline is the image of r as a polygon, rounded to whole pixels.
func (h *Homography) outline(r image.Rectangle) []image.Point {
	q, ok := h.corners(r)
	if !ok {
		return nil
	}
	out := make([]image.Point, len(q))
	for i, p := range q {
		out[i] = image.Pt(int(math.Round(p[0])), int(math.Round(p[1])))
	}
	return out
}

// bounds is the smallest rectangle that holds the points.
func bounds(points []image.Point) image.Rectangle {
	var r image.Rectangle
	for i, p := range points {
		if q := (image.Rectangle{p, p}); i == 0 {
			r = q
		} else {
			r.Min = image.Pt(min(r.Min.X, p.X), min(r.Min.Y, p.Y))
			r.Max = image.Pt(max(r.Max.X, p.X), max(r.Max.Y, p.Y))
		}
	}
	return r
}
