package raster

import (
	"image"
	"math"
)

// Place lays src into a frame of the given size: a point (u, v) of src comes to
// lie at (scale*u+dx, scale*v+dy), in continuous coordinates. Shrinking weighs
// by area, enlarging interpolates. Pixels of the frame that src does not reach
// are transparent. Only the part of src that shows is read.
func Place(src *image.RGBA, scale, dx, dy float64, size image.Point) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: size})
	if src.Rect.Empty() || out.Rect.Empty() || scale <= 0 {
		return out
	}
	if x, y := int(dx), int(dy); scale == 1 && dx == float64(x) && dy == float64(y) {
		copyInto(out, src, image.Pt(x, y))
		return out
	}
	across := spans(size.X, src.Rect.Dx(), scale, dx)
	down := spans(size.Y, src.Rect.Dy(), scale, dy)
	first, last := reached(across)
	if first > last {
		return out
	}
	from := across[first].at
	mixed := make([]uint32, 4*(across[last].at+len(across[last].w)-from))
	for y := range size.Y {
		if len(down[y].w) == 0 {
			continue
		}
		mixSpan(mixed, src, 4*from, down[y])
		row := out.Pix[y*out.Stride:][:4*size.X]
		for x := first; x <= last; x++ {
			mixPixel(row[4*x:4*x+4:4*x+4], mixed[4*(across[x].at-from):], across[x].w)
		}
	}
	return out
}

// copyInto is Place where no pixel is interpolated.
func copyInto(out, src *image.RGBA, at image.Point) {
	part := src.Rect.Sub(src.Rect.Min).Add(at).Intersect(out.Rect)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		row := out.Pix[y*out.Stride:][4*part.Min.X : 4*part.Max.X]
		copy(row, src.Pix[(y-at.Y)*src.Stride+4*(part.Min.X-at.X):])
		for i := 3; i < len(row); i += 4 {
			row[i] = 255
		}
	}
}

// span says how a destination pixel is made of neighbours, in 256ths. Without
// weights it lies outside the source.
type span struct {
	at int
	w  []uint32
}

func spans(n, src int, scale, shift float64) []span {
	out := make([]span, n)
	half := math.Max(1, 1/scale) / 2
	for i := range out {
		c := (float64(i) + .5 - shift) / scale
		if c < 0 || c > float64(src) {
			continue
		}
		lo, hi := c-half, c+half
		at := max(0, int(math.Floor(lo)))
		end := min(src, int(math.Ceil(hi)))
		if at >= end {
			continue
		}
		out[i] = span{at, weights(at, end, lo, hi)}
	}
	return out
}

// weights of the pixels [at, end) for the interval [lo, hi]; they add up to 256.
func weights(at, end int, lo, hi float64) []uint32 {
	w := make([]uint32, end-at)
	total := math.Min(hi, float64(end)) - math.Max(lo, float64(at))
	left, big := uint32(256), 0
	for k := range w {
		a, b := math.Max(lo, float64(at+k)), math.Min(hi, float64(at+k+1))
		w[k] = min(left, uint32(math.Round(256*math.Max(0, b-a)/total)))
		left -= w[k]
		if w[k] > w[big] {
			big = k
		}
	}
	w[big] += left
	return w
}

func reached(s []span) (first, last int) {
	first, last = len(s), -1
	for i := range s {
		if len(s[i].w) > 0 {
			first, last = min(first, i), i
		}
	}
	return first, last
}

func mixSpan(out []uint32, src *image.RGBA, from int, t span) {
	clear(out)
	for k, w := range t.w {
		if w == 0 {
			continue
		}
		row := src.Pix[(t.at+k)*src.Stride+from:][:len(out)]
		for i, v := range row {
			out[i] += uint32(v) * w
		}
	}
}

func mixPixel(out []uint8, in, w []uint32) {
	var r, g, b uint32
	for k, f := range w {
		p := in[4*k : 4*k+3 : 4*k+3]
		r, g, b = r+p[0]*f, g+p[1]*f, b+p[2]*f
	}
	const half = 1 << 15
	out[0], out[1], out[2], out[3] = uint8((r+half)>>16), uint8((g+half)>>16), uint8((b+half)>>16), 255
}

// Extend repeats the outermost pixels of the part of img within inside over all
// the rest, so that blurring and moving see no edge where a page ends.
func Extend(img *image.RGBA, inside image.Rectangle) {
	inside = inside.Intersect(img.Rect)
	if inside.Empty() {
		return
	}
	w := img.Rect.Dx()
	for y := inside.Min.Y; y < inside.Max.Y; y++ {
		row := img.Pix[y*img.Stride:][:4*w]
		for x := range inside.Min.X {
			copy(row[4*x:], row[4*inside.Min.X:4*inside.Min.X+4])
		}
		for x := inside.Max.X; x < w; x++ {
			copy(row[4*x:], row[4*inside.Max.X-4:4*inside.Max.X])
		}
	}
	for y := range img.Rect.Dy() {
		if from := min(max(y, inside.Min.Y), inside.Max.Y-1); from != y {
			copy(img.Pix[y*img.Stride:][:4*w], img.Pix[from*img.Stride:][:4*w])
		}
	}
}
