package raster

import "image"

// Projection maps a point of the destination to the source, in continuous
// coordinates; ok is false where the source has none.
type Projection func(x, y float64) (u, v float64, ok bool)

// Project lays src into a frame of the given size through back. Each pixel is
// the mean of samples x samples points, interpolated between pixels: take as
// many as source pixels go into one of the frame. Pixels that src does not reach
// are transparent.
func Project(src *image.RGBA, back Projection, size image.Point, samples int) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: size})
	each(size, samples, back, src.Rect.Size(), func(at image.Point, spots []spot) {
		var sum [3]uint32
		for _, s := range spots {
			p := src.Pix[s.y*src.Stride+4*s.x:]
			q := src.Pix[(s.y+s.down)*src.Stride+4*s.x:]
			for c := range sum {
				sum[c] += s.mix(p[c], p[c+4*s.right], q[c], q[c+4*s.right])
			}
		}
		o := out.Pix[out.PixOffset(at.X, at.Y):]
		for c := range sum {
			o[c] = uint8(sum[c] / uint32(len(spots)))
		}
		o[3] = 255
	})
	return out
}

// ProjectGray is Project for a plane. Pixels that src does not reach are 255.
func ProjectGray(src *image.Gray, back Projection, size image.Point, samples int) *image.Gray {
	out := image.NewGray(image.Rectangle{Max: size})
	for i := range out.Pix {
		out.Pix[i] = 255
	}
	each(size, samples, back, src.Rect.Size(), func(at image.Point, spots []spot) {
		sum := uint32(0)
		for _, s := range spots {
			p, q := src.Pix[s.y*src.Stride+s.x:], src.Pix[(s.y+s.down)*src.Stride+s.x:]
			sum += s.mix(p[0], p[s.right], q[0], q[s.right])
		}
		out.Pix[out.PixOffset(at.X, at.Y)] = uint8(sum / uint32(len(spots)))
	})
	return out
}

// spot is a place between four pixels of the source, in 16ths; right and down
// are 0 at its edges.
type spot struct {
	x, y, right, down int
	fx, fy            uint32
}

func (s *spot) mix(a, b, c, d uint8) uint32 {
	top := uint32(a)*(16-s.fx) + uint32(b)*s.fx
	low := uint32(c)*(16-s.fx) + uint32(d)*s.fx
	return (top*(16-s.fy) + low*s.fy + 128) >> 8
}

// each calls do for every pixel of the frame whose samples all lie in the source.
func each(size image.Point, samples int, back Projection, src image.Point, do func(image.Point, []spot)) {
	spots := make([]spot, samples*samples)
	for y := range size.Y {
	pixels:
		for x := range size.X {
			for i := range spots {
				u, v, ok := back(float64(x)+sample(i%samples, samples), float64(y)+sample(i/samples, samples))
				if !ok || !spots[i].set(u-.5, v-.5, src) {
					continue pixels
				}
			}
			do(image.Pt(x, y), spots)
		}
	}
}

func sample(i, n int) float64 { return (float64(i) + .5) / float64(n) }

func (s *spot) set(u, v float64, src image.Point) bool {
	if u < -.5 || v < -.5 || u > float64(src.X)-.5 || v > float64(src.Y)-.5 {
		return false
	}
	u, v = max(u, 0), max(v, 0)
	*s = spot{x: min(int(u), src.X-1), y: min(int(v), src.Y-1)}
	s.fx, s.fy = uint32(16*(u-float64(s.x))), uint32(16*(v-float64(s.y)))
	if s.x+1 < src.X {
		s.right = 1
	}
	if s.y+1 < src.Y {
		s.down = 1
	}
	return true
}
