package frame

import (
	"image"
	"slices"
)

// window looks for a browser's window: by its address bar, then its sides and
// its lower end.
func window(p *plane) Frame {
	var best Frame
	if tall(p) {
		if _, ok := p.statusBar(); ok {
			return best // a phone's, to be read as one or not at all
		}
	}
	for _, f := range p.fields() {
		t, ok := p.toolbarOf(f)
		if !ok || t.rect.Max.Y > p.h/2 || 2*(t.to-t.from) < p.w {
			continue // a small window is more likely a picture on a page
		}
		if c := t.confidence(); c > best.Confidence {
			best = p.framed(&t)
		}
		if best.Confidence >= DefaultConfidence {
			break // what lies below it is the page
		}
	}
	return best
}

// sideSlack is how many columns, as a share of the picture's width, a window
// may stay clear of the picture's sides and still fill it.
const sideSlack = 0.012

func (p *plane) framed(t *toolbar) Frame {
	f := Frame{Kind: Browser, Confidence: t.confidence(), Why: t.why(), Address: t.rect}
	floor, bar := p.h, p.taskBar(t.rect.Dy())
	if bar > 0 {
		floor, f.Kind = bar, Desktop
	}
	bottom := p.lowerEnd(t, floor)
	if !p.fills(t) {
		f.Kind = Desktop
	}
	f.Content = image.Rect(t.from, t.bottom, t.to, bottom)
	f.surround(p.bounds(), Border, Border)
	if bar > 0 {
		f.splitTaskBar(bar)
	}
	f.Clock = clockBeyond(p, f.Content)
	return f
}

// splitTaskBar divides the strip below the content where the task bar begins.
func (f *Frame) splitTaskBar(y int) {
	for i := range f.Strips {
		s := &f.Strips[i]
		if s.Side != Bottom {
			continue
		}
		low := Strip{image.Rect(s.Rect.Min.X, max(y, s.Rect.Min.Y), s.Rect.Max.X, s.Rect.Max.Y), Bottom, TaskBar}
		s.Rect.Max.Y = low.Rect.Min.Y
		if s.Rect.Empty() {
			*s = low
		} else {
			f.Strips = append(f.Strips, low)
		}
		return
	}
}

// lowerEnd is the row where the window ends: where the edges along its sides
// stop, put on the nearest step across the window. A window whose sides show no
// edge, as one that fills the picture, ends at the floor. A row is the window's
// while either side shows an edge, since page and wallpaper may look alike.
func (p *plane) lowerEnd(t *toolbar, floor int) int {
	if t.from <= 0 && t.to >= p.w {
		return floor
	}
	sum, top, end := 0.0, 0.0, floor
	columns := []int{t.from, t.to, p.outerEdge(t, t.from, -1), p.outerEdge(t, t.to, 1)}
	for y := t.bottom; y < floor; y++ {
		sum -= 0.5
		if slices.ContainsFunc(columns, func(x int) bool { return p.sideEdge(y, x) }) {
			sum++
		}
		if sum >= top {
			top, end = sum, y+1
		}
	}
	// The sum must have risen over a good part of the height: edges that come
	// and go are a page's.
	if top < 0.2*float64(end-t.bottom) || top < 0.1*float64(floor-t.bottom) {
		return floor
	}
	at, ok := p.snap(t, end, floor)
	if p.fills(t) && (!ok || floor-at > t.rect.Dy()) {
		return floor // thin borders that a page hides are no end
	}
	return at
}

// outerEdge is the column where the window's border ends towards the given
// side, next to the bar's end x: the one with most edges beside the bars. It is
// x when the window has no border.
func (p *plane) outerEdge(t *toolbar, x, side int) int {
	best, at := 2*(t.bottom-t.top)/3, x
	for d := 2; d <= max(3, t.rect.Dy()/4); d++ {
		n := 0
		for y := t.top; y < t.bottom; y++ {
			if c := x + side*d; c > 0 && c < p.w && !near(int(p.row(y)[c-1]), int(p.row(y)[c]), tolerance) {
				n++
			}
		}
		if n > best {
			best, at = n, x+side*d
		}
	}
	return at
}

// sideEdge says whether row y has an edge at column x: a few columns on either
// side are taken together, for wallpapers and JPEG are grainy.
func (p *plane) sideEdge(y, x int) bool {
	if x <= 0 || x >= p.w {
		return false
	}
	const reach, step = 4, 7
	row := p.row(y)
	return !near(mean(row[max(0, x-reach):x]), mean(row[x:min(p.w, x+reach)]), step)
}

func mean(vs []uint8) int {
	n := 0
	for _, v := range vs {
		n += int(v)
	}
	return n / len(vs)
}

// fills says whether the window reaches, but for its borders, from side to side.
func (p *plane) fills(t *toolbar) bool {
	slack := int(sideSlack * float64(p.w))
	return t.from <= slack && t.to >= p.w-slack
}

// snap moves row y to the first step across the window nearby: above the
// window's lower border, along which the edges at its sides go on. ok says
// whether there is one.
func (p *plane) snap(t *toolbar, y, floor int) (at int, ok bool) {
	const clear = 0.6
	reach := max(3, t.rect.Dy()/4)
	for k := max(t.bottom+1, y-reach); k <= min(floor, p.h-1, y+reach); k++ {
		if p.stepped(k, t.from, t.to) >= clear {
			return k, true
		}
	}
	return y, false
}
