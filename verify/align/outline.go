package align

import (
	"image"
	"math"
)

// Outline is where the window of a page lies in a picture that shows more than it:
// a panel beside it, or a messenger or a viewer around it.
type Outline struct {
	Window image.Rectangle // in pixels of the picture, from its top left corner
	Size   image.Point     // of the picture
	Quiet  bool            // what lies outside looks like bars, panels and borders: plain, with small signs on it
	Plain  bool            // each part of it is of one colour, so that it hides nothing
}

// Left, Right, Above and Below say on which sides something lies outside.
func (o Outline) Left() bool  { return o.Window.Min.X > 0 }
func (o Outline) Right() bool { return o.Window.Max.X < o.Size.X }
func (o Outline) Above() bool { return o.Window.Min.Y > 0 }
func (o Outline) Below() bool { return o.Window.Max.Y < o.Size.Y }

const (
	outlineEdge  = 4   // CSS px; nearer to the picture's edge a page's side is the edge, unless it is seen
	outlineGap   = 12  // CSS px without a step on either side, after which a window has ended
	outlineShare = 0.6 // of the window's rows, in which each side must show
	outlineLeast = 0.4 // of the picture's width and height, that a window has
)

// OutlineOf finds the outline of a page's window in a picture, given as luma with its
// origin at 0, 0, in which reg places it; page is the shot's size in its pixels, perCSS how many of them a CSS pixel has,
// and c the comparison of the two.
//
// Where the page ends on the left and on the right is told by reg: the page fills its
// window. There the picture must have a step of brightness, along most of the rows
// from the first to the last in which the page shows or a step is seen. So what is
// drawn over the page's own top, from one side of it to the other, lies inside; it
// lies outside only if it goes on beyond the page's sides without a step, as no part of a
// page can. Without a side in the picture only bands of one colour are outlined: other
// bars above and below may as well have been drawn over the page.
func OutlineOf(pic *image.Gray, reg Registration, page image.Point, perCSS float64, c Comparison) (Outline, bool) {
	size := pic.Rect.Size()
	o := Outline{Size: size}
	if !reg.Located || reg.Turned() || reg.Scale <= 0 || c.Match < minAltered {
		return o, false
	}
	px := func(css float64) int { return max(1, int(math.Round(css*reg.Scale*perCSS))) }
	from, to, miss := reg.sides(page.X)
	x1, x2 := int(math.Round(from)), int(math.Round(to))
	edge := px(outlineEdge)
	top, bottom := agreeingRows(c, max(0, x1), min(size.X, x2))
	rows := image.Rect(0, top, size.X, bottom)
	marked := func(x int) bool { return top < bottom && stepped(pic, sideNear(pic, x, miss, rows), rows) }
	left := x1 > edge || x1 > sideReach && marked(x1)
	right := x2 < size.X-edge || x2 < size.X-sideReach && marked(x2)
	beyond := edge + miss
	if !left && !right {
		return bandsOf(pic, c)
	}
	if left && x2 > size.X+beyond || right && x1 < -beyond {
		return o, false
	}
	if top >= bottom {
		return o, false
	}
	s := sides{gray: pic}
	if left {
		x1 = sideNear(pic, x1, miss, rows)
		s.at = append(s.at, x1)
	}
	if right {
		x2 = sideNear(pic, x2, miss, rows)
		s.at = append(s.at, x2)
	}
	top, bottom = s.extended(top, bottom, px(outlineGap))
	if y := int(math.Round(reg.OffsetY)); y > 0 && y < top && !plain(pic, image.Rect(max(0, x1), y, min(size.X, x2), top)) {
		top = y // the page begins in the picture, and something stands where it is not seen
	}
	for _, x := range s.at {
		if s.share(x, top, bottom) < outlineShare {
			return o, false
		}
	}
	o.Window = image.Rect(0, top, size.X, bottom)
	if left {
		o.Window.Min.X = x1
	}
	if right {
		o.Window.Max.X = x2
	}
	if float64(o.Window.Dx()) < outlineLeast*float64(size.X) || float64(o.Window.Dy()) < outlineLeast*float64(size.Y) {
		return o, false
	}
	o.Quiet, o.Plain = quiet(pic, o.Window, px(loudHeight)), plainAround(pic, o.Window)
	return o, true
}

// agreeingRows gives the rows from the first to the last tile between two columns of the
// picture that agrees in detail.
func agreeingRows(c Comparison, from, to int) (top, bottom int) {
	top = math.MaxInt
	for _, t := range c.Tiles {
		if x := (t.Rect.Min.X + t.Rect.Max.X) / 2; t.State == TileMatch && x >= from && x < to {
			top, bottom = min(top, t.Rect.Min.Y), max(bottom, t.Rect.Max.Y)
		}
	}
	return top, bottom
}

// sides are the columns at which a page's window ends in a picture.
type sides struct {
	gray *image.Gray
	at   []int
}

// extended moves top up and bottom down over all rows in which one of the sides is
// seen, and back from rows in which none is. Rows without may lie between, up to gap.
func (s sides) extended(top, bottom, gap int) (int, int) {
	seen := func(y int) bool {
		for _, x := range s.at {
			if stepAt(s.gray, x, y) {
				return true
			}
		}
		return false
	}
	h := s.gray.Rect.Dy()
	for y, last := top, top; y >= 0 && last-y <= gap; y-- {
		if seen(y) {
			top, last = y, y
		}
	}
	for y, last := bottom-1, bottom-1; y < h && y-last <= gap; y++ {
		if seen(y) {
			bottom, last = y+1, y
		}
	}
	for ; top < bottom && !seen(top); top++ {
	}
	for ; bottom > top && !seen(bottom-1); bottom-- {
	}
	return s.settled(top, bottom)
}

// faint is the share of a side's step, within, that a row which merely rings has at most.
const faint = 0.25

// settled moves top and bottom back from rows in which a side merely rings on: the steps
// of a compressed picture go on to the end of a block, far weaker than within.
func (s sides) settled(top, bottom int) (int, int) {
	if bottom-top <= 4*ringing {
		return top, bottom
	}
	end := func(from, inwards int) int {
		least := faint * float64(s.strength(from+2*ringing*inwards))
		for y := from; y != from+ringing*inwards; y += inwards {
			if float64(s.strength(y)) > least {
				return y
			}
		}
		return from // the side is no stronger further in: this is no ringing
	}
	return end(top, 1), end(bottom-1, -1) + 1
}

// strength is the largest step of row y at one of the sides.
func (s sides) strength(y int) int {
	most := 0
	for _, x := range s.at {
		most = max(most, stepOf(s.gray, x, y))
	}
	return most
}

// share is the part of the rows from top to bottom that have a step at column x.
func (s sides) share(x, top, bottom int) float64 {
	n := 0
	for y := top; y < bottom; y++ {
		if stepAt(s.gray, x, y) {
			n++
		}
	}
	return share(n, bottom-top)
}
