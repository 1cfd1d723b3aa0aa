package align

import (
	"image"
	"math"
)

const (
	sideStep   = 6               // levels across a page's side, at least
	sideReach  = 2               // px that the step may lie off
	sideShare  = 0.6             // of the rows of the page that are in the picture; a caption may lie over others
	sideScale  = 0.006           // of the page's width, that its side may lie off
	nearlyAll  = 0.9             // of the rows that step at the longest line near by
	minSided   = 64              // rows
	sideAtEdge = 2*sideReach + 1 // px from the picture's edge, within which a page ends there
)

// Sided says whether the page shown in the picture by reg, of the given size in
// pixels of the shot, ends within the picture on a side, with a step of brightness
// along it, and on the other as well or at the picture's edge: so do pages that a
// messenger or a viewer shows with a border, and pages beside a panel. Where a page
// merely is narrower than the window nothing marks its sides.
func Sided(pic image.Image, reg Registration, page image.Point) bool {
	if !reg.Located || reg.Turned() || reg.Scale <= 0 {
		return false
	}
	b := pic.Bounds()
	left, right, miss := reg.sides(page.X)
	rows := image.Rect(0, int(math.Max(0, reg.OffsetY)), b.Dx(), int(math.Min(float64(b.Dy()), reg.OffsetY+reg.Scale*float64(page.Y))))
	if rows.Dy() < minSided {
		return false
	}
	gray, marked := Luma(pic), 0
	for _, side := range []struct {
		at int
		in float64
	}{{int(math.Round(left)), left}, {int(math.Round(right)), float64(b.Dx()) - right}} {
		switch {
		case side.in < -float64(miss):
			return false // the page goes on beyond the picture
		case side.in <= sideAtEdge:
		case !stepped(gray, sideNear(gray, side.at, miss, rows), rows):
			return false
		default:
			marked++
		}
	}
	return marked > 0
}

// sides gives the columns at which a page so wide begins and ends in the picture, and
// how far they may lie off. The scale is sure to half a per cent, which is some pixels
// where the page ends; where it is nearly a usual pixel ratio, it is that.
func (r Registration) sides(width int) (left, right float64, miss int) {
	left, right = r.OffsetX, r.OffsetX+r.Scale*float64(width)
	ratio := NearestRatio(r.Scale, false)
	if math.Abs(ratio/r.Scale-1) > sideScale {
		return left, right, max(sideReach+1, int(sideScale*(right-left)))
	}
	middle := (left + right) / 2
	if len(r.Groups) > 0 && !r.Groups[0].Bounds.Empty() {
		b := r.Groups[0].Bounds
		middle = float64(b.Min.X+b.Max.X) / 2
	}
	return middle + (left-middle)*ratio/r.Scale, middle + (right-middle)*ratio/r.Scale, sideReach + 1
}

// sideNear is the column nearest to x, within miss of it, at which nearly as many rows
// step as at any: a message has a side of its own close to that of the page in it.
func sideNear(g *image.Gray, x, miss int, rows image.Rectangle) int {
	from, to := max(1, x-miss), min(g.Rect.Dx()-1, x+miss)
	count, most := make([]int, max(0, to-from+1)), 0
	for i := range count {
		for y := rows.Min.Y; y < rows.Max.Y; y++ {
			row := g.Pix[y*g.Stride+from+i-1:][:2]
			if d := int(row[0]) - int(row[1]); d >= sideStep || d <= -sideStep {
				count[i]++
			}
		}
		most = max(most, count[i])
	}
	best := -1
	for i, n := range count {
		at := from + i
		if n > 0 && float64(n) >= nearlyAll*float64(most) && (best < 0 || max(at-x, x-at) < max(best-x, x-best)) {
			best = at
		}
	}
	if best < 0 {
		return x
	}
	return best
}

// stepped says whether most rows have a step at column x.
func stepped(g *image.Gray, x int, rows image.Rectangle) bool {
	n := 0
	for y := rows.Min.Y; y < rows.Max.Y; y++ {
		if stepAt(g, x, y) {
			n++
		}
	}
	return share(n, rows.Dy()) >= sideShare
}

// stepAt says whether row y has a step at column x, or right beside it.
func stepAt(g *image.Gray, x, y int) bool { return stepOf(g, x, y) >= sideStep }

// stepOf is the largest step of row y at column x or right beside it, in levels.
func stepOf(g *image.Gray, x, y int) int {
	row, most := g.Pix[y*g.Stride:][:g.Rect.Dx()], 0
	for at := max(sideReach, x-sideReach); at <= min(x+sideReach, len(row)-sideReach); at++ {
		d := int(row[at-sideReach]) - int(row[at+sideReach-1])
		most = max(most, d, -d)
	}
	return most
}
