package photograph

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// How says how a photograph of a monitor is taken. The zero value is a photograph
// from straight ahead that fills the picture.
type How struct {
	Jitter float64 // how far each corner strays at most, as a share of the width
	Room   float64 // the part of the width on each side that is not screen
	Bend   float64 // largest curvature of the lens: how far it moves the corners, as a share of the half diagonal
	Blur   float64 // largest radius of the lens's blur, in pixels of the screen
}

// Width is that of every photograph, in pixels: a phone's camera gives more, and
// messengers reduce to about this.
const Width = 1600

// Geometry maps between pixels of the screen's picture and of the photograph.
type Geometry struct {
	there, back [9]float64
	glass       lens
}

// Seen is where a point of the picture lies in the photograph.
func (g Geometry) Seen(x, y float64) (float64, float64) { return g.glass.bent(Through(g.there, x, y)) }

// Screen is the point of the picture that is seen at a point of the photograph.
func (g Geometry) Screen(x, y float64) (float64, float64) {
	x, y = g.glass.straight(x, y)
	return Through(g.back, x, y)
}

// Take turns the picture of a screen into a photograph of the monitor: seen from the
// side through a lens, with the monitor's border and the room about it, in uneven
// light. The same draws of rng give the same photograph.
func Take(rng *rand.Rand, img *image.RGBA, how How) (*image.RGBA, Geometry) {
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	margin := how.Room * Width
	wide := Width - 2*margin
	high := wide * h / w
	out := image.NewRGBA(image.Rect(0, 0, Width, int(high+2*margin)))
	stray := func() float64 { return (2*rng.Float64() - 1) * how.Jitter * wide }
	from := [4][2]float64{{0, 0}, {w, 0}, {w, h}, {0, h}}
	to := [4][2]float64{{margin, margin}, {margin + wide, margin}, {margin + wide, margin + high}, {margin, margin + high}}
	for i := range to {
		to[i][0] += stray()
		to[i][1] += stray()
	}
	g := Geometry{homography(from, to), homography(to, from), newLens(out.Rect, (2*rng.Float64()-1)*how.Bend)}
	scene := newMonitor(rng, img, how.Blur)
	light := newLight(rng, out.Rect)
	for y := range out.Rect.Dy() {
		light.grain = [3]float64{}
		for x := range out.Rect.Dx() {
			var sum [3]float64
			for _, o := range [4][2]float64{{.25, .25}, {.75, .25}, {.25, .75}, {.75, .75}} {
				u, v := g.Screen(float64(x)+o[0], float64(y)+o[1])
				for c, k := range scene.at(u, v) {
					sum[c] += k / 4
				}
			}
			out.SetRGBA(x, y, light.expose(sum, x, y))
		}
	}
	return out, g
}

// lens bends straight lines: a point at distance r from the middle, in half
// diagonals, goes to r (1 + k r²).
type lens struct{ cx, cy, half, k float64 }

func newLens(r image.Rectangle, k float64) lens {
	x, y := float64(r.Dx())/2, float64(r.Dy())/2
	return lens{x, y, math.Hypot(x, y), k}
}

func (l lens) bent(x, y float64) (float64, float64) {
	dx, dy := x-l.cx, y-l.cy
	f := 1 + l.k*(dx*dx+dy*dy)/(l.half*l.half)
	return l.cx + f*dx, l.cy + f*dy
}

// straight undoes bent to a hundredth of a pixel for the curvatures in use.
func (l lens) straight(x, y float64) (float64, float64) {
	u, v := x, y
	for range 4 {
		bx, by := l.bent(u, v)
		u, v = u+x-bx, v+y-by
	}
	return u, v
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

// Through maps a point by a homography, given by rows.
func Through(h [9]float64, x, y float64) (float64, float64) {
	w := h[6]*x + h[7]*y + h[8]
	return (h[0]*x + h[1]*y + h[2]) / w, (h[3]*x + h[4]*y + h[5]) / w
}

// light is what falls on the scene and what the sensor makes of it.
type light struct {
	rng            *rand.Rand
	size           image.Rectangle
	gx, gy, spread float64 // a lamp's reflection
	wx, wy, pane   float64 // a window's
	lamp, day      float64 // brightness that they add
	gain, gamma    float64
	balance        [3]float64
	vignette       float64
	noise          float64
	grain          [3]float64 // noise of the pixel to the left: sensors smooth it
}

func newLight(rng *rand.Rand, size image.Rectangle) *light {
	w, h := float64(size.Dx()), float64(size.Dy())
	return &light{
		rng: rng, size: size,
		gx: rng.Float64() * w, gy: rng.Float64() * h, spread: w * (0.05 + 0.08*rng.Float64()), lamp: 80 * rng.Float64(),
		wx: rng.Float64() * w, wy: rng.Float64() * h, pane: w * (0.1 + 0.1*rng.Float64()), day: 25 * rng.Float64(),
		gain: 0.75 + 0.5*rng.Float64(), gamma: 0.9 + 0.25*rng.Float64(),
		balance:  [3]float64{0.95 + 0.1*rng.Float64(), 1, 0.95 + 0.1*rng.Float64()},
		vignette: 0.2 + 0.4*rng.Float64(), noise: 1.5 + 3*rng.Float64(),
	}
}

func (l *light) expose(c [3]float64, x, y int) color.RGBA {
	fx, fy := float64(x), float64(y)
	cx, cy := fx/float64(l.size.Dx())-0.5, fy/float64(l.size.Dy())-0.5
	dim := 1 - l.vignette*2*(cx*cx+cy*cy)
	d := ((fx-l.gx)*(fx-l.gx) + (fy-l.gy)*(fy-l.gy)) / (l.spread * l.spread)
	add := l.lamp*math.Exp(-d) + l.day*soft(l.pane-math.Abs(fx-l.wx), 12)*soft(l.pane-math.Abs(fy-l.wy), 12)
	var out [3]uint8
	for i := range out {
		v := (c[i]*dim + add) / 255 * l.gain * l.balance[i]
		v = 255 * math.Pow(math.Max(v, 0), l.gamma)
		l.grain[i] = 0.4*l.grain[i] + l.rng.NormFloat64()*l.noise*math.Sqrt(0.3+v/255)
		out[i] = uint8(math.Max(0, math.Min(255, v+l.grain[i]+0.5)))
	}
	return color.RGBA{out[0], out[1], out[2], 255}
}

// soft is 0 well below zero and 1 well above it.
func soft(x, width float64) float64 { return 1 / (1 + math.Exp(-x/width)) }
