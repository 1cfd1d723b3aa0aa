package align

import (
	"image"
	"math"
)

const (
	sideStep  = 6   // levels across a page's side, at least
	sideReach = 2   // px that the step may lie off
	sideShare = 0.6 // of the rows of the page that are in the picture; a caption may lie over others
	minSided  = 64  // rows
)

// Sided says whether the page shown in the picture by reg, of the given size in
// pixels of the shot, ends within the picture on both sides, with a step of
// brightness along each: so do pages that a messenger or a viewer shows with a
// border. Where a page merely is narrower than the window nothing marks its sides.
func Sided(pic image.Image, reg Registration, page image.Point) bool {
	if !reg.Located || reg.Turned() || reg.Scale <= 0 {
		return false
	}
	b := pic.Bounds()
	left, right := reg.OffsetX, reg.OffsetX+reg.Scale*float64(page.X)
	rows := image.Rect(0, int(math.Max(0, reg.OffsetY)), b.Dx(), int(math.Min(float64(b.Dy()), reg.OffsetY+reg.Scale*float64(page.Y))))
	if rows.Dy() < minSided || left < 2*sideReach+1 || right > float64(b.Dx()-2*sideReach-1) {
		return false
	}
	gray := Luma(pic)
	return stepped(gray, int(math.Round(left)), rows) && stepped(gray, int(math.Round(right)), rows)
}

// stepped says whether most rows have a step at column x.
func stepped(g *image.Gray, x int, rows image.Rectangle) bool {
	n := 0
	for y := rows.Min.Y; y < rows.Max.Y; y++ {
		row := g.Pix[y*g.Stride:][:g.Rect.Dx()]
		for at := x - sideReach; at <= x+sideReach; at++ {
			if d := int(row[at-sideReach]) - int(row[at+sideReach-1]); d >= sideStep || d <= -sideStep {
				n++
				break
			}
		}
	}
	return share(n, rows.Dy()) >= sideShare
}
