package align

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// A screenshot lies upright on the page, at one scale both ways. Where a camera's picture
// is not told from one, a part of it is found upright all the same, within the tolerance
// of the matches; the matches then lie off by more and more from one side of that part to
// the other, and what lies beyond differs from the page everywhere. So do the lines of
// another browser that spaces letters otherwise.
const (
	leanLeast = 40 // matches to tell it by
	// maxLean is in px from one side of the matches to the other. Against the page in the
	// picture's own window 34 screenshots, as posted, lean by 0.02 to 1.7, most by less than
	// 0.5; against other windows up to 7, and photographs by 3 and more.
	maxLean = 2.0
)

// leanOf is how far the matches that agree with a placement drift from it, from one side
// of them to the other, in pixels of the picture: the largest of the four slopes of what
// is left in x and y along the page's axes, times the matches' extent.
func leanOf(p placement, ms []match, in []int) float64 {
	if len(in) < leanLeast {
		return 0
	}
	var along, off [2][]float64
	for _, i := range in {
		m := &ms[i]
		along[0], along[1] = append(along[0], p.scale*m.u), append(along[1], p.scale*m.v)
		off[0], off[1] = append(off[0], m.x-p.scale*m.u-p.dx), append(off[1], m.y-p.scale*m.v-p.dy)
	}
	most := 0.0
	for _, a := range along {
		// Of evenly spread numbers the extent is the square root of twelve deviations.
		extent := math.Sqrt(12) * stat.StdDev(a, nil)
		for _, d := range off {
			if _, slope := stat.LinearRegression(a, d, nil, false); !math.IsNaN(slope) {
				most = max(most, math.Abs(slope)*extent)
			}
		}
	}
	return most
}
