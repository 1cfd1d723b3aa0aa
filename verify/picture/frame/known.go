package frame

import "image"

// addressBeyond is the field most like an address bar outside of c: in the rows
// above it, or else, as on phones, below it. Nothing else is asked of it, since
// what lies there is known to be no page.
func addressBeyond(p *plane, c image.Rectangle) image.Rectangle {
	for _, part := range []image.Rectangle{image.Rect(0, 0, p.w, c.Min.Y), image.Rect(0, c.Max.Y, p.w, p.h)} {
		if part.Dy() < fieldLow {
			continue
		}
		var best image.Rectangle
		sub := p.rows(part.Min.Y, part.Max.Y)
		for _, f := range sub.fields() {
			if f.rect.Dx() > best.Dx() {
				best = f.rect
			}
		}
		if !best.Empty() {
			return best.Add(part.Min)
		}
	}
	return image.Rectangle{}
}

// rows is the plane of rows y0 to y1; it shares the pixels.
func (p *plane) rows(y0, y1 int) *plane {
	return &plane{w: p.w, h: y1 - y0, pix: p.pix[y0*p.w : y1*p.w], tol: p.tol}
}

// clockBeyond is the clock of a task bar below c, or of a phone's status bar
// above it.
func clockBeyond(p *plane, c image.Rectangle) image.Rectangle {
	if tall(p) {
		if s, ok := p.statusBar(); ok && s.bottom <= c.Min.Y {
			return s.clock
		}
		return image.Rectangle{}
	}
	if below := image.Rect(0, c.Max.Y, p.w, p.h); below.Dy() >= fieldLow {
		// The bar may begin below a strip of something else.
		for y := p.h - fieldLow; y >= below.Min.Y; y-- {
			if y == below.Min.Y || p.stepped(y, 0, p.w) >= 0.8 {
				return p.clockRight(image.Rect(0, y, p.w, p.h))
			}
		}
	}
	return image.Rectangle{}
}
