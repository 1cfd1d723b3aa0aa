package frame

import "image"

const (
	// marksHigh is the greatest height of a bar of bookmarks in tenths of the
	// address field's: browsers have 28 to 34 CSS px beside fields of 28 to 36.
	marksHigh = 13
	// marksInk bounds the height of a bookmark's sign and name, in tenths.
	marksInk = 7
)

// bookmarks moves the bar's lower end over a bar of bookmarks that a line sets
// off from it: plain, in the bar's own luma, with low signs and names from its
// left end on, a sign first, and a line or a step over the whole width below. A
// page's own row of links begins with a word, or not at the left end.
func (p *plane) bookmarks(t *toolbar) {
	h := t.rect.Dy()
	for y := t.bottom + h/2; y < min(p.h-1, t.bottom+marksHigh*h/10); y++ {
		if p.share(y, t.from, t.to, t.bar) >= gone ||
			max(p.free(y-1, t.from, t.to, t.bar), p.free(y-2, t.from, t.to, t.bar)) < wholeRow {
			continue
		}
		row := image.Rect(t.from, t.bottom+1, t.to, y-2)
		if ink := p.inkRows(row.Min.Y, row.Max.Y, t); ink <= marksInk*h/10 && p.signs(row, t) {
			t.bottom = p.pastLine(t, y)
		}
		return
	}
}

// signs says whether r begins, near its left end, with a sign and a name.
func (p *plane) signs(r image.Rectangle, t *toolbar) bool {
	h := t.rect.Dy()
	bs := p.blobs(r, t.bar, max(2, h/8))
	if len(bs) < 2 || bs[0].Min.X-r.Min.X > h {
		return false
	}
	sign, name := bs[0], bs[1]
	square := 2*sign.Dx() <= 3*sign.Dy() && 2*sign.Dy() <= 3*sign.Dx()
	return square && icon(sign, h, middle(r)) && name.Min.X-sign.Max.X < h/2 && 2*name.Dx() >= h
}
