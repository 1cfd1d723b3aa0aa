package align

import (
	"image"
	"math"
	"slices"
)

// Another browser, or other fonts, break a line elsewhere: the last word of one
// line then begins the next, whose words all move on. What differs looks like lines
// that somebody rewrote, but holds no word that the page does not have right there,
// and lacks none. The same holds for a row of buttons.
const (
	reflowMargin = TileSize     // frame px above and below what differs in which a word is looked for
	wideMargin   = 4 * TileSize // the same to its sides: a long word
	inkStep      = 24           // levels by which a pixel of a word lies off the ground
	wordGap      = 0.12         // of a line's height, without ink, that part two words
	leastGap     = 2            // px of it; letters that lie so far apart make words of their own
	columnGap    = 24           // px without ink that part two columns whose lines are looked for apart
	wordLike     = 0.75         // correlation of a word with itself elsewhere, whose letters may lie on other parts of a pixel
	wordNear     = 0.15         // a pixel beside its place a word still agrees with itself by twice that
	wordDrift    = 3            // px by which a line may begin lower, for want of a tall letter
	leastMoved   = 2            // words that lie elsewhere, for lines to be said to break elsewhere
	ownWords     = 0.9          // of the words' widths, on each side, that must be found on the other
	tellingWidth = 8            // px from which a word is one and no dot or dash
	highestWord  = 64           // px; what is higher is a picture, and no button either
	mostWords    = 150          // more are no few lines
)

// rewrapped says whether what differs holds the page's own words of the same place,
// in both directions, and some of them elsewhere. What is no region is left to chance.
func (g *grid) rewrapped(f *frame, regions []region) bool {
	var differ []image.Rectangle
	var all image.Rectangle
	for _, r := range regions {
		if len(r.tiles) < minRegion {
			continue
		}
		if 2*r.fresh >= len(r.tiles) {
			return false
		}
		differ = append(differ, r.rect)
		all = all.Union(r.rect)
	}
	within := image.Rect(all.Min.X-wideMargin, all.Min.Y-reflowMargin, all.Max.X+wideMargin, all.Max.Y+reflowMargin).
		Intersect(image.Rectangle{Max: f.size}).Intersect(f.inPage[0])
	if all.Empty() || within.Empty() {
		return false
	}
	page := shiftedView(f.layer(0).soft, drift)
	picture, shown := readText(f.soft, within), readText(page, within)
	known, moved := picture.foundIn(shown, differ)
	if moved < leastMoved || known < ownWords {
		return false
	}
	kept, _ := shown.foundIn(picture, differ)
	return kept >= ownWords
}

// text is a part of a picture or page, and the words in it.
type text struct {
	gray  *image.Gray
	paper uint8 // the luma of the ground
	words []image.Rectangle
}

// readText finds what stands on the ground of a part, cut by rows without ink and by gaps
// along a line.
func readText(g *image.Gray, in image.Rectangle) text {
	t := text{gray: g, paper: commonest(g, in)}
	for _, band := range t.rows(in) {
		// Columns of the page have lines of their own.
		for _, column := range t.columns(band, min(band.Dy(), columnGap)) {
			for _, line := range t.rows(column) {
				gap := max(leastGap, int(math.Round(wordGap*float64(line.Dy()))))
				t.words = append(t.words, t.columns(line, gap)...)
			}
		}
	}
	return t
}

// foundIn returns the share, by width, of those words that touch what differs which the
// other text has as well, each in a place of its own, and how many of these places
// are others. Where the share is less than ownWords, it is no more than a bound.
func (t text) foundIn(o text, differ []image.Rectangle) (part float64, moved int) {
	var words []image.Rectangle
	all := 0
	for _, w := range t.words {
		if w.Dx() < tellingWidth || !slices.ContainsFunc(differ, w.Overlaps) {
			continue
		}
		if w.Dy() > highestWord {
			return 0, 0
		}
		words = append(words, w)
		all += w.Dx()
	}
	if len(words) > mostWords {
		return 0, 0
	}
	var taken []image.Rectangle
	found := all
	for _, w := range words {
		at, ok := t.place(o, w, taken)
		if !ok {
			if found -= w.Dx(); share(found, all) < ownWords {
				return share(found, all), 0 // the others need not be looked for
			}
			continue
		}
		taken = append(taken, w.Add(at).Inset(1))
		if max(abs(at.X), abs(at.Y)) > drift {
			moved++
		}
	}
	return share(found, all), moved
}

// place is where the other text has the word w, as a move, in none of the places that
// are taken.
func (t text) place(o text, w image.Rectangle, taken []image.Rectangle) (at image.Point, ok bool) {
	best := wordLike
	for _, v := range o.words {
		by := v.Min.Sub(w.Min)
		if to := w.Add(by).Inset(1); slices.ContainsFunc(taken, to.Overlaps) {
			continue
		}
		if c, by := t.likest(o, w, by, v.Dy()); c > best {
			best, at = c, by
		}
	}
	return at, best > wordLike
}

// likest is the best correlation of the detail of word w with what the other text has
// about by further on, in a line of that height, and where that is.
func (t text) likest(o text, w image.Rectangle, by image.Point, height int) (float64, image.Point) {
	best, at := 0.0, by
	// near says whether the word may be there, or a pixel beside.
	near := func(dx, dy int) bool {
		d := by.Add(image.Pt(dx, dy))
		if !w.Add(d).In(o.gray.Rect) {
			return true
		}
		_, _, c := detail(t.gray, o.gray, w, d)
		if c > best {
			best, at = c, d
		}
		return c >= wordNear
	}
	reach := 1
	if abs(w.Dy()-height) > 1 {
		reach = wordDrift
	} else if !near(0, 0) {
		return best, at
	}
	for dy := -reach; dy <= reach; dy++ {
		if near(0, dy) {
			near(-1, dy)
			near(1, dy)
		}
	}
	return best, at
}

// rows and columns cut a part wherever nothing stands on the ground for one row, or for
// gap columns.
func (t text) rows(r image.Rectangle) []image.Rectangle {
	return parted(r, true, 1, func(y int) bool {
		return slices.ContainsFunc(t.gray.Pix[y*t.gray.Stride+r.Min.X:][:r.Dx()], t.ink)
	})
}

func (t text) columns(r image.Rectangle, gap int) []image.Rectangle {
	return parted(r, false, gap, func(x int) bool {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			if t.ink(t.gray.Pix[y*t.gray.Stride+x]) {
				return true
			}
		}
		return false
	})
}

func (t text) ink(v uint8) bool { return abs(int(v)-int(t.paper)) > inkStep }

// parted cuts r into the parts that have ink, across its rows or columns, wherever
// there are gap of these without.
func parted(r image.Rectangle, rows bool, gap int, ink func(int) bool) []image.Rectangle {
	from, to := r.Min.X, r.Max.X
	if rows {
		from, to = r.Min.Y, r.Max.Y
	}
	var out []image.Rectangle
	first, last := -1, -1
	end := func() {
		if first < 0 {
			return
		}
		part := image.Rect(first, r.Min.Y, last+1, r.Max.Y)
		if rows {
			part = image.Rect(r.Min.X, first, r.Max.X, last+1)
		}
		out = append(out, part)
		first = -1
	}
	for i := from; i < to; i++ {
		if !ink(i) {
			continue
		}
		if i-last > gap {
			end()
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	end()
	return out
}

// commonest is the commonest luma within r.
func commonest(g *image.Gray, r image.Rectangle) uint8 {
	var histogram [256]int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range g.Pix[y*g.Stride+r.Min.X:][:r.Dx()] {
			histogram[v]++
		}
	}
	top := 0
	for i, n := range histogram {
		if n > histogram[top] {
			top = i
		}
	}
	return uint8(top)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// shiftedView is the part of g whose point (by, by) is its origin.
func shiftedView(g *image.Gray, by int) *image.Gray {
	v := g.SubImage(image.Rect(by, by, g.Rect.Max.X-by, g.Rect.Max.Y-by)).(*image.Gray)
	return &image.Gray{Pix: v.Pix, Stride: v.Stride, Rect: v.Rect.Sub(v.Rect.Min)}
}
