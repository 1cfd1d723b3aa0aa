package imprint

import "image"

// MinInformation is the information below which hashes are not compared: from
// there on no two different pages matched by chance (package documentation).
const MinInformation = 0.5

const (
	// cells is the side of the grid that structure is measured on, that of PDQ
	// and of the perception hash.
	cells = 64
	// enough is the sum of steps that counts as full structure, from PDQ.
	enough = 9000
	// coarse is how many cells of the grid are one cell of the difference hash
	// along a side.
	coarse = cells / side256
	// decided is the step in luma levels of 255 from which two neighbouring
	// cells of a hash count as different: twice what rounding can do.
	decided = 3
	// enoughDecided is the share of decided neighbours that counts as full
	// information: there half of the bits of the hash are more than an accident.
	enoughDecided = 0.5
)

// information is the lesser of two measures, for each alone lets pictures
// through that match by chance: PDQ's, which a few large letters satisfy, and
// the share of the difference hash that is decided by content, which faint
// noise satisfies.
func information(small *image.RGBA) float64 {
	grid := lumaGrid(small)
	return min(structure(&grid), decidedShare(&grid)/enoughDecided, 1)
}

// structure is PDQ's quality: on a grid of 64 x 64 luma cells the steps between
// neighbours, in whole hundredths of the range so that noise and soft gradients
// vanish, are summed and held against a fixed amount.
func structure(grid *[cells][cells]int) float64 {
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
	return float64(sum) / enough
}

// decidedShare is the share of horizontal neighbours on a 16 x 16 grid that
// differ by more than rounding: the bits of the difference hash that content
// decides.
func decidedShare(grid *[cells][cells]int) float64 {
	n := 0
	for y := range side256 {
		for x := range side256 - 1 {
			if d := blockMean(grid, x, y) - blockMean(grid, x+1, y); max(d, -d) >= decided {
				n++
			}
		}
	}
	return float64(n) / (side256 * (side256 - 1))
}

func blockMean(grid *[cells][cells]int, x, y int) int {
	sum := 0
	for _, row := range grid[y*coarse : (y+1)*coarse] {
		for _, v := range row[x*coarse : (x+1)*coarse] {
			sum += v
		}
	}
	return sum / (coarse * coarse)
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
