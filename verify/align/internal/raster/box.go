package raster

import "image"

// Box5 writes the mean of each 5x5 neighbourhood of g to out, which must be of
// the same size. The outermost two rows and columns are left as they are in out.
func Box5(out, g *image.Gray) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if w < 5 || h < 5 {
		return
	}
	// columns holds, for each column, the sum of five rows; it is moved down a
	// row at a time, so that a pixel costs two additions each way.
	columns := make([]uint32, w)
	for y := range 5 {
		for x, v := range g.Pix[y*g.Stride:][:w] {
			columns[x] += uint32(v)
		}
	}
	for y := 2; ; y++ {
		boxRow(out.Pix[y*out.Stride:][:w], columns)
		if y+3 >= h {
			return
		}
		gone, come := g.Pix[(y-2)*g.Stride:][:w], g.Pix[(y+3)*g.Stride:][:w]
		for x := range columns {
			columns[x] += uint32(come[x]) - uint32(gone[x])
		}
	}
}

func boxRow(out []uint8, columns []uint32) {
	sum := columns[0] + columns[1] + columns[2] + columns[3] + columns[4]
	for x := 2; ; x++ {
		out[x] = uint8(sum * 2622 >> 16) // 2622/65536 is 1/25 to within 1 in 4000
		if x+3 >= len(columns) {
			return
		}
		sum += columns[x+3] - columns[x-2]
	}
}
