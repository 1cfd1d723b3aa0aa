package keypoint

import (
	"image"
	"math"
	"math/bits"
	"math/rand/v2"
)

// Descriptor is an upright BRIEF-256 (Calonder et al. 2010): bit i says whether
// the first of two points near the corner is darker than the second. It is not
// turned to the corner's orientation, because screenshots are upright and
// giving up rotation makes the bits tell more apart.
type Descriptor [4]uint64

// Distance is the Hamming distance, 0 to 256.
func (d *Descriptor) Distance(e *Descriptor) int {
	return bits.OnesCount64(d[0]^e[0]) + bits.OnesCount64(d[1]^e[1]) +
		bits.OnesCount64(d[2]^e[2]) + bits.OnesCount64(d[3]^e[3])
}

// reach is the half width of the patch, and spread the standard deviation of
// the test points in it, both in pixels of the level.
const (
	reach  = 15
	spread = 7.0
)

// tests are the 256 pairs of points, drawn once from a normal distribution with
// a fixed seed. Nothing ever writes to it.
var tests = drawTests()

type pair struct{ a, b image.Point }

func drawTests() [256]pair {
	rng := rand.New(rand.NewPCG(5, 0))
	draw := func() int {
		for {
			if v := int(math.Round(rng.NormFloat64() * spread)); v >= -reach && v <= reach {
				return v
			}
		}
	}
	var out [256]pair
	for i := range out {
		for out[i].a == out[i].b {
			out[i] = pair{image.Pt(draw(), draw()), image.Pt(draw(), draw())}
		}
	}
	return out
}

// describer computes descriptors on one blurred plane.
type describer struct {
	plane  *image.Gray
	offset [256][2]int // tests as offsets into Pix
}

// turnedMargin is margin for a pattern that is turned: its corners reach further.
const turnedMargin = 24

// newDescriber turns the pattern clockwise by the angle, in radians.
func newDescriber(blurred *image.Gray, turn float64) *describer {
	d := &describer{plane: blurred}
	sin, cos := math.Sincos(turn)
	turned := func(p image.Point) image.Point {
		x, y := float64(p.X), float64(p.Y)
		return image.Pt(int(math.Round(cos*x-sin*y)), int(math.Round(sin*x+cos*y)))
	}
	for i, t := range tests {
		t.a, t.b = turned(t.a), turned(t.b)
		d.offset[i] = [2]int{t.a.Y*blurred.Stride + t.a.X, t.b.Y*blurred.Stride + t.b.X}
	}
	return d
}

// at describes the point (x, y), which must lie at least margin from the border.
func (d *describer) at(x, y int) (out Descriptor) {
	p := y*d.plane.Stride + x
	pix := d.plane.Pix
	for i := range d.offset {
		o := &d.offset[i]
		darker := uint64(int(pix[p+o[0]])-int(pix[p+o[1]])) >> 63
		out[i>>6] |= darker << (i & 63)
	}
	return out
}
