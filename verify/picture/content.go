package picture

import "image"

const (
	// darkest is the brightest that any channel of a letterbox bar may be.
	// Black bars stay below it through JPEG at any usual quality.
	darkest = 24
	// sharp is the share of the first line inside a bar that must be brighter
	// than the bar can be.
	sharp = 0.9
	// maxBar is the largest share of the picture that one bar may take.
	maxBar = 0.45
	// pairSlack is how many pixels two opposite bars may differ in width, for
	// an odd number of lines to share.
	pairSlack = 2
)

// ContentArea proposes the part of an opaque picture within black letterbox or
// pillarbox bars; without such bars it is the whole picture. Bars come in equal
// pairs on opposite sides, are black throughout, and end at a line that is not.
//
// It is a proposal: a page whose own margins are black and whose column runs
// from edge to edge looks the same, so a caller tries the whole picture as
// well. Bars of other colours are left on purpose, since a white margin is most
// often the page's own. Window borders, toolbars and task bars are not looked
// for here.
func ContentArea(img *image.NRGBA) image.Rectangle {
	area := img.Rect
	top := bar(area.Dy(), func(i int) float64 { return bright(img, row(area, area.Min.Y+i)) })
	bottom := bar(area.Dy(), func(i int) float64 { return bright(img, row(area, area.Max.Y-1-i)) })
	if paired(top, bottom) {
		area.Min.Y += top
		area.Max.Y -= bottom
	}
	left := bar(area.Dx(), func(i int) float64 { return bright(img, column(area, area.Min.X+i)) })
	right := bar(area.Dx(), func(i int) float64 { return bright(img, column(area, area.Max.X-1-i)) })
	if paired(left, right) {
		area.Min.X += left
		area.Max.X -= right
	}
	return area
}

func row(a image.Rectangle, y int) image.Rectangle    { return image.Rect(a.Min.X, y, a.Max.X, y+1) }
func column(a image.Rectangle, x int) image.Rectangle { return image.Rect(x, a.Min.Y, x+1, a.Max.Y) }

func paired(a, b int) bool { return a > 0 && b > 0 && max(a-b, b-a) <= pairSlack }

// bar counts the dark lines at one side, 0 when they do not end sharply.
func bar(n int, brightness func(i int) float64) int {
	for i := range int(float64(n) * maxBar) {
		switch b := brightness(i); {
		case b >= sharp:
			return i
		case b > 0:
			return 0
		}
	}
	return 0
}

// bright is the share of the pixels of r that are brighter than a bar.
func bright(img *image.NRGBA, r image.Rectangle) float64 {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p := img.Pix[img.PixOffset(x, y):]
			if max(p[0], p[1], p[2]) > darkest {
				n++
			}
		}
	}
	return float64(n) / float64(max(1, r.Dx()*r.Dy()))
}
