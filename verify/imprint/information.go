package imprint

import "image"

// MinInformation is the information below which hashes are not compared.
const MinInformation = 0.5

const (
	// cells is the side of the grid that information is measured on, that of
	// PDQ and of the perception hash.
	cells = 64
	// enough is the sum of steps that counts as full information, from PDQ.
	enough = 9000
)

// information measures how much structure there is for a hash to rest on, as
// PDQ's quality does: on a grid of 64 x 64 luma cells the steps between
// neighbours, in whole hundredths of the range so that noise and soft gradients
// vanish, are summed and held against a fixed amount.
func information(small *image.RGBA) float64 {
	grid := lumaGrid(small)
	sum := 0
	for y := range cells {
		for x := range cells {
			if x+1 < cells {
				sum += step(grid[y][x], grid[y][x+1])
			}
			if y+1 < cells {
				sum += step(grid[y][x], grid[y+1][x])
			}
		}
	}
	return min(1, float64(sum)/enough)
}

func step(a, b int) int {
	return max(a-b, b-a) * 100 / 255
}

// lumaGrid averages a reduced picture into cells; a picture of fewer pixels
// than cells repeats them.
func lumaGrid(img *image.RGBA) (grid [cells][cells]int) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for cy := range cells {
		y0, y1 := span(cy, h)
		for cx := range cells {
			x0, x1 := span(cx, w)
			sum := 0
			for y := y0; y < y1; y++ {
				for x := x0; x < x1; x++ {
					p := img.Pix[y*img.Stride+4*x:]
					sum += 299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])
				}
			}
			grid[cy][cx] = sum / (1000 * (y1 - y0) * (x1 - x0))
		}
	}
	return grid
}

// span is the stretch of n pixels that cell i covers, at least one.
func span(i, n int) (from, to int) {
	from = i * n / cells
	return from, max(from+1, (i+1)*n/cells)
}
