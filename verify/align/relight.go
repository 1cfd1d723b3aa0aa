package align

import (
	"image"

	"gonum.org/v1/gonum/mat"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// A camera sees a screen brighter in the middle than at its edges. Over the tiles
// that agree, the picture's brightness over the page's is taken for a polynomial
// of the second degree, and the picture is divided by it.
const (
	minLit              = 12 // matching tiles to fit the six coefficients to
	leastLit, mostLit   = 0.3, 2.0
	darkest             = 40.0 // page tiles darker than this say little of the light
	photographedVisible = 56   // as visible, for a photograph that was relit
)

// relight evens out the light on the frame's picture and says whether it could.
func (f *frame) relight(g *grid) bool {
	var tiles []int
	for i := range g.cells {
		if g.supported(i) && f.pageMean(g.rect(i)) >= darkest {
			tiles = append(tiles, i)
		}
	}
	if len(tiles) < minLit {
		return false
	}
	a, b := mat.NewDense(len(tiles), 6, nil), mat.NewVecDense(len(tiles), nil)
	for k, i := range tiles {
		r := g.rect(i)
		t := f.terms(float64(r.Min.X+r.Max.X)/2, float64(r.Min.Y+r.Max.Y)/2)
		a.SetRow(k, t[:])
		b.SetVec(k, measure(f.soft, r).mean/f.pageMean(r))
	}
	var gain mat.VecDense
	if err := gain.SolveVec(a, b); err != nil {
		return false
	}
	f.divide(gain.RawVector().Data)
	return true
}

func (f *frame) pageMean(r image.Rectangle) float64 {
	return measure(f.layer(0).soft, r.Add(image.Pt(drift, drift))).mean
}

// terms of the polynomial, the frame's middle being 0 and its edges 1.
func (f *frame) terms(x, y float64) [6]float64 {
	x, y = 2*x/float64(f.size.X)-1, 2*y/float64(f.size.Y)-1
	return [6]float64{1, x, y, x * x, x * y, y * y}
}

func (f *frame) divide(gain []float64) {
	for y := range f.size.Y {
		row := f.colour.Pix[y*f.colour.Stride:][:4*f.size.X]
		for x := range f.size.X {
			light := 0.0
			for k, t := range f.terms(float64(x), float64(y)) {
				light += gain[k] * t
			}
			light = min(max(light, leastLit), mostLit)
			for c := 4 * x; c < 4*x+3; c++ {
				row[c] = uint8(min(float64(row[c])/light, 255))
			}
		}
	}
	f.soft, f.tint = raster.Soften(raster.Luma(f.colour)), raster.Soften(raster.Tint(f.colour))
}
