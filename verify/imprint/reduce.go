package imprint

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// reducedSide is the side that a picture is averaged down to before it is
// hashed: four times the 64 cells of the largest hash, so that the tent filter
// of goimagehash still has something to weigh.
const reducedSide = 256

// reduce averages img down to at most reducedSide x reducedSide pixels, each
// the mean of its own block of img, on white. The result is a copy with its
// origin at 0, 0, which goimagehash needs: it reads sub-images from the wrong
// place. It is nil for a picture without area, on which goimagehash panics.
func reduce(img image.Image) *image.RGBA {
	if img == nil || img.Bounds().Empty() {
		return nil
	}
	src := picture.ToNRGBA(img)
	w, h := src.Rect.Dx(), src.Rect.Dy()
	cw, ch := min(w, reducedSide), min(h, reducedSide)
	out := image.NewRGBA(image.Rect(0, 0, cw, ch))
	sums := make([]uint64, 3*cw)
	edges := make([]int, cw+1)
	for i := range edges {
		edges[i] = i * w / cw
	}
	for cy := range ch {
		clear(sums)
		top, bottom := cy*h/ch, (cy+1)*h/ch
		for y := top; y < bottom; y++ {
			addRow(sums, src.Pix[y*src.Stride:][:4*w], edges)
		}
		writeMeans(out.Pix[cy*out.Stride:], sums, edges, bottom-top)
	}
	return out
}

// addRow adds one row of NRGBA pixels to the sums of the blocks it runs through.
func addRow(sums []uint64, row []byte, edges []int) {
	for c := range len(edges) - 1 {
		var r, g, b uint32
		for p := row[4*edges[c] : 4*edges[c+1]]; len(p) >= 4; p = p[4:] {
			if p[3] == 255 {
				r += uint32(p[0])
				g += uint32(p[1])
				b += uint32(p[2])
				continue
			}
			a := uint32(p[3])
			white := 255 * (255 - a)
			r += (uint32(p[0])*a + white + 127) / 255
			g += (uint32(p[1])*a + white + 127) / 255
			b += (uint32(p[2])*a + white + 127) / 255
		}
		sums[3*c] += uint64(r)
		sums[3*c+1] += uint64(g)
		sums[3*c+2] += uint64(b)
	}
}

func writeMeans(row []byte, sums []uint64, edges []int, rows int) {
	for c := range len(edges) - 1 {
		n := uint64(rows * (edges[c+1] - edges[c]))
		for k := range 3 {
			row[4*c+k] = uint8((sums[3*c+k] + n/2) / n)
		}
		row[4*c+3] = 255
	}
}
