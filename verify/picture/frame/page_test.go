package frame_test

import (
	"image"
	"image/color"
)

// page draws something like a web page into r (device pixels). kinds cycles
// through what is known to look like a frame: coloured and dark headers, bars
// with search fields, footers, cookie notices, columns on a grey ground.
func (s *sheet) page(r image.Rectangle, kind int) {
	part := &sheet{image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy())), s.dpr, s.rnd, image.Rectangle{}}
	part.drawPage(kind)
	for y := range r.Dy() {
		copy(s.Pix[s.PixOffset(r.Min.X, r.Min.Y+y):][:4*r.Dx()], part.Pix[part.PixOffset(0, y):])
	}
}

const pageKinds = 10

func (s *sheet) drawPage(kind int) {
	w, h := float64(s.Rect.Dx())/s.dpr, float64(s.Rect.Dy())/s.dpr
	ground, ink := grey(255), grey(40)
	switch kind % pageKinds {
	case 2: // a defacement: bright on black
		ground, ink = grey(0), rgb(0x00ff00)
	case 5:
		ground, ink = rgb(0x1b1d22), grey(210)
	case 7: // a column on a grey ground
		ground = rgb(0xcfd3d8)
	}
	s.fill(s.Rect, ground)
	y := s.header(kind, w, ink)
	if kind%pageKinds == 7 {
		s.fill(s.at(w*.12, 0, w*.76, h), grey(255))
	}
	for y < h {
		switch s.rnd.IntN(5) {
		case 0:
			s.words(w*.15, y, w*.5, 26, ink)
			y += 44
		case 1:
			if y+170 < h {
				s.picture(s.at(w*.15, y, w*(.2+.5*s.rnd.Float64()), 150))
			}
			y += 170
		default:
			for range 2 + s.rnd.IntN(4) {
				s.words(w*.15, y, w*(.3+.4*s.rnd.Float64()), 13, ink)
				y += 24
			}
			y += 14
		}
	}
	s.footer(kind, w, h)
}

// header draws the top of a page and gives the row below it.
func (s *sheet) header(kind int, w float64, ink color.NRGBA) float64 {
	switch kind % pageKinds {
	case 1: // a dark bar with links
		s.fill(s.at(0, 0, w, 64), rgb(0x24292f))
		s.words(24, 22, 120, 20, grey(255))
		s.words(w*.5, 26, w*.4, 13, grey(220))
		return 90
	case 3: // a photograph
		s.picture(s.at(0, 0, w, 280))
		s.words(w*.3, 120, w*.4, 40, grey(255))
		return 310
	case 4: // name, search field, links
		s.words(24, 16, 110, 22, rgb(0xb00020))
		s.pill(s.at(w*.2, 12, w*.6, 36), 18*s.dpr, rgb(0xf1f3f4))
		s.words(w*.2+20, 23, 140, 13, grey(120))
		s.words(w*.86, 22, w*.1, 13, ink)
		s.fill(s.at(0, 60, w, 1), grey(210))
		return 84
	case 6: // a thin dark bar over a white one with a sign and a search field
		s.fill(s.at(0, 0, w, 36), rgb(0x103a5c))
		s.words(20, 12, w*.3, 12, grey(255))
		s.words(w*.8, 12, w*.15, 12, grey(255))
		s.icon(16, 50, 20, ink, grey(255))
		s.pill(s.at(60, 44, w-220, 34), 6*s.dpr, rgb(0xeceff3))
		s.words(76, 55, 170, 13, grey(110))
		s.words(w-130, 54, 100, 13, ink)
		s.fill(s.at(0, 86, w, 1), grey(220))
		return 110
	case 8: // a coloured bar
		s.fill(s.at(0, 0, w, 90), rgb(0x2e7d32))
		s.words(w*.1, 30, w*.3, 30, grey(255))
		return 120
	}
	s.words(w*.15, 28, w*.3, 30, ink)
	return 90
}

// footer draws what lies over the lower end.
func (s *sheet) footer(kind int, w, h float64) {
	switch kind % pageKinds {
	case 1, 9:
		s.fill(s.at(0, h-60, w, 61), rgb(0x24292f))
		s.words(w*.1, h-36, w*.3, 12, grey(220))
		s.words(w*.8, h-36, w*.15, 12, grey(220))
	case 4: // a cookie notice with its button
		s.fill(s.at(0, h-56, w, 57), rgb(0xf6e7c1))
		s.words(30, h-36, w*.55, 13, grey(40))
		s.fill(s.at(w-150, h-46, 120, 34), rgb(0x2e7d32))
		s.words(w-130, h-36, 80, 13, grey(255))
	}
}
