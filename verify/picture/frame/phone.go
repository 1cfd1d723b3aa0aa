package frame

import (
	"fmt"
	"image"
)

// tall says whether the picture has a phone's shape, held upright.
func tall(p *plane) bool { return 10*p.h >= 14*p.w }

// status is a phone's status bar: the clock on the left, small signs on the
// right, at one height, and nothing else but a camera between them.
type status struct {
	bottom int // the first row that is no longer its own
	ground int
	clock  image.Rectangle
}

// Sizes of a status bar as shares of the picture's width, which is 320 to 430
// CSS px: text of 9 to 20 px whose middle lies 8 to 42 px below the top.
const (
	statusText, statusTextHigh = 0.02, 0.052
	statusDeep                 = 0.13
)

// phoneScreen is the surer of two looks at a phone's screen.
func phoneScreen(p *plane) Frame {
	if !tall(p) {
		return Frame{}
	}
	a, b := phone(p), handheld(p)
	if b.Confidence > a.Confidence || b.Confidence >= DefaultConfidence && b.Content.Dy() < a.Content.Dy() {
		return b
	}
	return a
}

// phone looks for a phone's screen: a status bar above, and below it or at the
// bottom a browser's address bar or the system's navigation. A status bar alone
// is not enough: a page may begin with a line that has words at both ends.
func phone(p *plane) Frame {
	s, ok := anyTolerance(p, (*plane).statusBar)
	if !ok {
		return Frame{}
	}
	f := Frame{Kind: Phone, Clock: s.clock, Confidence: 0.45, Why: "a line like a status bar has neither an address bar nor navigation with it"}
	top, bottom, found := s.bottom, p.h, []string{}
	if n, ok := anyTolerance(p, (*plane).navigation); ok {
		bottom = n.top
		f.Confidence += 0.3
		found = append(found, n.what)
	}
	if t, ok := anyTolerance(p, func(p *plane) (toolbar, bool) { return p.phoneBar(s, bottom) }); ok {
		f.Address = t.rect
		f.Confidence += 0.35
		found = append(found, "an address bar")
		if t.rect.Min.Y < p.h/2 {
			top = t.bottom
		} else {
			bottom = min(bottom, t.top)
		}
	}
	if len(found) > 0 {
		f.Why = fmt.Sprintf("a status bar goes with %s", found[0])
		if len(found) > 1 {
			f.Why += " and " + found[1]
		}
	}
	f.Confidence = min(f.Confidence, 0.99)
	f.Content = image.Rect(0, top, p.w, bottom)
	f.surround(p.bounds(), Border, NavBar)
	return f
}

// anyTolerance looks for a part of a screen with each tolerance, the strictest first.
func anyTolerance[T any](p *plane, look func(*plane) (T, bool)) (found T, ok bool) {
	again := *p
	for _, again.tol = range [...]int{exact, rough, coarse} {
		if found, ok = look(&again); ok {
			break
		}
	}
	return found, ok
}

// phoneBar is the address bar at the lower end, or else the one right below the
// status bar. A mobile page's own header with a search field looks like the
// latter but for the three dots of a browser's menu at its end.
func (p *plane) phoneBar(s status, bottom int) (toolbar, bool) {
	var upper toolbar
	found := false
	for _, f := range p.fields() {
		full := f.to-f.from >= 95*p.w/100 && 100*f.rect.Dx() >= 45*p.w
		if !full || 100*f.rect.Dy() < 7*p.w {
			continue
		}
		t, ok := p.toolbarOf(f)
		if !ok {
			continue
		}
		if 100*f.rect.Min.Y >= 100*bottom-42*p.w {
			t.top = p.barAbove(&t)
			return t, true
		}
		if !found && f.rect.Min.Y >= s.clock.Max.Y && f.rect.Max.Y <= s.bottom+22*p.w/100 && p.dots(&t) {
			upper, found = t, true
		}
	}
	return upper, found
}

// dots says whether the last thing after the field is narrow and high: the three
// dots, one above the other.
func (p *plane) dots(t *toolbar) bool {
	h := t.rect.Dy()
	bs := p.blobs(image.Rect(t.rect.Max.X+2, t.rect.Min.Y, t.to, t.rect.Max.Y), t.bar, max(2, h/6))
	if len(bs) == 0 {
		return false
	}
	b := bs[len(bs)-1]
	return 100*b.Dx() <= 18*h && 100*b.Dy() >= 25*h && 100*b.Dy() <= 60*h && near(middle(b), middle(t.rect), 1+h/10)
}

// barAbove is where a bar at the lower end begins: at a step over the whole
// width, or, where page and bar look alike, just above the field.
func (p *plane) barAbove(t *toolbar) int {
	if t.top > 0 && p.share(t.top-1, t.from, t.to, t.bar) < gone {
		return t.top
	}
	return t.rect.Min.Y - t.rect.Dy()/8
}

func (p *plane) statusBar() (status, bool) {
	deep := int(statusDeep * float64(p.w))
	s := status{ground: p.ground(image.Rect(0, 0, p.w, max(3, deep/10)))}
	left := p.textLine(image.Rect(0, 0, 35*p.w/100, deep), s.ground)
	if left.Empty() || left.Dx() < 6*p.w/100 || left.Max.X >= 35*p.w/100 {
		return s, false
	}
	right := p.textLine(image.Rect(62*p.w/100, 0, p.w, left.Max.Y+left.Dy()), s.ground)
	if right.Empty() || !near(middle(left), middle(right), 1+left.Dy()/4) {
		return s, false
	}
	signs := p.blobs(image.Rect(62*p.w/100, right.Min.Y, p.w, right.Max.Y), s.ground, max(1, p.w/200))
	if n := len(signs); n < 2 || n > 8 || signs[0].Min.X <= 62*p.w/100 || !p.bare(left, right, s.ground) {
		return s, false
	}
	s.clock = left.Inset(-2).Intersect(p.bounds())
	s.bottom = p.statusEnd(max(left.Max.Y, right.Max.Y), min(left.Min.Y, right.Min.Y), s.ground)
	return s, true
}

func middle(r image.Rectangle) int { return (r.Min.Y + r.Max.Y) / 2 }

// textLine is the first line of ink in r, when it has a status bar's size and
// empty rows above and below it.
func (p *plane) textLine(r image.Rectangle, ground int) image.Rectangle {
	r = r.Intersect(p.bounds())
	var box image.Rectangle
	for y := r.Min.Y; y < r.Max.Y; y++ {
		empty := p.free(y, r.Min.X, r.Max.X, ground) == 1
		switch {
		case empty && box.Empty():
		case empty:
			h := float64(box.Dy())
			if h < statusText*float64(p.w) || h > statusTextHigh*float64(p.w) || box.Min.Y < 2 {
				return image.Rectangle{}
			}
			for _, b := range p.blobs(box, ground, 1) {
				r.Max.X = max(b.Max.X, box.Min.X+1)
				if box.Min.X == 0 {
					box.Min.X = b.Min.X
				}
			}
			box.Max.X = r.Max.X
			return box
		case box.Empty():
			box = image.Rect(r.Min.X, y, r.Max.X, y+1)
		default:
			box.Max.Y = y + 1
		}
	}
	return image.Rectangle{}
}

// bare says whether the middle between both ends is empty, but for one thing within it:
// the camera. A line of words goes on beyond it.
func (p *plane) bare(left, right image.Rectangle, ground int) bool {
	r := image.Rect(37*p.w/100, min(left.Min.Y, right.Min.Y), 60*p.w/100, max(left.Max.Y, right.Max.Y))
	bs := p.blobs(r, ground, p.w/40)
	return len(bs) == 0 || len(bs) == 1 && bs[0].Min.X > r.Min.X && bs[0].Max.X < r.Max.X
}

// statusEnd is the row below the text where the bar ends: at the first step
// over the whole width within the margin that the text has above it, else just
// below the text.
func (p *plane) statusEnd(textEnd, textTop, ground int) int {
	for y := textEnd; y <= min(p.h-1, textEnd+max(textTop, 4)+4); y++ {
		if p.share(y, 0, p.w, ground) < gone {
			return y
		}
	}
	return textEnd + textTop/3
}

// rowEmpty is the share of a row that must have the ground's colour for the row to
// be empty: JPEG leaves a trace here and there.
const rowEmpty = 0.998

const swipes = "the line to swipe on"

// navigation is what the system puts at the bottom, and the row where it begins.
type navigation struct {
	top  int
	what string
}

// navigation finds the line to swipe on, or the three buttons.
func (p *plane) navigation() (navigation, bool) {
	low := image.Rect(0, p.h-9*p.w/100, p.w, p.h)
	ground := p.ground(image.Rect(0, p.h-max(2, p.w/120), p.w, p.h))
	if y := p.swipeLine(low, ground); y > 0 {
		return navigation{y, swipes}, true
	}
	if y := p.buttons(ground); y > 0 {
		return navigation{y, "three navigation buttons"}, true
	}
	return navigation{}, false
}

// swipeLine finds a centred, solid, flat bar of a quarter to two fifths of the
// width near the bottom with nothing beside it.
func (p *plane) swipeLine(r image.Rectangle, ground int) int {
	top, bottom := p.lowestRun(r.Max.Y, r.Min.Y, ground, rowEmpty)
	h := bottom - top
	if top == r.Min.Y || bottom == p.h || 1000*h < 6*p.w || 1000*h > 22*p.w {
		return 0
	}
	bs := p.blobs(image.Rect(0, top, p.w, bottom), ground, 1)
	if len(bs) != 1 {
		return 0
	}
	b := bs[0]
	if 100*b.Dx() < 22*p.w || 100*b.Dx() > 42*p.w || !near(b.Min.X, p.w-b.Max.X, 1+p.w/100) {
		return 0
	}
	if p.share((top+bottom)/2, b.Min.X+h, b.Max.X-h, int(p.row((top + bottom) / 2)[p.w/2])) < 1 {
		return 0
	}
	return top - min(p.h-bottom, h) // the rest above it may be page
}

// rowBare is the share of a row that must have the ground's colour where a sign's row
// has less: beside a page, JPEG leaves more than a trace.
const rowBare = 0.99

// buttons finds three signs alone in the lowest rows, at even distances around
// the middle. They stand in the middle of their bar, which may have the page's own
// colour: so the bar reaches as far above them as it does below.
func (p *plane) buttons(ground int) int {
	low := p.h - 15*p.w/100
	begin, bottom := p.lowestInk(low, ground)
	top, slack := begin+bottom-p.h, p.w/60
	if begin <= low || top < low || 100*(p.h-top) < 8*p.w {
		return 0
	}
	edge := begin
	for edge > top-slack && p.share(edge-1, 0, p.w, ground) > rowBare {
		edge--
	}
	switch {
	case edge > top+slack:
		return 0 // something stands close above them
	case edge > top || edge > top-slack && p.share(edge-1, 0, p.w, ground) < gone:
		top = edge // the bar has a colour of its own, or the page reaches down to it
	}
	bs := p.blobs(image.Rect(0, begin, p.w, bottom), ground, p.w/50)
	if len(bs) != 3 {
		return 0
	}
	for _, b := range bs {
		if 100*b.Dx() > 8*p.w || 100*b.Dy() > 8*p.w || 200*b.Dx() < 3*p.w || !near(b.Dx(), b.Dy(), p.w/40) || !near(middle(b), (top+p.h)/2, p.w/30) {
			return 0
		}
	}
	at := func(i int) int { return (bs[i].Min.X + bs[i].Max.X) / 2 }
	if !near(at(1), p.w/2, p.w/25) || !near(at(1)-at(0), at(2)-at(1), p.w/25) || at(1)-at(0) < p.w/6 {
		return 0
	}
	return top
}

// lowestInk are the lowest rows, from low on, that are not bare; what JPEG leaves in a
// row or two is none.
func (p *plane) lowestInk(low, ground int) (begin, end int) {
	for from := p.h; ; from = begin {
		begin, end = p.lowestRun(from, low, ground, rowBare)
		if end <= low || 100*(end-begin) > p.w {
			return begin, end
		}
	}
}

// lowestRun are the lowest rows between low and from, next to each other, of which no more than
// the share bare has the ground's colour; begin and end are low where there are none.
func (p *plane) lowestRun(from, low, ground int, bare float64) (begin, end int) {
	for end = from; end > low && p.share(end-1, 0, p.w, ground) > bare; end-- {
	}
	for begin = end; begin > low && p.share(begin-1, 0, p.w, ground) <= bare; begin-- {
	}
	return begin, end
}
