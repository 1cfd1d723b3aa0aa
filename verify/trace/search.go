package trace

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// windows are the sides, in cells, of the squares that are searched.
var windows = [...]int{6, 12, 24}

// search looks for parts that differ. Squares of three sizes are held against the
// rest; the most surprising one is grown as long as that makes it more so, then
// the most surprising of those that lie elsewhere.
func (h *held) search() []Finding {
	trials := math.Log10(math.Max(2, float64(len(h.e.cells))))
	var seeds, found []Finding
	for _, w := range windows {
		h.slide(w, func(r image.Rectangle) {
			if f := h.differs(r, trials); f != nil {
				seeds = append(seeds, *f)
			}
		})
	}
	slices.SortStableFunc(seeds, func(a, b Finding) int { return cmp.Compare(a.Chance, b.Chance) })
	for _, s := range seeds {
		if slices.ContainsFunc(found, func(f Finding) bool { return f.At.Overlaps(s.At) }) {
			continue
		}
		if found = append(found, h.grow(s, trials)); len(found) == mostFound {
			break
		}
	}
	return found
}

// mostFound bounds the findings of one search.
const mostFound = 8

// slide goes over the page with squares of w cells.
func (h *held) slide(w int, f func(image.Rectangle)) {
	up := func(v int) int { return (v + cellSide - 1) / cellSide * cellSide }
	s, step := w*cellSide, max(1, w/3)*cellSide
	for y := up(h.page.Min.Y); y+s <= h.page.Max.Y; y += step {
		for x := up(h.page.Min.X); x+s <= h.page.Max.X; x += step {
			f(image.Rect(x, y, x+s, y+s))
		}
	}
}

// grow moves the sides of a part outwards, and then inwards, as long as that makes
// it more surprising.
func (h *held) grow(f Finding, trials float64) Finding {
	for _, by := range []int{4 * cellSide, cellSide, -cellSide} {
		for better := true; better; {
			better = false
			for _, r := range moved(f.At, by) {
				next := h.differs(r.Intersect(h.page), trials)
				if next != nil && next.Kind == f.Kind && next.At != f.At && next.Chance < f.Chance {
					f, better = *next, true
				}
			}
		}
	}
	return f
}

// moved are r with one side moved outwards.
func moved(r image.Rectangle, by int) [4]image.Rectangle {
	a, b, c, d := r, r, r, r
	a.Min.X -= by
	b.Min.Y -= by
	c.Max.X += by
	d.Max.Y += by
	return [4]image.Rectangle{a, b, c, d}
}
