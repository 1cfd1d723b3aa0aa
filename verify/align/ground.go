package align

import "image"

// A replaced region usually brings its own background; text that another
// renderer set in another font stands on the same one. The ground of a tile is
// its commonest colour.
const (
	sameGround = 30.0 // largest difference of a channel between equal grounds
	grounded   = 0.4  // share of a tile's pixels on its ground from which it is letters or drawing, not a photograph
	groundBin  = 3    // luma is sorted by its upper 5 bits
)

// ground returns the mean colour of the pixels about the commonest luma of tile
// r, moved by at, and their share.
func ground(colour *image.RGBA, soft *image.Gray, r image.Rectangle, at image.Point) (mean [3]float64, part float64) {
	r = r.Add(at)
	var histogram [256 >> groundBin]int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range soft.Pix[y*soft.Stride+r.Min.X:][:r.Dx()] {
			histogram[v>>groundBin]++
		}
	}
	top := 0
	for i, n := range histogram {
		if n > histogram[top] {
			top = i
		}
	}
	var sum [3]int
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p := colour.Pix[y*colour.Stride+4*r.Min.X:][:4*r.Dx()]
		for i, v := range soft.Pix[y*soft.Stride+r.Min.X:][:r.Dx()] {
			if k := int(v >> groundBin); k >= top-1 && k <= top+1 {
				sum[0], sum[1], sum[2] = sum[0]+int(p[4*i]), sum[1]+int(p[4*i+1]), sum[2]+int(p[4*i+2])
				n++
			}
		}
	}
	for c := range mean {
		mean[c] = float64(sum[c]) / float64(max(n, 1))
	}
	return mean, float64(n) / float64(r.Dx()*r.Dy())
}

// newGround says whether the ground of the picture's tile is another than the
// page's.
func (f *frame) newGround(r image.Rectangle) bool {
	l := f.layer(f.groups(r)[0])
	a, _ := ground(f.colour, f.soft, r, image.Point{})
	b, _ := ground(l.colour, l.soft, r, image.Pt(drift, drift))
	for c := range a {
		if d := a[c] - b[c]; d > sameGround || d < -sameGround {
			return true
		}
	}
	return false
}

// lettered says whether the picture's tile stands on a ground, as letters do.
func (f *frame) lettered(r image.Rectangle) bool {
	_, part := ground(f.colour, f.soft, r, image.Point{})
	return part >= grounded
}
