package frame

import "image"

// addressBeyond is the field most like an address bar outside of c: in the rows
// above it, or else, as on phones, below it; and the active tab above it, where
// there is one. Nothing else is asked of it, since what lies there is known to be
// no page.
func addressBeyond(p *plane, c image.Rectangle) (address, tab image.Rectangle) {
	for _, part := range []image.Rectangle{image.Rect(0, 0, p.w, c.Min.Y), image.Rect(0, c.Max.Y, p.w, p.h)} {
		if part.Dy() < fieldLow {
			continue
		}
		var best field
		sub := p.rows(part.Min.Y, part.Max.Y)
		for _, f := range sub.fields() {
			if f.rect.Dx() > best.rect.Dx() {
				best = f
			}
		}
		if best.rect.Empty() {
			continue
		}
		if t, ok := sub.toolbarOf(best); ok {
			if tab = sub.activeTab(&t); !tab.Empty() {
				tab = tab.Add(part.Min)
			}
		}
		return best.rect.Add(part.Min), tab
	}
	return image.Rectangle{}, image.Rectangle{}
}

// rows is the plane of rows y0 to y1; it shares the pixels.
func (p *plane) rows(y0, y1 int) *plane {
	return &plane{w: p.w, h: y1 - y0, pix: p.pix[y0*p.w : y1*p.w], tol: p.tol}
}

// clockBeyond is the clock of a task bar below c, of a phone's status bar above
// it, or of a desktop's panel at the top of the picture.
func clockBeyond(p *plane, c image.Rectangle) image.Rectangle {
	if tall(p) {
		if s, ok := p.statusBar(); ok && s.bottom <= c.Min.Y {
			return s.clock
		}
		return image.Rectangle{}
	}
	// The bar may begin below a strip of something else.
	for y := p.h - fieldLow; y >= c.Max.Y; y-- {
		if y > c.Max.Y && p.stepped(y, 0, p.w) < 0.8 {
			continue
		}
		if bar := image.Rect(0, y, p.w, p.h); p.level(bar) {
			return p.clockRight(bar)
		}
	}
	return p.panelClock(c)
}

// level says whether a bar is plain along its upper and lower rim, as one is
// that a wallpaper or a window's shadow is not taken for.
func (p *plane) level(bar image.Rectangle) bool {
	const most = 0.85
	ground, rim := p.ground(bar), max(1, bar.Dy()/12)
	return p.share(bar.Min.Y+rim, bar.Min.X, bar.Max.X, ground) >= most &&
		p.share(bar.Max.Y-1-rim, bar.Min.X, bar.Max.X, ground) >= most
}

// Heights of a desktop's panel at the top of the picture, in pixels: 22 CSS px
// reduced to 0.7, and 40 at 2.
const panelLow, panelHigh = 15, 80

// panelClock is the clock of a panel above c: at its right end, as macOS has it,
// or else in its middle, as GNOME has it.
func (p *plane) panelClock(c image.Rectangle) image.Rectangle {
	for y := panelLow; y < min(panelHigh, c.Min.Y); y++ {
		if p.stepped(y, 0, p.w) < 0.8 {
			continue
		}
		bar := image.Rect(0, 0, p.w, y)
		if !p.level(bar) {
			return image.Rectangle{}
		}
		if r := p.clockRight(bar); !r.Empty() {
			return r
		}
		bs := p.blobs(image.Rect(3*p.w/8, 1, 5*p.w/8, y-1), p.ground(bar), max(4, y/2))
		if len(bs) == 1 && near(bs[0].Min.X+bs[0].Max.X, p.w, p.w/8) {
			return bs[0].Inset(-2).Intersect(bar)
		}
		return image.Rectangle{}
	}
	return image.Rectangle{}
}
