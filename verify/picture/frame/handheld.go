package frame

import "image"

// An iPhone's browser is told by its lower end: the line to swipe on, a row of four
// or five signs above it, and the address bar above these or below the status bar.
// Pages have rows of signs too, but not all three.
const (
	toolsDeep          = 0.17 // of the picture's width, that the row of signs reaches above the line
	toolLow, toolHigh  = 0.03, 0.085
	toolWide           = 0.09
	toolEven           = 0.04 // by which the distances of the signs may differ
	toolsLeast         = 4
	toolsMost          = 5
	addressBelowStatus = 0.3 // of the width, from the top, that an upper address bar may reach
	addressOverTools   = 0.2 // of the width, from the signs up, that a lower one may reach
)

// handheld looks for an iPhone's browser, with a status bar or without.
func handheld(p *plane) Frame {
	n, ok := p.navigation()
	if !ok || n.what != swipes {
		return Frame{}
	}
	tools := p.tools(n.top)
	if tools == 0 {
		return Frame{}
	}
	f := Frame{Kind: Phone, Confidence: 0.5, Why: "a row of signs above the line to swipe on has no address bar with it"}
	top, bottom := 0, tools-p.w/40
	if r := p.clockLine(); !r.Empty() {
		f.Clock = r.Inset(-2).Intersect(p.bounds())
		top = p.statusEnd(r.Max.Y, r.Min.Y, p.ground(image.Rect(0, 0, p.w, max(3, r.Min.Y/2))))
		f.Confidence += 0.15
	}
	t, lower, ok := p.handheldBar(tools)
	switch {
	case ok && lower:
		bottom = p.barAbove(&t)
	case ok && !f.Clock.Empty():
		top = t.bottom
	default:
		return f
	}
	f.Address, f.Why = t.rect, "an address bar goes with a row of signs above the line to swipe on"
	f.Confidence += 0.3
	f.Content = image.Rect(0, top, p.w, bottom)
	f.surround(p.bounds(), Border, NavBar)
	return f
}

// tools is the first row of four or five signs at even distances around the middle,
// which stand alone right above the line to swipe on; 0 when there are none.
func (p *plane) tools(line int) int {
	part := func(share float64) int { return int(share * float64(p.w)) }
	ground := p.ground(image.Rect(0, line-max(2, p.w/120), p.w, line))
	low := max(0, line-part(toolsDeep))
	begin, end := p.lowestRun(line, low, ground, rowEmpty)
	if begin == low || end-begin < part(toolLow) || end-begin > part(toolHigh) {
		return 0
	}
	signs := p.blobs(image.Rect(0, begin, p.w, end), ground, p.w/40)
	if len(signs) < toolsLeast || len(signs) > toolsMost {
		return 0
	}
	at := func(i int) int { return (signs[i].Min.X + signs[i].Max.X) / 2 }
	for i, b := range signs {
		if b.Dx() > part(toolWide) || i > 1 && !near(at(i)-at(i-1), at(1)-at(0), part(toolEven)) {
			return 0
		}
	}
	if !near(at(0), p.w-at(len(signs)-1), part(toolEven)) {
		return 0
	}
	return begin
}

// clockLine is the first line of ink at the upper left, when it can be a status bar's.
func (p *plane) clockLine() image.Rectangle {
	deep := int(statusDeep * float64(p.w))
	r := p.textLine(image.Rect(0, 0, 35*p.w/100, deep), p.ground(image.Rect(0, 0, p.w, max(3, deep/10))))
	if r.Dx() < 6*p.w/100 {
		return image.Rectangle{}
	}
	return r
}

// handheldBar is the address bar right above the signs, or else the one at the top.
func (p *plane) handheldBar(tools int) (t toolbar, lower, ok bool) {
	for _, f := range p.fields() {
		if f.to-f.from < 95*p.w/100 || 100*f.rect.Dx() < 45*p.w || 100*f.rect.Dy() < 7*p.w {
			continue
		}
		switch got, is := p.toolbarOf(f); {
		case !is:
		case f.rect.Max.Y <= tools && f.rect.Min.Y >= tools-int(addressOverTools*float64(p.w)):
			return got, true, true
		case f.rect.Max.Y <= int(addressBelowStatus*float64(p.w)):
			t, ok = got, true
		}
	}
	return t, false, ok
}
