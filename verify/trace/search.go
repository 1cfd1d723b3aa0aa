package trace

import (
	"image"
	"math"
	"slices"
)

// windows are the sides, in cells, of the squares that are searched.
var windows = [...]int{3, 6, 12}

// search looks for parts that differ. Squares of three sizes are held against the
// rest; those of one kind that overlap are joined, and what the join holds
// decides.
func (h held) search() []Finding {
	trials := math.Log10(math.Max(1, float64(len(h.e.cells))))
	marks := map[Kind][]image.Rectangle{}
	for _, w := range windows {
		h.slide(w, func(r image.Rectangle) {
			if f := h.differs(r, trials); f != nil {
				marks[f.Kind] = append(marks[f.Kind], r)
			}
		})
	}
	var found []Finding
	for _, k := range []Kind{OtherGrid, Uneven, Untouched} {
		for _, r := range join(marks[k]) {
			if f := h.trim(r, k, trials); f != nil {
				found = append(found, *f)
			}
		}
	}
	return found
}

// slide goes over the page with squares of w cells.
func (h held) slide(w int, f func(image.Rectangle)) {
	up := func(v int) int { return (v + cellSide - 1) / cellSide * cellSide }
	s, step := w*cellSide, max(1, w/3)*cellSide
	for y := up(h.page.Min.Y); y+s <= h.page.Max.Y; y += step {
		for x := up(h.page.Min.X); x+s <= h.page.Max.X; x += step {
			f(image.Rect(x, y, x+s, y+s))
		}
	}
}

// join unites rectangles that overlap.
func join(all []image.Rectangle) []image.Rectangle {
	var out []image.Rectangle
	for _, r := range all {
		for {
			i := slices.IndexFunc(out, r.Overlaps)
			if i < 0 {
				break
			}
			r = r.Union(out[i])
			out = slices.Delete(out, i, i+1)
		}
		out = append(out, r)
	}
	return out
}

// trim takes strips off the sides of a part as long as that makes it no less
// surprising; nil when the whole of it is not.
func (h held) trim(r image.Rectangle, k Kind, trials float64) *Finding {
	best := h.differs(r, trials)
	for cut := true; cut && best != nil && best.Kind == k; {
		cut = false
		for _, next := range strips(best.At) {
			if f := h.differs(next, trials); f != nil && f.Kind == k && f.Chance <= best.Chance {
				best, cut = f, true
			}
		}
	}
	if best == nil || best.Kind != k {
		return nil
	}
	return best
}

// strips are r without a cell's width on one side.
func strips(r image.Rectangle) []image.Rectangle {
	a, b, c, d := r, r, r, r
	a.Min.X += cellSide
	b.Min.Y += cellSide
	c.Max.X -= cellSide
	d.Max.Y -= cellSide
	return []image.Rectangle{a, b, c, d}
}
