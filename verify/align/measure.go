package align

import (
	"image"
	"math"
)

// moments of a tile's softened luma.
type moments struct{ mean, deviation float64 }

func measure(g *image.Gray, r image.Rectangle) moments {
	var sum, square uint64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range g.Pix[y*g.Stride+r.Min.X:][:r.Dx()] {
			sum += uint64(v)
			square += uint64(v) * uint64(v)
		}
	}
	return momentsOf(float64(sum), float64(square), r)
}

func momentsOf(sum, square float64, r image.Rectangle) moments {
	n := float64(r.Dx() * r.Dy())
	mean := sum / n
	return moments{mean, math.Sqrt(math.Max(0, square/n-mean*mean))}
}

// sums holds, for each pixel of a picture, the sums of the levels and of their squares
// over the rectangle from the origin to it (Crow, Summed-Area Tables for Texture
// Mapping, 1984), so that the moments of any tile take four look-ups of each. The sums
// wrap around; a difference that is less than 2^32, as a tile's is, comes out right.
type sums struct {
	stride         int
	levels, square []uint32
}

func newSums(g *image.Gray) *sums {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	s := &sums{stride: w + 1}
	s.levels, s.square = make([]uint32, (w+1)*(h+1)), make([]uint32, (w+1)*(h+1))
	for y := range h {
		var level, square uint32
		above, at := s.levels[y*s.stride+1:][:w], s.levels[(y+1)*s.stride+1:][:w]
		aboveSquare, atSquare := s.square[y*s.stride+1:][:w], s.square[(y+1)*s.stride+1:][:w]
		for x, v := range g.Pix[y*g.Stride:][:w] {
			level += uint32(v)
			square += uint32(v) * uint32(v)
			at[x], atSquare[x] = above[x]+level, aboveSquare[x]+square
		}
	}
	return s
}

// measure is what the function measure gives for the picture, to the bit.
func (s *sums) measure(r image.Rectangle) moments {
	a, b := r.Min.Y*s.stride, r.Max.Y*s.stride
	over := func(t []uint32) float64 { return float64(t[b+r.Max.X] - t[b+r.Min.X] - t[a+r.Max.X] + t[a+r.Min.X]) }
	return momentsOf(over(s.levels), over(s.square), r)
}

// correlation is the normalised cross-correlation of tile r of a with the same
// tile of b moved by at.
func correlation(a, b *image.Gray, r image.Rectangle, at image.Point, ma, mb moments) float64 {
	var sum uint64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p := a.Pix[y*a.Stride+r.Min.X:][:r.Dx()]
		q := b.Pix[(y+at.Y)*b.Stride+r.Min.X+at.X:][:len(p)]
		row := uint32(0)
		for i, v := range p {
			row += uint32(v) * uint32(q[i])
		}
		sum += uint64(row)
	}
	n := float64(r.Dx() * r.Dy())
	return (float64(sum)/n - ma.mean*mb.mean) / math.Max(ma.deviation*mb.deviation, 1e-9)
}

// detail is what is left of a tile when the means of its rows and columns are
// taken off: letters and grain, without the lines that they stand in, edges and
// even shading, all of which other content shares by chance. It returns the
// deviations of the two tiles' details and their correlation.
func detail(a, b *image.Gray, r image.Rectangle, at image.Point) (da, db, c float64) {
	w, h := r.Dx(), r.Dy()
	var aa, bb, ab, sa, sb uint64
	columnsA, columnsB := make([]uint32, w), make([]uint32, w)
	var rows [3]float64 // sums over rows of mean a squared, mean b squared, their product
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p := a.Pix[y*a.Stride+r.Min.X:][:w]
		q := b.Pix[(y+at.Y)*b.Stride+r.Min.X+at.X:][:w]
		var ra, rb, raa, rbb, rab uint32
		for i, v := range p {
			x, y := uint32(v), uint32(q[i])
			ra, rb, raa, rbb, rab = ra+x, rb+y, raa+x*x, rbb+y*y, rab+x*y
			columnsA[i] += x
			columnsB[i] += y
		}
		aa, bb, ab, sa, sb = aa+uint64(raa), bb+uint64(rbb), ab+uint64(rab), sa+uint64(ra), sb+uint64(rb)
		rows[0] += float64(ra) * float64(ra)
		rows[1] += float64(rb) * float64(rb)
		rows[2] += float64(ra) * float64(rb)
	}
	var columns [3]float64
	for i := range columnsA {
		x, y := float64(columnsA[i]), float64(columnsB[i])
		columns[0], columns[1], columns[2] = columns[0]+x*x, columns[1]+y*y, columns[2]+x*y
	}
	n := float64(w * h)
	left := func(k int, products, x, y uint64) float64 {
		return (float64(products) - rows[k]/float64(w) - columns[k]/float64(h) + float64(x)*float64(y)/n) / n
	}
	va, vb, vab := left(0, aa, sa, sa), left(1, bb, sb, sb), left(2, ab, sa, sb)
	da, db = math.Sqrt(math.Max(0, va)), math.Sqrt(math.Max(0, vb))
	return da, db, vab / math.Max(da*db, 1e-9)
}

// colours are the sums of a tile's levels, by channel.
type colours [3]int64

func levels(c *image.RGBA, r image.Rectangle) colours {
	var red, green, blue uint32 // a tile has fewer than 2^16 pixels
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p := c.Pix[y*c.Stride+4*r.Min.X:][:4*r.Dx()]
		for ; len(p) >= 4; p = p[4:] {
			red, green, blue = red+uint32(p[0]), green+uint32(p[1]), blue+uint32(p[2])
		}
	}
	return colours{int64(red), int64(green), int64(blue)}
}

// gap is the largest difference of the mean channels of two tiles of the size of r.
func (c colours) gap(o colours, r image.Rectangle) float64 {
	n := float64(r.Dx() * r.Dy())
	most := 0.0
	for i := range c {
		most = math.Max(most, math.Abs(float64(c[i]-o[i])/n))
	}
	return most
}
