package photograph

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
)

// monitor is what stands before the camera: the screen with its grid of red,
// green and blue stripes, its border, and the room behind it. Coordinates are
// pixels of the screen.
type monitor struct {
	img        *image.RGBA
	blur       float64
	grid       float64 // how much of the stripes the lens leaves to see
	edge       float64 // width of the border
	border     [3]float64
	wall, desk [3]float64
	table      float64 // where the desk begins
	slope      float64 // how the wall's light falls off
}

func newMonitor(rng *rand.Rand, img *image.RGBA, blur float64) *monitor {
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	grey := func(from, to float64) [3]float64 {
		v := from + (to-from)*rng.Float64()
		return [3]float64{v * (0.95 + 0.1*rng.Float64()), v, v * (0.9 + 0.15*rng.Float64())}
	}
	return &monitor{
		img: img, blur: blur * (0.5 + 0.5*rng.Float64()), grid: 0.03 + 0.07*rng.Float64(), edge: w * (0.008 + 0.02*rng.Float64()),
		border: grey(8, 50), wall: grey(15, 140), desk: grey(20, 120), table: h * (1.02 + 0.1*rng.Float64()), slope: rng.Float64() - 0.5,
	}
}

// at is the light that comes from the point (u, v).
func (m *monitor) at(u, v float64) [3]float64 {
	w, h := float64(m.img.Rect.Dx()), float64(m.img.Rect.Dy())
	if u >= 0 && v >= 0 && u < w && v < h {
		return m.screen(u, v)
	}
	switch {
	case u > -m.edge && v > -m.edge && u < w+m.edge && v < h+m.edge:
		return m.border
	case v > m.table:
		return m.desk
	}
	shade := 1 + m.slope*(u/w-0.5)
	return [3]float64{m.wall[0] * shade, m.wall[1] * shade, m.wall[2] * shade}
}

// screen is the picture at a point, blurred, through the stripes: those of a
// colour lie a third of a pixel from those of the next. What the camera's own
// pixels make of them is moire.
func (m *monitor) screen(u, v float64) [3]float64 {
	c := sample(m.img, u, v, m.blur)
	rows := 1 + 0.5*math.Cos(2*math.Pi*(v-0.5))
	for i := range c {
		c[i] *= 1 + m.grid*math.Cos(2*math.Pi*(u-(float64(i)+0.5)/3))*rows
	}
	return c
}

// sample is the mean of a few points about (u, v): the lens's blur.
func sample(img *image.RGBA, u, v, blur float64) [3]float64 {
	var sum [3]float64
	for _, o := range [5][2]float64{{0, 0}, {blur, 0}, {-blur, 0}, {0, blur}, {0, -blur}} {
		x, y := u+o[0]-0.5, v+o[1]-0.5
		x0, y0 := math.Floor(x), math.Floor(y)
		for j := range 2 {
			for i := range 2 {
				k := (1 - math.Abs(x-x0-float64(i))) * (1 - math.Abs(y-y0-float64(j))) / 5
				c := within(img, int(x0)+i, int(y0)+j)
				sum[0] += k * float64(c.R)
				sum[1] += k * float64(c.G)
				sum[2] += k * float64(c.B)
			}
		}
	}
	return sum
}

// within is the pixel, or the nearest to it on the screen.
func within(img *image.RGBA, x, y int) color.RGBA {
	return img.RGBAAt(min(max(x, 0), img.Rect.Dx()-1), min(max(y, 0), img.Rect.Dy()-1))
}
