package alignment

import (
	"image"
	"math"
	"math/rand/v2"

	"github.com/defacecheck/defacecheck/corpus/claimant/photograph"
)

// photo turns the picture into a photograph of a monitor.
func (s *specimen) photo(rng *rand.Rand, how photograph.How) {
	var g photograph.Geometry
	s.img, g = photograph.Take(rng, s.img, how)
	before := s.at
	s.at = func(x, y float64) (float64, float64) { return g.Seen(before(x, y)) }
	for i, m := range s.mask {
		s.mask[i] = around(m, g.Seen)
	}
}

// around is the smallest rectangle that holds the corners of r where they went.
func around(r image.Rectangle, to func(x, y float64) (float64, float64)) image.Rectangle {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range [4]image.Point{r.Min, r.Max, {X: r.Min.X, Y: r.Max.Y}, {X: r.Max.X, Y: r.Min.Y}} {
		x, y := to(float64(p.X), float64(p.Y))
		x0, y0, x1, y1 = math.Min(x0, x), math.Min(y0, y), math.Max(x1, x), math.Max(y1, y)
	}
	return image.Rect(int(x0), int(y0), int(math.Ceil(x1)), int(math.Ceil(y1)))
}
