package align

import (
	"cmp"
	"image"
	"math"
	"slices"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// Beyond the page a photograph shows more of the window, where the page was laid
// out for a wider one, or the monitor's border and the room.
const (
	letteredDetail = 7.0  // levels that a tile's detail deviates by where there are letters; moire gives 2 to 4
	lineContrast   = 10   // levels across a vertical line
	lineShare      = 0.6  // of the rows, that a screen's edge shows in
	lineReach      = 2    // px of the frame that a line may stray
	anchoredWithin = 0.01 // of the page's width, that the left edge or the middle may be off
	leastScreen    = 0.5  // of the photograph's width, that a screen with edges to see fills
	likelyScreen   = 0.72 // the same of one whose edges are not to be seen
)

// screen is a photograph seen as the page lies, at half the page's size, and not
// cut off where the page ends.
type screen struct {
	*rectified
	gray *image.Gray // softened
	page image.Rectangle
}

func newScreen(pic *image.Gray, page image.Point, h Homography) (*screen, bool) {
	v := &rectified{h: h, back: h.Inverse(), picture: pic.Rect.Size()}
	q, ok := v.back.corners(pic.Rect)
	if !ok {
		return nil, false
	}
	var points []image.Point
	for _, p := range q {
		if math.Abs(p[0]) > 4*float64(page.X) || math.Abs(p[1]) > float64(page.Y+4*page.X) {
			return nil, false // nearly edge on
		}
		points = append(points, image.Pt(int(p[0]*halved), int(p[1]*halved)))
	}
	v.frame = bounds(points)
	if size := v.frame.Size(); size.X < TileSize || size.Y < TileSize || size.X*size.Y > 4*pic.Rect.Dx()*pic.Rect.Dy() {
		return nil, false
	}
	gray := raster.Soften(raster.ProjectGray(pic, v.toPicture, v.frame.Size(), v.samples(v.picture)))
	half := image.Rect(0, 0, int(float64(page.X)*halved), int(float64(page.Y)*halved))
	return &screen{v, gray, half.Sub(v.frame.Min)}, true
}

// beyond is the share of the letters and drawing in the photograph, in tiles, that
// lies beside, above or below the page. Straight edges along the page's own, as
// the monitor has, do not count.
func (s *screen) beyond() float64 {
	off, all := 0, 0
	g := newGrid(s.gray.Rect.Size())
	for i := range g.cells {
		r := g.rect(i)
		if !s.shows(r) {
			continue
		}
		if deviation, _, _ := detail(s.gray, s.gray, r, image.Point{}); deviation < letteredDetail {
			continue
		}
		all++
		if !quarter(s.page, r) {
			off++
		}
	}
	return share(off, all)
}

// WidthsOfPhotograph is Widths for a photograph that was located in a page that
// was rendered at a width: the screen's edges tell the window's. Where they are
// not to be seen, the common widths are proposed that would fill the photograph.
func WidthsOfPhotograph(pic *image.Gray, reg Registration, page image.Point, rendered int) []int {
	if !reg.Located || !reg.Turned() || page.X <= 0 {
		return nil
	}
	s, ok := newScreen(pic, page, *reg.Homography)
	if !ok {
		return nil
	}
	css := float64(rendered) / float64(page.X)
	var out []int
	for _, w := range append(s.betweenEdges(reg, css), s.filling(css)...) {
		if len(out) < MaxWidths && !SameWidth(w, rendered) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// betweenEdges lists the common widths that two lines along the height of what was
// found are apart, if the page lies at the left of them or in the middle, as pages
// do that were laid out for another width. The clearest pair comes first.
func (s *screen) betweenEdges(reg Registration, css float64) []int {
	lines := s.verticals(reg.Groups[0].Bounds)
	type pair struct {
		width int
		clear float64
	}
	var pairs []pair
	wide, least := float64(s.page.Dx()), leastScreen*s.span(css)
	for i, l := range lines {
		for _, r := range lines[i+1:] {
			w := snapped(float64(r.x-l.x) / halved * css)
			left, middle := float64(l.x-s.page.Min.X), float64(l.x+r.x-s.page.Min.X-s.page.Max.X)/2
			if float64(w) >= least && slices.Contains(common[:], w) && min(math.Abs(left), math.Abs(middle)) <= anchoredWithin*wide {
				pairs = append(pairs, pair{w, l.clear + r.clear})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.clear, a.clear) })
	var out []int
	for _, p := range pairs {
		out = append(out, p.width)
	}
	return out
}

// vertical is a line at column x of the frame that shows in a share of the rows.
type vertical struct {
	x     int
	clear float64
}

// verticals finds the vertical lines along the height of a part of the picture.
func (s *screen) verticals(part image.Rectangle) []vertical {
	rows := bounds(s.back.outline(part))
	from := max(int(float64(rows.Min.Y)*halved)-s.frame.Min.Y, 0)
	to := min(int(float64(rows.Max.Y)*halved)-s.frame.Min.Y, s.gray.Rect.Dy())
	wide := s.gray.Rect.Dx()
	if to-from < TileSize || wide < TileSize {
		return nil
	}
	seen := make([]int, wide)
	for y := from; y < to; y++ {
		s.cross(s.gray.Pix[y*s.gray.Stride:][:wide], seen)
	}
	var out []vertical
	for x := lineReach; x < wide-lineReach; x++ {
		near := seen[x-lineReach : x+lineReach+1]
		clear := share(seen[x], to-from)
		if clear >= lineShare && seen[x] == slices.Max(near) && (len(out) == 0 || x-out[len(out)-1].x > lineReach) {
			out = append(out, vertical{x, clear})
		}
	}
	return out
}

// cross counts in seen the columns within reach of which the row's brightness
// changes.
func (s *screen) cross(row []uint8, seen []int) {
	last := -1 // the last column counted in this row
	for x := 2; x < len(row)-2; x++ {
		if d := int(row[x+1]) - int(row[x-2]); max(d, -d) < lineContrast {
			continue
		}
		for k := max(x-lineReach, last+1); k <= min(x+lineReach, len(row)-1); k++ {
			seen[k]++
			last = k
		}
	}
}

// filling lists the common widths with which the screen would fill most of the
// photograph, the widest first.
func (s *screen) filling(css float64) []int {
	span := s.span(css)
	var out []int
	for _, w := range common {
		if float64(w) <= span && float64(w) >= likelyScreen*span {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

// span is the photograph's width at half its height, in CSS px of the page.
func (s *screen) span(css float64) float64 {
	x0, _, left := s.back.Apply(0, float64(s.picture.Y)/2)
	x1, _, right := s.back.Apply(float64(s.picture.X), float64(s.picture.Y)/2)
	if !left || !right {
		return 0
	}
	return (x1 - x0) * css
}
