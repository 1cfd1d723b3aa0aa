package frame

import (
	"fmt"
	"image"
	"slices"
	"strings"
)

// toolbar is a field with what a browser puts around it.
type toolbar struct {
	field
	top, bottom int  // rows: the first of the bar's plain ground, and the first that is no bar
	crisp       bool // the bar ends below in a line or a step over its whole width
	strip       int  // rows of tabs found above, 0 when none
	stripLuma   int  // of the strip between the tabs
	lights      bool // the three buttons of a macOS window stand left of the field
	left, right int  // icons left and things right of the field
}

const (
	// fieldShare is the least share of its bar that an address field takes:
	// Safari's centred one in a wide window.
	fieldShare = 0.28
	// iconGap is the least room between two icons, in hundredths of the
	// field's height: browsers leave 45 or more, words less. Safari's window
	// buttons have 28 and are told by their colours.
	iconGap = 38
	// wholeRow is how much of a row must be plain to lie between things.
	wholeRow = 0.9
)

// toolbarOf looks around a field. A field that has not the look of an address
// bar, whatever lies above it, gives false.
func (p *plane) toolbarOf(f field) (toolbar, bool) {
	t := toolbar{field: f}
	if float64(f.rect.Dx()) < fieldShare*float64(f.to-f.from) {
		return t, false
	}
	if !p.sides(&t) {
		return t, false
	}
	p.up(&t)
	p.down(&t)
	return t, true
}

// sides judges what stands beside the field: small icons only on its left, as
// back and reload are and no page's name is, and something on its right.
func (p *plane) sides(t *toolbar) bool {
	h, mid := t.rect.Dy(), (t.rect.Min.Y+t.rect.Max.Y)/2
	gap := max(2, h/6)
	before := p.blobs(image.Rect(t.from, t.rect.Min.Y, t.rect.Min.X-2, t.rect.Max.Y), t.bar, gap)
	t.lights = p.windowButtons(before)
	before = slices.DeleteFunc(before, func(b image.Rectangle) bool { return 8*max(b.Dx(), b.Dy()) < h })
	for i, b := range before {
		switch {
		case !t.lights && i > 0 && 100*(b.Min.X-before[i-1].Max.X) < iconGap*h:
			t.left = min(t.left, i-1) // words stand closer than buttons
		case icon(b, h, mid):
			t.left++
		case 10*b.Dx() > 14*h:
			return false
		}
	}
	t.right = len(p.blobs(image.Rect(t.rect.Max.X+2, t.rect.Min.Y, t.to, t.rect.Max.Y), t.bar, gap))
	return true
}

// up finds where the bar begins above the field, and the tabs above that.
func (p *plane) up(t *toolbar) {
	h := t.rect.Dy()
	t.top = t.rect.Min.Y
	for t.top > 0 && t.rect.Min.Y-t.top < h && p.share(t.top-1, t.from, t.to, t.bar) >= 0.7 {
		t.top--
	}
	t.strip = p.tabs(t)
}

// tabs is the height of the strip of tabs that ends at the bar's top: rows that
// are mostly one luma other than the bar's, with tabs of a second one and their
// titles. It is 0 when there is no such strip or the picture begins in it.
func (p *plane) tabs(t *toolbar) int {
	h := t.rect.Dy()
	y0, y1 := max(0, t.top-9*h/10), t.top-max(1, h/10)
	if y1-y0 < h/3 {
		return 0
	}
	var hist [256]int
	for y := y0; y < y1; y++ {
		for _, v := range p.row(y)[t.from:t.to] {
			hist[v]++
		}
	}
	all := (y1 - y0) * (t.to - t.from)
	ground, n := p.mode(&hist)
	second, m := p.mode(&hist)
	if near(ground, t.bar, 2) { // many tabs, each in the bar's own luma
		ground, n, m = second, m, n
	}
	const much, least, inked = 0.6, 0.12, 0.004
	plain := float64(n+m) / float64(all)
	if near(ground, t.bar, 2) || plain < much || plain > 1-inked || float64(n) < least*float64(all) {
		return 0
	}
	if !p.stepsNear(t) {
		return 0
	}
	t.stripLuma = ground
	return t.top - y0
}

// stepsNear says whether the bar's top shows as a step beside the active tab;
// reducing a picture moves and spreads it.
func (p *plane) stepsNear(t *toolbar) bool {
	for y := t.top - 2; y <= t.top+2; y++ {
		if p.stepped(y, t.from, t.to) >= 0.15 {
			return true
		}
	}
	return false
}

// mode takes the most frequent luma, with those of the same surface, out of
// hist, and gives how many pixels it has.
func (p *plane) mode(hist *[256]int) (luma, n int) {
	for v, c := range hist {
		if c > hist[luma] {
			luma = v
		}
	}
	for v := max(0, luma-p.tol); v <= min(255, luma+p.tol); v++ {
		n += hist[v]
		hist[v] = 0
	}
	return luma, n
}

// down finds where the bar ends below the field: over its plain ground, and on
// a desktop over a row of bookmarks, to a thin line or a step across its whole
// width. Without one, where page and bar look alike, only the field's own margin
// counts as bar.
func (p *plane) down(t *toolbar) {
	h, margin := t.rect.Dy(), t.rect.Min.Y-t.top
	reach := 8 * h / 5 // Safari's bookmarks end 1.4 heights below its field
	if tall(p) {
		reach = 7 * h / 10
	}
	end := min(p.h-1, t.rect.Max.Y+reach)
	for y := t.rect.Max.Y + max(1, h/12); y < end; y++ {
		if p.share(y, t.from, t.to, t.bar) >= gone ||
			max(p.free(y-1, t.from, t.to, t.bar), p.free(y-2, t.from, t.to, t.bar)) < wholeRow {
			continue
		}
		if p.inkRows(t.rect.Max.Y+rim, y-2, t) <= 7*h/10 {
			t.bottom, t.crisp = p.pastLine(t, y), true
			if !tall(p) {
				p.bookmarks(t)
				p.tabRow(t)
			}
			return
		}
		break
	}
	t.bottom = min(t.rect.Max.Y+min(h/4, margin), end)
}

// inkRows is the height of what stands on the bar from row y0 to y1: bookmarks
// are low, a page's name or its search field is not.
func (p *plane) inkRows(y0, y1 int, t *toolbar) int {
	first, last := y1, y1
	for y := y0; y < y1; y++ {
		if p.free(y, t.from, t.to, t.bar) < 0.995 {
			first, last = min(first, y), y+1
		}
	}
	return last - first
}

// grounds are the lumas of the bar and of the strip of tabs, where there is one.
func (t *toolbar) grounds() []uint8 {
	if t.strip == 0 {
		return []uint8{uint8(t.bar)}
	}
	return []uint8{uint8(t.bar), uint8(t.stripLuma)}
}

// gone is how little of a row may still have the bar's luma where the bar has
// ended; a white page below a white bar is told by the line between them.
const gone = 0.12

// pastLine steps over the line at row y: up to a tenth of the field's height in
// plain rows, each of a luma of its own where a reduced picture has softened
// it. Rows that stay the same for longer are the page's own ground.
func (p *plane) pastLine(t *toolbar, y int) int {
	at := func(k int) int { return p.ground(image.Rect(t.from, k, t.to, k+1)) }
	thick := max(2, t.rect.Dy()/10)
	for end := y; end <= y+thick && end < p.h; end++ {
		// JPEG spreads what a page has right below a line into it.
		if p.within(end, t.from, t.to, at(end), inkStep/2) < wholeRow {
			return end
		}
		if p.steady(at, end, thick) {
			return end
		}
	}
	return y
}

// steady says whether the rows from y on keep one luma for longer than a line
// is thick.
func (p *plane) steady(at func(int) int, y, thick int) bool {
	for k := y; k <= y+thick; k++ {
		if k+1 >= p.h || !near(at(k), at(k+1), p.tol) {
			return false
		}
	}
	return true
}

// confidence is how surely the bar is a browser's, by what was found around it.
// Neither tabs without two icons before the field nor icons without tabs reach
// DefaultConfidence: pages have the one or the other, and in the measurements
// none had both.
func (t *toolbar) confidence() float64 {
	c := 0.2
	for _, part := range []struct {
		found bool
		by    float64
	}{
		{t.strip > 0 || t.lights, 0.3}, {t.left >= 2, 0.3}, {t.left >= 3, 0.05}, {t.right >= 1, 0.08}, {t.crisp, 0.05},
	} {
		if part.found {
			c += part.by
		}
	}
	return min(c, 0.99)
}

func (t *toolbar) why() string {
	var has []string
	for _, part := range []struct {
		found bool
		words string
	}{
		{t.strip > 0, "tabs above it"}, {t.lights, "window buttons"},
		{t.left > 0, fmt.Sprintf("%d icons before it", t.left)}, {t.right > 0, "controls after it"},
		{t.crisp, "a line across the window below it"},
	} {
		if part.found {
			has = append(has, part.words)
		}
	}
	if len(has) == 0 {
		return "a field like an address bar stands alone"
	}
	return "a field like an address bar has " + strings.Join(has, ", ")
}
