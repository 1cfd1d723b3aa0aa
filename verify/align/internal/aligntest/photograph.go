package aligntest

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// Corners are where the corners of a picture come to lie in a photograph of it,
// clockwise from the top left, in px.
type Corners [4][2]float64

// Photograph takes a picture of a screen that shows img: perspective with each
// corner off by up to jitter of the width, a dark bezel, vignette, a moire-like
// pattern, a glare, blur and noise. Sides keep about their length.
func Photograph(img *image.RGBA, rng *rand.Rand, jitter float64) (*image.RGBA, Corners) {
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	edge := (jitter + 0.03) * w
	shift := func() float64 { return (2*rng.Float64() - 1) * jitter * w }
	at := Corners{{edge, edge}, {edge + w, edge}, {edge + w, edge + h}, {edge, edge + h}}
	for i := range at {
		at[i][0], at[i][1] = at[i][0]+shift(), at[i][1]+shift()
	}
	back := square(at, w, h)
	size := image.Pt(int(w+2*edge), int(h+2*edge))
	out := raster.Project(img, back, size, 1)
	blurred := blur(out, 0.6+0.6*rng.Float64())
	light(blurred, rng)
	return blurred, at
}

// square maps the photograph back to a picture of w x h whose corners lie at at.
func square(at Corners, w, h float64) raster.Projection {
	// The map from the unit square (Heckbert 1989), then its adjoint.
	dx1, dx2, sx := at[1][0]-at[2][0], at[3][0]-at[2][0], at[0][0]-at[1][0]+at[2][0]-at[3][0]
	dy1, dy2, sy := at[1][1]-at[2][1], at[3][1]-at[2][1], at[0][1]-at[1][1]+at[2][1]-at[3][1]
	det := dx1*dy2 - dx2*dy1
	g, k := (sx*dy2-dx2*sy)/det, (dx1*sy-sx*dy1)/det
	a, b, c := at[1][0]-at[0][0]+g*at[1][0], at[3][0]-at[0][0]+k*at[3][0], at[0][0]
	d, e, f := at[1][1]-at[0][1]+g*at[1][1], at[3][1]-at[0][1]+k*at[3][1], at[0][1]
	return func(x, y float64) (float64, float64, bool) {
		u := (e-f*k)*x + (c*k-b)*y + b*f - c*e
		v := (f*g-d)*x + (a-c*g)*y + c*d - a*f
		s := (d*k-e*g)*x + (b*g-a*k)*y + a*e - b*d
		return u / s * w, v / s * h, s != 0
	}
}

// blur weighs the four neighbours by spread.
func blur(img *image.RGBA, spread float64) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	s := img.Stride
	centre, side := 1/(1+4*spread), spread/(1+4*spread)
	for i := range img.Pix {
		if i < s || i >= len(img.Pix)-s || i%4 == 3 {
			out.Pix[i] = 255
			continue
		}
		p := img.Pix
		out.Pix[i] = level(float64(p[i])*centre + side*(float64(p[i-4])+float64(p[i+4])+float64(p[i-s])+float64(p[i+s])))
	}
	return out
}

// light adds what a camera and a screen add.
func light(img *image.RGBA, rng *rand.Rand) {
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	gx, gy, gs := w*rng.Float64(), h*rng.Float64(), w*(0.05+0.1*rng.Float64())
	fx, fy, phase := 0.9+1.2*rng.Float64(), 0.3*rng.Float64(), rng.Float64()
	dim := 0.25 + 0.2*rng.Float64()
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			dx, dy := (float64(x)-w/2)/w, (float64(y)-h/2)/w
			gain := 1 - dim*4*(dx*dx+dy*dy)
			glare := 110 * math.Exp(-(math.Pow(float64(x)-gx, 2)+math.Pow(float64(y)-gy, 2))/(2*gs*gs))
			moire := 7 * math.Sin(fx*float64(x)+fy*float64(y)+6*phase) * math.Sin(0.05*float64(x+y))
			c := img.RGBAAt(x, y)
			one := func(v uint8) uint8 { return level(12 + 0.85*gain*float64(v) + glare + moire + 4*rng.NormFloat64()) }
			img.SetRGBA(x, y, color.RGBA{one(c.R), one(c.G), one(c.B), 255})
		}
	}
}
