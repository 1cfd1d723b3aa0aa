package frame

import "image"

const (
	// tabNarrow and tabWide are the least and the greatest width of a tab that a
	// title can be read in, in tenths of the address field's height: browsers have
	// 76 to 265 CSS px beside fields of 28 to 36.
	tabNarrow, tabWide = 25, 110
	// tabRows is how many plain rows a tab has at least, in tenths of that height:
	// those above its title and those below it.
	tabRows = 2
)

// activeTab is the tab whose page the window shows: what stands in the strip of
// tabs in a luma other than the strip's, in plain rows above and below its title.
// Of several the one in the bar's own luma is taken, as most browsers have it; it
// is empty where that leaves none or several.
func (p *plane) activeTab(t *toolbar) image.Rectangle {
	if t.strip == 0 {
		return image.Rectangle{}
	}
	var own, others []image.Rectangle
	for y := t.top - t.strip; y < t.top-1; y++ {
		for _, r := range p.runs(y, tabNarrow*t.rect.Dy()/10, nil) {
			row := image.Rect(max(r.x0, t.from), y, min(r.x1, t.to), y+1)
			switch {
			case near(r.luma, t.stripLuma, p.faint()-1) || 10*row.Dx() > tabWide*t.rect.Dy() || 10*row.Dx() < tabNarrow*t.rect.Dy():
			case near(r.luma, t.bar, p.tol):
				own = gathered(own, row)
			default:
				others = gathered(others, row)
			}
		}
	}
	for _, all := range [][]image.Rectangle{own, others} {
		if tab, n := highest(all, tabRows*t.rect.Dy()/10); n > 0 {
			if n > 1 {
				return image.Rectangle{}
			}
			return p.wholeTab(t, tab)
		}
	}
	return image.Rectangle{}
}

// wholeTab stretches what was seen of a tab down to the bar and up to where its
// luma ends.
func (p *plane) wholeTab(t *toolbar, tab image.Rectangle) image.Rectangle {
	const most, inked = 14, 0.3 // tenths of the field's height; what a title leaves of a row
	luma := p.ground(tab)
	for tab.Min.Y > max(0, t.top-most*t.rect.Dy()/10) && p.share(tab.Min.Y-1, tab.Min.X, tab.Max.X, luma) >= inked {
		tab.Min.Y--
	}
	tab.Max.Y = t.top
	return tab
}

// gathered adds a row to the rectangle that it lies below or above, or begins a
// new one.
func gathered(all []image.Rectangle, row image.Rectangle) []image.Rectangle {
	for i, r := range all {
		if r.Min.X < row.Max.X && row.Min.X < r.Max.X {
			all[i] = r.Union(row)
			return all
		}
	}
	return append(all, row)
}

// highest returns the highest of some rectangles, and how many are at least so
// high.
func highest(all []image.Rectangle, least int) (best image.Rectangle, n int) {
	for _, r := range all {
		if r.Dy() < least {
			continue
		}
		n++
		if r.Dy() > best.Dy() {
			best = r
		}
	}
	return best, n
}
