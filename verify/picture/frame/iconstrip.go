package frame

import (
	"image"
	"slices"
)

const (
	// stripNarrow and stripWide are the least and the greatest width of a strip of
	// icons in tenths of the address field's height: Vivaldi has 34 CSS px, Edge and
	// Opera 48, beside fields of 28 to 32.
	stripNarrow, stripWide = 11, 19
	// stripEdge is how much of its inner side must be a step.
	stripEdge = 0.6
	// stripIcon bounds what stands in a strip, in tenths of its width, and stripFlat
	// how much longer one of its sides may be than the other.
	stripIcon, stripFlat = 6, 2
)

// withoutStrips is the content of a window without the strips of icons that Opera and
// Vivaldi have on the left and Edge on the right: in the luma of the strip of tabs, or
// on the right of the bar, parted from the page by an edge, with small signs in its
// middle, three of them at one pitch, and nothing else. Pages have menus like it, on
// the left, and in the bar's white.
func (p *plane) withoutStrips(t *toolbar, c image.Rectangle) image.Rectangle {
	reach := stripWide * t.rect.Dy() / 10
	if t.strip == 0 || 4*reach > c.Dx() {
		return c
	}
	right := p.turned(image.Rect(c.Max.X-reach, c.Min.Y, c.Max.X, c.Max.Y), false)
	if w := right.iconStrip(t.rect.Dy(), t.stripLuma, t.bar); w > 0 {
		c.Max.X -= w
	}
	left := p.turned(image.Rect(c.Min.X, c.Min.Y, c.Min.X+reach, c.Max.Y), true)
	if w := left.iconStrip(t.rect.Dy(), t.stripLuma); w > 0 {
		c.Min.X += w
	}
	return c
}

// iconStrip is the height of the strip of icons along the lower end of a part that was
// turned, 0 where there is none: in a window whose address field is so high, and in
// one of the lumas.
func (p *plane) iconStrip(field int, lumas ...int) int {
	for high := stripNarrow * field / 10; high < p.h; high++ {
		y := p.h - high
		if p.stepped(y, 0, p.w) < stripEdge {
			continue
		}
		if bar := image.Rect(0, y, p.w, p.h); p.iconsAlone(bar, lumas) {
			if p.stepped(y-1, 0, p.w) >= stripEdge { // the line at its side
				high++
			}
			return high
		}
	}
	return 0
}

// iconsAlone says whether r holds a row of icons and nothing else, in one of the lumas.
func (p *plane) iconsAlone(r image.Rectangle, lumas []int) bool {
	ground, high := p.ground(r), r.Dy()
	own := slices.ContainsFunc(lumas, func(l int) bool { return near(ground, l, p.tol) })
	rim := max(2, high/12)
	in := image.Rect(0, r.Min.Y+rim, p.w, r.Max.Y-rim)
	if !own || !p.level(r) || !p.iconRow(in, ground) {
		return false
	}
	for _, b := range p.blobs(in, ground, max(2, high/10)) {
		long, short := max(b.Dx(), b.Dy()), min(b.Dx(), b.Dy())
		if 10*long > stripIcon*high || long > stripFlat*short || !near(b.Min.Y+b.Max.Y, r.Min.Y+r.Max.Y, high/4) {
			return false
		}
	}
	return true
}
