package alignment

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// photo turns the picture into a photograph of a monitor: seen from the side,
// blurred, with a pattern of stripes between the screen's pixels and the
// camera's, a light reflected in it, darker corners, and noise. jitter is how far
// each corner strays, as a share of the width.
func (s *specimen) photo(rng *rand.Rand, jitter float64) {
	const width = 1600 // a phone's camera gives more; messengers reduce to about this
	w, h := float64(s.img.Rect.Dx()), float64(s.img.Rect.Dy())
	margin := 0.04 * width
	screen := width - 2*margin
	high := screen * h / w
	out := image.NewRGBA(image.Rect(0, 0, width, int(high+2*margin)))
	stray := func() float64 { return (rng.Float64() - 0.5) * 2 * jitter * screen / 2 }
	from := [4][2]float64{{0, 0}, {w, 0}, {w, h}, {0, h}}
	to := [4][2]float64{{margin, margin}, {margin + screen, margin}, {margin + screen, margin + high}, {margin, margin + high}}
	for i := range to {
		to[i][0] += stray()
		to[i][1] += stray()
	}
	there, back := homography(from, to), homography(to, from)
	p := newSpoil(rng, out.Rect)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			u, v := through(back, float64(x), float64(y))
			out.SetRGBA(x, y, p.spoil(sample(s.img, u, v), x, y))
		}
	}
	before := s.at
	s.img = out
	s.at = func(x, y float64) (float64, float64) {
		x, y = before(x, y)
		return through(there, x, y)
	}
}

// spoil is what a camera adds.
type spoil struct {
	rng            *rand.Rand
	size           image.Rectangle
	fx, fy, phase  float64 // stripes
	gx, gy, spread float64 // glare
}

func newSpoil(rng *rand.Rand, size image.Rectangle) *spoil {
	return &spoil{rng: rng, size: size, fx: 0.3 + 0.8*rng.Float64(), fy: 0.3 + 0.8*rng.Float64(), phase: 6 * rng.Float64(),
		gx: rng.Float64() * float64(size.Dx()), gy: rng.Float64() * float64(size.Dy()), spread: float64(size.Dx()) * (0.05 + 0.08*rng.Float64())}
}

func (p *spoil) spoil(c [3]float64, x, y int) color.RGBA {
	fx, fy := float64(x), float64(y)
	cx, cy := fx/float64(p.size.Dx())-0.5, fy/float64(p.size.Dy())-0.5
	light := 1 - 0.55*(cx*cx+cy*cy)
	stripes := 1 + 0.045*math.Sin(p.fx*fx+p.phase)*math.Sin(p.fy*fy)
	d := ((fx-p.gx)*(fx-p.gx) + (fy-p.gy)*(fy-p.gy)) / (p.spread * p.spread)
	glare := 70 * math.Exp(-d)
	noise := p.rng.NormFloat64() * 4
	put := func(v float64) uint8 { return uint8(math.Max(0, math.Min(255, v*light*stripes+glare+noise))) }
	return color.RGBA{put(c[0]), put(c[1]), put(c[2]), 255}
}

// sample is the mean of a few points about (u, v): the lens's blur. Beyond the
// screen it is dark.
func sample(img *image.RGBA, u, v float64) [3]float64 {
	var sum [3]float64
	n := 0.0
	for _, o := range [5][2]float64{{0, 0}, {0.6, 0}, {-0.6, 0}, {0, 0.6}, {0, -0.6}} {
		x, y := u+o[0]-0.5, v+o[1]-0.5
		x0, y0 := math.Floor(x), math.Floor(y)
		for j := range 2 {
			for i := range 2 {
				wx, wy := 1-math.Abs(x-x0-float64(i)), 1-math.Abs(y-y0-float64(j))
				c := color.RGBA{22, 21, 20, 255}
				if at := image.Pt(int(x0)+i, int(y0)+j); at.In(img.Rect) {
					c = img.RGBAAt(at.X, at.Y)
				}
				sum[0] += wx * wy * float64(c.R)
				sum[1] += wx * wy * float64(c.G)
				sum[2] += wx * wy * float64(c.B)
			}
		}
		n++
	}
	return [3]float64{sum[0] / n, sum[1] / n, sum[2] / n}
}

// homography maps four points to four.
func homography(from, to [4][2]float64) [9]float64 {
	a, b := mat.NewDense(8, 8, nil), mat.NewVecDense(8, nil)
	for i := range 4 {
		x, y, u, v := from[i][0], from[i][1], to[i][0], to[i][1]
		a.SetRow(2*i, []float64{x, y, 1, 0, 0, 0, -u * x, -u * y})
		a.SetRow(2*i+1, []float64{0, 0, 0, x, y, 1, -v * x, -v * y})
		b.SetVec(2*i, u)
		b.SetVec(2*i+1, v)
	}
	var h mat.VecDense
	if err := h.SolveVec(a, b); err != nil {
		return [9]float64{1, 0, 0, 0, 1, 0, 0, 0, 1} // four corners in a line: jitter is far below that
	}
	var out [9]float64
	copy(out[:8], h.RawVector().Data)
	out[8] = 1
	return out
}

func through(h [9]float64, x, y float64) (float64, float64) {
	w := h[6]*x + h[7]*y + h[8]
	return (h[0]*x + h[1]*y + h[2]) / w, (h[3]*x + h[4]*y + h[5]) / w
}
