package align

import "image"

// Bars, panels and borders of programs are plain and carry small signs: letters of up
// to 20 CSS px, icons of up to 24, with gaps between their lines. A message that is
// meant to be read from afar has larger letters, and a picture has no gaps.
const (
	loudHeight  = 34 // CSS px; the highest run of rows full of strokes that a bar has
	loudStrokes = 6  // strokes, in a row, that make it full
	strokeStep  = 24 // levels between a pixel and the next but one
)

// quiet says whether all of g that lies outside of a window is, where a part full of
// strokes is at most so many rows high.
func quiet(g *image.Gray, w image.Rectangle, height int) bool {
	for _, r := range outside(w, g.Rect.Size()) {
		if tallest(g, r) > height {
			return false
		}
	}
	return true
}

// outside is what lies above, below, left and right of a window in a picture.
func outside(w image.Rectangle, size image.Point) [4]image.Rectangle {
	return [4]image.Rectangle{
		image.Rect(0, 0, size.X, w.Min.Y), image.Rect(0, w.Max.Y, size.X, size.Y),
		image.Rect(0, w.Min.Y, w.Min.X, w.Max.Y), image.Rect(w.Max.X, w.Min.Y, size.X, w.Max.Y),
	}
}

// Beyond gives the share of a picture, as luma with its origin at 0, 0, that lies
// beyond the page of the given size that reg places in it, and whether nothing stands
// there. o says how the page lies in its shot.
//
// What stands there may be a program's bars, or a block that pushed the page down: both
// are full of small letters, and neither was compared with anything.
func Beyond(pic *image.Gray, reg Registration, page image.Point, o CompareOptions) (part float64, empty bool) {
	all := image.Rectangle{Max: pic.Rect.Size()}
	if !reg.Located || reg.Turned() || all.Empty() {
		return 0, true
	}
	w := scaled(image.Rectangle{Max: page}, reg.Scale, reg.OffsetX, reg.OffsetY).Intersect(all)
	if w.Empty() {
		return 1, false
	}
	if o.GoesUp {
		w.Min.Y = 0
	}
	if o.GoesOn {
		w.Max.Y = all.Max.Y
	}
	part = 1 - float64(w.Dx())*float64(w.Dy())/(float64(all.Dx())*float64(all.Dy()))
	return part, plainAround(pic, w)
}

// tallest is the height, in rows, of the highest part of r whose rows are all full of
// strokes.
func tallest(g *image.Gray, r image.Rectangle) int {
	best, run := 0, 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		if run++; strokes(g, y, r.Min.X, r.Max.X) < loudStrokes {
			run = 0
		}
		best = max(best, run)
	}
	return best
}

// strokes counts the places of a row, from one column to another, at which brightness
// steps up.
func strokes(g *image.Gray, y, from, to int) int {
	n, up := 0, false
	row := g.Pix[y*g.Stride:][:g.Rect.Dx()]
	for x := from; x+2 < to; x++ {
		steps := int(row[x+2])-int(row[x]) >= strokeStep
		if steps && !up {
			n++
		}
		up = steps
	}
	return n
}

// ringing is how far, in pixels, what stands beside a plain part shows in it: a block
// of JPEG.
const ringing = 8

// plainAround says whether each part outside of a window is of one colour.
func plainAround(g *image.Gray, w image.Rectangle) bool {
	for _, r := range outside(w.Inset(-ringing), g.Rect.Size()) {
		if !plain(g, r.Intersect(g.Rect)) {
			return false
		}
	}
	return true
}

// plainSpread is the most levels of luma between the pixels of a plain band.
const plainSpread = 12

// plain says whether nothing stands in r.
func plain(g *image.Gray, r image.Rectangle) bool {
	low, high := uint8(255), uint8(0)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range g.Pix[y*g.Stride+r.Min.X:][:r.Dx()] {
			low, high = min(low, v), max(high, v)
		}
	}
	return high < low || high-low <= plainSpread
}
