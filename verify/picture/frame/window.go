package frame

import (
	"image"
	"slices"
)

// window looks for a browser's window: by its address bar, then its sides and
// its lower end. What the strict tolerance leaves in doubt is looked at again
// with the rough one.
func window(p *plane) Frame {
	best := p.firstWindow()
	if best.Confidence < certain {
		again := *p
		again.tol = rough
		if f := again.firstWindow(); f.Confidence > best.Confidence {
			best = f
		}
	}
	return best
}

// certain is the confidence of a window of which every part was seen.
const certain = 0.93

func (p *plane) firstWindow() Frame {
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
	f := Frame{Kind: Browser, Confidence: t.confidence(), Why: t.why(), Address: t.rect, Tab: p.activeTab(t), Grounds: t.grounds()}
	floor, bar := p.h, p.taskBar(t.rect.Dy())
	if bar > 0 {
		floor, f.Kind = bar, Desktop
	}
	bottom := p.lowerEnd(t, floor)
	if float64(bottom-t.bottom) < minShare*float64(p.h) {
		bottom = floor // a page may be as dark as what lies beside it
	}
	if !p.fills(t) {
		f.Kind = Desktop
	}
	f.Content = p.withoutStrips(t, image.Rect(t.from, t.bottom, t.to, bottom))
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
// edge, as one that fills the picture, ends at the floor.
func (p *plane) lowerEnd(t *toolbar, floor int) int {
	if t.from <= 0 && t.to >= p.w {
		return floor
	}
	both, either := p.sidesEnd(t, floor)
	if either == 0 {
		return floor // edges that come and go are a page's
	}
	at, ok := p.snap(t, both, floor)
	// One side may look like what lies beside it, and beside the other an edge
	// may go on below the window: the lowest step that is no wider than the
	// window decides.
	reach := p.snapReach(t)
	for y := p.lowest(t, either+reach, floor); y > both+reach; y-- {
		if p.stepped(y, t.from, t.to) >= across && (y <= either+reach || p.calmBeside(t, y)) {
			at, ok = p.snap(t, y, floor)
			break
		}
	}
	if p.fills(t) && (!ok || floor-at > t.rect.Dy()) {
		return floor // thin borders that a page hides are no end
	}
	return at
}

// lowest is the last row where the window may end.
func (p *plane) lowest(t *toolbar, either, floor int) int {
	if p.fills(t) {
		return min(either, floor-1)
	}
	return floor - 1
}

// calmBeside says whether a step at row y does not go on beside the window, as
// those of a wallpaper do. A window that fills the picture has nothing beside it.
func (p *plane) calmBeside(t *toolbar, y int) bool {
	const clear, far, calm = 12, 120, 0.3
	if p.fills(t) {
		return true
	}
	return p.stepped(y, max(0, t.from-far), t.from-clear) < calm && p.stepped(y, t.to+clear, min(p.w, t.to+far)) < calm
}

// sidesEnd gives the rows where the edges on both sides of the window stop, and
// where those on either side do; 0 where there were too few.
func (p *plane) sidesEnd(t *toolbar, floor int) (both, either int) {
	left := []int{t.from, p.outerEdge(t, t.from, -1)}
	right := []int{t.to, p.outerEdge(t, t.to, 1)}
	var strict, loose, strictTop, looseTop float64
	both = floor
	for y := t.bottom; y < floor; y++ {
		edge := func(x int) bool { return p.sideEdge(y, x) }
		l, r := slices.ContainsFunc(left, edge), slices.ContainsFunc(right, edge)
		strict -= 0.5
		loose -= 0.5
		if l || r {
			strict += 0.4
			loose++
		}
		if l && r || (l || r) && (t.from <= 0 || t.to >= p.w) {
			strict += 0.6
		}
		if strict >= strictTop {
			strictTop, both = strict, y+1
		}
		if loose >= looseTop {
			looseTop, either = loose, y+1
		}
	}
	if looseTop < 0.2*float64(either-t.bottom) || looseTop < 0.1*float64(floor-t.bottom) {
		return floor, 0
	}
	return min(both, either), either
}

// outerEdge is the column where the window's border ends towards the given
// side, next to the bar's end x: the one with most edges beside the bars. It is
// x when the window has no border.
func (p *plane) outerEdge(t *toolbar, x, side int) int {
	best, at := 2*(t.bottom-t.top)/3, x
	for d := 2; d <= max(3, t.rect.Dy()/4); d++ {
		n := 0
		for y := t.top; y < t.bottom; y++ {
			if c := x + side*d; c > 0 && c < p.w && !near(int(p.row(y)[c-1]), int(p.row(y)[c]), p.tol) {
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

// across is how much of a row must be a step to end a window.
const across = 0.6

func (p *plane) snapReach(t *toolbar) int { return max(3, t.rect.Dy()/4) }

// snap moves row y to where the content ends nearby: from the last step across
// the window, its outer end, up over the window's lower border. ok says whether
// there is a step.
func (p *plane) snap(t *toolbar, y, floor int) (at int, ok bool) {
	reach := p.snapReach(t)
	from, to := max(t.bottom+1, y-reach), min(floor, p.h-1, y+reach)
	most := 0
	for k := from; k <= to; k++ {
		most = max(most, p.contrast(k, t.from, t.to))
	}
	for k := to; k >= from; k-- {
		// What JPEG spreads below the window is a step as well, but a weak one.
		if p.stepped(k, t.from, t.to) >= across && 3*p.contrast(k, t.from, t.to) >= most {
			return p.overBorder(t, k), true
		}
	}
	return y, false
}

// contrast is the mean difference between rows y-1 and y, in sixteenths of a
// level.
func (p *plane) contrast(y, x0, x1 int) int {
	if y < 1 || y >= p.h || x1 <= x0 {
		return 0
	}
	sum, up, at := 0, p.row(y-1), p.row(y)
	for x := x0; x < x1; x++ {
		sum += max(int(up[x])-int(at[x]), int(at[x])-int(up[x]))
	}
	return 16 * sum / (x1 - x0)
}

// borderHigh is the greatest height of a window's lower border in hundredths of
// the field's height: 6 CSS px under a window manager's handle.
const borderHigh = 20

// overBorder is the row where the border begins that ends at row out: as far up
// as the border beside the window is wide, or else at the highest step above
// plain rows.
func (p *plane) overBorder(t *toolbar, out int) int {
	side := max(t.from-p.outerEdge(t, t.from, -1), p.outerEdge(t, t.to, 1)-t.to)
	at := out // an edge that JPEG or reducing has spread is a step in each of its rows
	for out-at < rim && p.stepped(at-1, t.from, t.to) >= across {
		at--
	}
	for k := at - 1; k >= max(t.bottom+1, out-borderHigh*t.rect.Dy()/100); k-- {
		luma := p.ground(image.Rect(t.from, k, t.to, k+1))
		if p.within(k, t.from, t.to, luma, inkStep/2) < wholeRow {
			break
		}
		if p.stepped(k, t.from, t.to) < across {
			continue
		}
		if at = k; side > 1 && near(out-k, side, 1) {
			break
		}
	}
	return at
}
