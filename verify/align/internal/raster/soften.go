package raster

import "image"

// Soften returns g under the kernel 1 2 3 2 1 each way: nearly a Gaussian of
// standard deviation 1.15 px, which takes away most of what anti-aliasing and
// compression add and leaves the strokes of letters. Borders repeat.
func Soften(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	if out.Rect.Empty() {
		return out
	}
	sums := make([]uint32, w+4) // two more at either end
	for y := range h {
		row := func(k int) []uint8 { return g.Pix[min(max(y+k, 0), h-1)*g.Stride:][:w] }
		a, b, c, d, e := row(-2), row(-1), row(0), row(1), row(2)
		for x := range w {
			sums[x+2] = uint32(a[x]) + 2*uint32(b[x]) + 3*uint32(c[x]) + 2*uint32(d[x]) + uint32(e[x])
		}
		sums[0], sums[1], sums[w+2], sums[w+3] = sums[2], sums[2], sums[w+1], sums[w+1]
		to := out.Pix[y*out.Stride:][:w]
		for x := range to {
			s := sums[x : x+5 : x+5]
			to[x] = uint8((s[0] + 2*s[1] + 3*s[2] + 2*s[3] + s[4] + 40) / 81)
		}
	}
	return out
}
