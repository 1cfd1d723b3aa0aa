package frame

import "image"

const (
	// rowLow and rowHigh are the least and the greatest height of a row of tabs in
	// tenths of the address field's: Safari has 28 CSS px beside a field of 28 to 30.
	rowLow, rowHigh = 7, 12
	// rowTitle bounds the height of what stands in a tab, in tenths.
	rowTitle = 7
	// rowMost is the most tabs of a row whose titles can be told apart.
	rowMost = 12
)

// tabRow moves the bar's lower end over a row of tabs below it, as Safari has: cells
// of one width that fill the window from side to side, each with a low title in its
// middle and plain above and below it, one in the bar's own luma and all others in
// one other. A row of links has cells as wide as their words.
func (p *plane) tabRow(t *toolbar) {
	if !t.lights {
		return
	}
	margin := max(2, t.rect.Dy()/10)
	for n := 2; n <= rowMost; n++ {
		for on := range n {
			c := cells{p, t, n, on, 0}
			c.others = p.ground(c.rest(image.Rect(t.from, t.bottom+1, t.to, t.bottom+margin)))
			if near(c.others, t.bar, p.faint()-1) {
				continue
			}
			if end := c.end(); end > 0 {
				t.bottom = p.pastLine(t, end)
				return
			}
		}
	}
}

// cells are n tabs of one width side by side, of which one is active.
type cells struct {
	*plane
	t      *toolbar
	n, on  int
	others int // luma of those that are not active
}

// cell is the columns of tab i without the lines at its sides.
func (c cells) cell(i int) (from, to int) {
	w, in := c.t.to-c.t.from, max(2, c.t.rect.Dy()/12)
	return c.t.from + i*w/c.n + in, c.t.from + (i+1)*w/c.n - in
}

// rest is the part of r, a strip over the window's width, in the widest stretch of
// tabs that are not active.
func (c cells) rest(r image.Rectangle) image.Rectangle {
	from, to := c.cell(c.on)
	if from-r.Min.X > r.Max.X-to {
		r.Max.X = from
	} else {
		r.Min.X = to
	}
	return r
}

func (c cells) luma(i int) int {
	if i == c.on {
		return c.t.bar
	}
	return c.others
}

// plainRow says whether row y shows nothing but the tabs' grounds.
func (c cells) plainRow(y int) bool {
	for i := range c.n {
		from, to := c.cell(i)
		if c.share(y, from, to, c.luma(i)) < wholeRow {
			return false
		}
	}
	return true
}

// end is the row after the last of the tabs, 0 where there are none.
func (c cells) end() int {
	h, last := c.t.rect.Dy(), 0
	for y := c.t.bottom + 1; y < min(c.h-1, c.t.bottom+rowHigh*h/10); y++ {
		if c.plainRow(y) {
			last = y
		}
	}
	if last+1-c.t.bottom < rowLow*h/10 || c.plainRow(last+1) {
		return 0
	}
	for i := range c.n {
		if !c.titled(i, last) {
			return 0
		}
	}
	return last + 1
}

// titled says whether something low stands in the middle of tab i, and on most rows
// nothing does.
func (c cells) titled(i, last int) bool {
	h := c.t.rect.Dy()
	from, to := c.cell(i)
	bs := c.blobs(image.Rect(from, c.t.bottom+1, to, last), c.luma(i), max(2, h))
	if len(bs) == 0 {
		return false
	}
	title := bs[0]
	for _, b := range bs[1:] {
		title = title.Union(b)
	}
	middle := (title.Min.X + title.Max.X) - (from + to)
	return title.Dy() <= rowTitle*h/10 && near(middle, 0, 2*max(3, h/3))
}
