package align

import (
	"image"
	"math"
)

// A background of tiles looks like itself at every step of its grid. What lies
// on it gives few points beside, and the ratio test throws the tiles' own out: so
// that a picture of it is found nowhere says nothing.
const (
	twinDistance  = 12  // bits by which two copies of a corner may differ
	twinBin       = 4.0 // px, the side of the squares in which distances between twins are counted
	twinReach     = 480 // px, the longest step of a grid
	repeatedShare = 0.5 // of the points that must have a twin one step on; text has its like at no step in particular
	twinSample    = 1200
)

// repeats says whether half of the points have a copy at one and the same
// distance.
func (f *Features) repeats() bool {
	if f.Len() < minDescribable {
		return false
	}
	steps, sampled := map[image.Point]int{}, 0
	for k := range f.kinds {
		sampled += f.kinds[k].twins(steps)
	}
	for _, n := range steps {
		if float64(n) >= repeatedShare*float64(sampled) {
			return true
		}
	}
	return false
}

// twins counts for up to twinSample points the steps at which each has a copy,
// and returns how many points it took.
func (s *pointSet) twins(steps map[image.Point]int) int {
	every := max(1, len(s.points)/twinSample)
	taken := 0
	for i := 0; i < len(s.points); i += every {
		taken++
		seen := map[image.Point]bool{} // a point counts once at each step
		for j := range s.points {
			dx, dy := float64(s.points[j].x-s.points[i].x), float64(s.points[j].y-s.points[i].y)
			if math.Abs(dx) > twinReach || math.Abs(dy) > twinReach || math.Abs(dx)+math.Abs(dy) < TileSize ||
				s.points[i].size != s.points[j].size || s.descriptors[i].Distance(&s.descriptors[j]) > twinDistance {
				continue
			}
			at := image.Pt(int(math.Round(dx/twinBin)), int(math.Round(dy/twinBin)))
			if !seen[at] {
				seen[at] = true
				steps[at]++
			}
		}
	}
	return taken
}
