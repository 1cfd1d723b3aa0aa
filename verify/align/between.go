package align

import (
	"cmp"
	"image"
	"maps"
	"math"
	"slices"
)

const (
	longShare   = 0.4 // of the picture's rows, in which a long straight side steps in one column
	longReach   = 0.3 // of the picture's width, from its edges, within which the sides of a page's window are looked for
	mostLines   = 4   // lines on each side: cards and columns of the page have some too
	mostBetween = 3   // widths
	likeCommon  = 3   // CSS px by which a width measured between lines may miss a common one
)

// WidthsBetween lists widths of windows, in CSS pixels, that would lie between two long
// straight sides in a picture, or between one and the picture's edge, where a CSS pixel
// has scale pixels of the picture: common ones only, as messengers, viewers and panels
// leave them.
func WidthsBetween(luma *image.Gray, scale float64) []int {
	if scale <= 0 {
		return nil
	}
	w := luma.Rect.Dx()
	reach := int(longReach * float64(w))
	type gap struct {
		width int
		miss  float64
	}
	var found []gap
	for _, x1 := range append([]int{0}, longLines(luma, 1, reach)...) {
		for _, x2 := range append([]int{w}, longLines(luma, w-reach, w)...) {
			if x1 == 0 && x2 == w {
				continue
			}
			css := float64(x2-x1) / scale
			for _, c := range common {
				if miss := math.Abs(css - float64(c)); miss <= likeCommon {
					found = append(found, gap{c, miss})
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b gap) int { return cmp.Compare(a.miss, b.miss) })
	var out []int
	for _, g := range found {
		if !slices.Contains(out, g.width) && len(out) < mostBetween {
			out = append(out, g.width)
		}
	}
	return out
}

const (
	fullRatio = 0.015 // that the scale, and so the width, may be off a usual pixel ratio by
	fullShare = 0.9   // of a picture's rows, in which the side of a panel in a window steps
	fullMiss  = 0.005 // by which another line may have fewer than the one with most
	fullReach = 0.45  // of the picture's width, that a panel takes at most
	mostFull  = 2     // widths: a page may have a line as high
	panelTone = 6     // levels by which a panel's ground may lie off the bars'
)

// WidthsBesidePanel lists the widths, in CSS pixels, of windows between a line over the
// picture's whole height and the farther edge, the line nearest to an edge first, where
// a CSS pixel has scale pixels of the picture and what lies beyond the line is, for the
// most part, of one of the lumas that the window's bars have. In a browser's window a panel
// may leave any width; a column that pushes a page aside is seldom of its bars' colour.
func WidthsBesidePanel(luma *image.Gray, scale float64, bars []uint8) []int {
	size := luma.Rect.Size()
	if scale <= 0 || size.X < minSided || size.Y < minSided {
		return nil
	}
	exact := snapped
	if r := NearestRatio(scale, false); math.Abs(scale/r-1) <= fullRatio {
		scale, exact = r, func(width float64) int { return int(math.Round(width)) }
	}
	reach := int(fullReach * float64(size.X))
	parts, most := map[int]float64{}, fullShare
	for _, x := range append(longLines(luma, 1, reach), longLines(luma, size.X-reach, size.X)...) {
		width := exact(float64(max(x, size.X-x)) / scale)
		panel := image.Rect(0, 0, x, size.Y)
		if 2*x > size.X {
			panel = image.Rect(x, 0, size.X, size.Y)
		}
		if float64(size.X)/scale-float64(width) >= PanelFrom && width >= minWidth && toned(luma, panel, bars) {
			parts[width] = (sides{gray: luma}).share(x, 0, size.Y)
			most = max(most, parts[width])
		}
	}
	maps.DeleteFunc(parts, func(_ int, part float64) bool { return part < most-fullMiss })
	out := slices.SortedFunc(maps.Keys(parts), func(a, b int) int { return b - a })
	return out[:min(len(out), mostFull)]
}

// toned says whether most of r is near one of the lumas.
func toned(g *image.Gray, r image.Rectangle, lumas []uint8) bool {
	for _, l := range lumas {
		n := 0
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for _, v := range g.Pix[y*g.Stride+r.Min.X:][:r.Dx()] {
				if d := int(v) - int(l); d <= panelTone && d >= -panelTone {
					n++
				}
			}
		}
		if 2*n > r.Dx()*r.Dy() {
			return true
		}
	}
	return false
}

// longLines lists the columns between from and to at which most rows step, the longest
// lines first.
func longLines(g *image.Gray, from, to int) []int {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	count := make([]int, w+1)
	for y := range h {
		row := g.Pix[y*g.Stride:][:w]
		for x := max(1, from); x < min(to, w); x++ {
			if d := int(row[x]) - int(row[x-1]); d >= sideStep || d <= -sideStep {
				count[x]++
			}
		}
	}
	var at []int
	for x := max(1, from); x < min(to, w); x++ {
		if share(count[x], h) >= longShare && count[x] >= count[x-1] && count[x] > count[x+1] {
			at = append(at, x)
		}
	}
	slices.SortStableFunc(at, func(a, b int) int { return cmp.Compare(count[b], count[a]) })
	return at[:min(len(at), mostLines)]
}
