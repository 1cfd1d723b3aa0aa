package trace

import (
	"context"
	"image"
	"math"
	"slices"
)

// fringes are the upright stems of a picture's letters, and how each was smoothed:
// for the three sub-pixels of a screen, whose strokes lie a third of a pixel apart in
// red, green and blue, or alike in all colours. They are kept one by one, because a
// line of small print is as high as a cell of counts.
type fringes struct{ stems []stem }

// stem is a stroke that goes on through rows at one place.
type stem struct{ x, y, rows, kind int32 } // y is the row below the last

// strokes are the stems of a part by their kind.
type strokes [fringeKinds]int

func (s strokes) sum() (n int) {
	for _, v := range s {
		n += v
	}
	return n
}

// fringed and plain are shares, 0 to 1. A screen has its sub-pixels in one order.
func (s strokes) fringed() float64 {
	return float64(max(s[redFirst], s[blueFirst])) / float64(max(1, s.sum()))
}
func (s strokes) plain() float64 { return float64(s[plainStroke]) / float64(max(1, s.sum())) }

func (s strokes) less(o strokes) strokes {
	for k := range s {
		s[k] -= o[k]
	}
	return s
}

const (
	plainStroke = iota // alike in all colours
	redFirst           // red lies to the right of blue, as where a screen's red sub-pixel is the left one
	blueFirst
	oddStroke // neither: what compression left, or letters that touch
	fringeKinds
)

const (
	maxStems    = 1 << 20 // 16 MB; a screen full of small print has 10,000
	strokeRun   = 3       // px of ground beside a stroke, on either side
	strokeWide  = 8       // px that a stroke is wide at most: a wider one's sides are not one stroke's
	strokeCalm  = 12      // levels by which ground may vary: what compression leaves
	strokeDepth = 64      // levels from the ground that a stroke reaches in each colour
	strokeMass  = 96      // levels, summed over its pixels, that it has in each colour
	longestStem = 40      // rows: of a letter

	// A screen's red and blue sub-pixels lie two thirds of a pixel apart; letters
	// smoothed alike have both at one place.
	plainShift, leastShift, mostShift = 0.15, 0.3, 1.0 // px
)

func findFringes(ctx context.Context, img *image.NRGBA) (*fringes, error) {
	size := img.Rect.Size()
	f, open := &fringes{}, make([]stem, size.X)
	for y := range size.Y {
		if y%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		row := img.Pix[y*img.Stride : y*img.Stride+4*size.X]
		eachStroke(row, func(x int, shift float64) {
			s, kind := &open[x], strokeKind(shift)
			if s.rows > 0 && int(s.y) == y && s.kind == kind {
				s.rows, s.y = s.rows+1, s.y+1
				return
			}
			f.keep(*s)
			*s = stem{int32(x), int32(y + 1), 1, kind}
		})
	}
	for _, s := range open {
		f.keep(s)
	}
	return f, nil
}

// keep keeps a stem that has ended; not the rule of a table or the side of a box,
// which are longer than letters.
func (f *fringes) keep(s stem) {
	if s.rows > 0 && s.rows <= longestStem && len(f.stems) < maxStems {
		f.stems = append(f.stems, s)
	}
}

func strokeKind(shift float64) int32 {
	switch s := math.Abs(shift); {
	case s <= plainShift:
		return plainStroke
	case s < leastShift || s > mostShift:
		return oddStroke
	case shift > 0:
		return redFirst
	}
	return blueFirst
}

// eachStroke finds what stands between two stretches of one ground in a row of
// pixels, and by how many pixels its red lies to the right of its blue.
func eachStroke(row []uint8, tell func(x int, shift float64)) {
	n := len(row) / 4
	for x := strokeRun; x+strokeRun < n; x++ {
		if !differs(row, x, x-1) || !ground(row, x-strokeRun, x-1) {
			continue
		}
		end := x + 1
		for end < n && end-x <= strokeWide && differs(row, end, x-1) {
			end++
		}
		if end-x > strokeWide || end+strokeRun > n || !ground(row, end, x-1) {
			continue
		}
		if shift, ok := strokeShift(row, x, end); ok {
			tell(x, shift)
		}
		x = end
	}
}

// ground says whether strokeRun pixels from x on are like the one at g.
func ground(row []uint8, x, g int) bool {
	for i := x; i < x+strokeRun; i++ {
		if differs(row, i, g) {
			return false
		}
	}
	return true
}

func differs(row []uint8, a, b int) bool {
	for c := range 3 {
		if step(row[4*a+c], row[4*b+c]) > strokeCalm {
			return true
		}
	}
	return false
}

// strokeShift compares where the ink of the stroke in [from, to) lies in red and in
// blue: the centres of what each takes from the ground. Smoothing keeps them,
// whatever the colours of ink and ground.
func strokeShift(row []uint8, from, to int) (float64, bool) {
	var centre [3]float64
	for c := range 3 {
		g := int(row[4*(from-1)+c])
		sum, moment, depth := 0, 0, 0
		for x := from - 1; x <= to; x++ {
			d := int(row[4*x+c]) - g
			sum, moment, depth = sum+d, moment+d*(x-from), max(depth, d, -d)
		}
		if depth < strokeDepth || max(sum, -sum) < strokeMass {
			return 0, false
		}
		centre[c] = float64(moment) / float64(sum)
	}
	return centre[0] - centre[2], true
}

// in counts the stems of a part, by their middles.
func (f *fringes) in(part image.Rectangle) (n strokes) {
	for _, s := range f.stems {
		if s.middle().In(part) {
			n[s.kind]++
		}
	}
	return n
}

func (s stem) middle() image.Point { return image.Pt(int(s.x), int(s.y-s.rows/2-1)) }

// mask forgets what is in part.
func (f *fringes) mask(part image.Rectangle) {
	part = part.Inset(-maskMargin)
	f.stems = slices.DeleteFunc(f.stems, func(s stem) bool { return s.middle().In(part) })
}
