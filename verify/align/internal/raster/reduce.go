package raster

import (
	"image"
	"math"
)

// Half reduces a plane to half its width and height by the mean of 2x2 pixels;
// an odd last row or column is dropped, so that a point at (x, y) comes to lie
// at exactly (x/2, y/2).
func Half(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx()/2, g.Rect.Dy()/2
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		a := g.Pix[2*y*g.Stride:][:2*w]
		b := g.Pix[(2*y+1)*g.Stride:][:2*w]
		row := out.Pix[y*out.Stride:][:w]
		for x := range row {
			s := uint32(a[2*x]) + uint32(a[2*x+1]) + uint32(b[2*x]) + uint32(b[2*x+1])
			row[x] = uint8((s + 2) >> 2)
		}
	}
	return out
}

// Reduce shrinks a plane by factor, which must lie in [1, 2], weighing each
// source pixel by the area that falls into the destination pixel. A point at
// (x, y) comes to lie at (x/factor, y/factor).
func Reduce(g *image.Gray, factor float64) *image.Gray {
	w, h := int(float64(g.Rect.Dx())/factor), int(float64(g.Rect.Dy())/factor)
	if g.Rect.Dx() < 3 || g.Rect.Dy() < 3 {
		w, h = 0, 0
	}
	out := image.NewGray(image.Rect(0, 0, w, h))
	if out.Rect.Empty() {
		return out
	}
	across, down := shares(w, g.Rect.Dx(), factor), shares(h, g.Rect.Dy(), factor)
	mixed := make([]uint32, g.Rect.Dx())
	for y := range h {
		mixRows(mixed, g, down[y])
		row := out.Pix[y*out.Stride:][:w]
		for x := range row {
			t := &across[x]
			m := mixed[t.at : t.at+3 : t.at+3]
			row[x] = uint8((m[0]*t.w[0] + m[1]*t.w[1] + m[2]*t.w[2] + 1<<15) >> 16)
		}
	}
	return out
}

// share says how a destination pixel is made of three neighbours, in 256ths.
type share struct {
	at int
	w  [3]uint32
}

func mixRows(out []uint32, g *image.Gray, t share) {
	a := g.Pix[t.at*g.Stride:][:len(out)]
	b := g.Pix[(t.at+1)*g.Stride:][:len(out)]
	c := g.Pix[(t.at+2)*g.Stride:][:len(out)]
	for x := range out {
		out[x] = uint32(a[x])*t.w[0] + uint32(b[x])*t.w[1] + uint32(c[x])*t.w[2]
	}
}

func shares(n, src int, factor float64) []share {
	out := make([]share, n)
	for i := range out {
		from, to := float64(i)*factor, float64(i+1)*factor
		at := min(int(from), src-3)
		left := uint32(256)
		for k := range 3 {
			lo, hi := math.Max(from, float64(at+k)), math.Min(to, float64(at+k+1))
			w := uint32(math.Round(256 * math.Max(0, hi-lo) / factor))
			out[i].w[k] = min(w, left)
			left -= out[i].w[k]
		}
		out[i].w[1] += left // rounding: the weights add up to 256
		out[i].at = at
	}
	return out
}
