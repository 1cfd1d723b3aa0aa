package frame_test

import (
	"image"
	"image/color"
)

// style is the look of a browser, in CSS px.
type style struct {
	name                      string
	title, tabs, bar, tail    float64 // heights: title bar, tabs, address bar, bookmarks
	field, radius             float64 // height and corner of the field
	before, after             float64 // room before and after the field
	border                    float64
	strip, tab, ground, inner color.NRGBA // tab strip, active tab, bar, field
	line, ink                 color.NRGBA
	lights                    bool // macOS buttons in the address bar
}

var styles = []style{
	{"chrome light", 0, 41, 46, 0, 34, 17, 131, 90, 0, rgb(0xd3e3fd), grey(255), grey(255), rgb(0xe9eef6), rgb(0xdadce0), grey(70), false},
	{"chrome light, bookmarks", 0, 41, 46, 33, 34, 17, 131, 250, 4, rgb(0xdee1e6), grey(255), grey(255), rgb(0xf1f3f4), rgb(0xdadce0), grey(70), false},
	{"chrome dark", 0, 41, 46, 0, 34, 17, 131, 90, 0, rgb(0x202124), rgb(0x35363a), rgb(0x35363a), rgb(0x202124), rgb(0x4b4c4f), grey(210), false},
	{"chrome dark, bookmarks", 0, 41, 46, 33, 34, 17, 165, 120, 2, rgb(0x1f2020), rgb(0x3c3c3c), rgb(0x3c3c3c), rgb(0x282828), rgb(0x5a5a5a), grey(210), false},
	{"firefox light", 0, 44, 40, 0, 32, 5, 232, 230, 0, rgb(0xf0f0f4), grey(255), rgb(0xf9f9fb), rgb(0xf0f0f4), rgb(0xcccccc), grey(60), false},
	{"firefox dark, bookmarks", 20, 44, 40, 30, 32, 5, 232, 230, 1, rgb(0x1c1b22), rgb(0x5b5b66), rgb(0x2b2a33), rgb(0x1c1b22), rgb(0x0c0c0d), grey(225), false},
	{"edge light", 0, 40, 43, 0, 32, 16, 92, 190, 1, rgb(0xcfd8e6), rgb(0xf7f7f7), rgb(0xf7f7f7), grey(255), rgb(0xd0d0d0), grey(50), false},
	{"edge dark, bookmarks", 0, 40, 43, 34, 32, 4, 130, 190, 0, rgb(0x202020), rgb(0x3b3b3b), rgb(0x3b3b3b), rgb(0x2a2a2a), rgb(0x555555), grey(220), false},
	{"safari light", 0, 0, 52, 0, 28, 6, 0, 0, 0, grey(0), grey(0), rgb(0xf6f6f6), rgb(0xe3e3e4), rgb(0xd5d5d5), grey(90), true},
	{"safari dark", 0, 0, 52, 0, 28, 6, 0, 0, 0, grey(0), grey(0), rgb(0x3a3a3c), rgb(0x2a2a2b), rgb(0x1a1a1a), grey(200), true},
}

// window draws a browser's window into the CSS rectangle and gives where its
// content and its field lie, in device pixels.
func (s *sheet) window(st style, x, y, w, h float64, kind int) (content, field image.Rectangle) {
	b := st.border
	s.fill(s.at(x, y, w, h), st.strip)
	if st.border > 0 {
		s.fill(s.at(x, y, w, 1), grey(90))
	}
	left, right, top := x+b, x+w-b, y
	if st.title > 0 {
		s.fill(s.at(x, y, w, st.title), rgb(0x85a9d8))
		s.words(x+w*.4, y+5, w*.2, 10, grey(255))
		top += st.title
	}
	s.tabStrip(st, left, top, right-left)
	top += st.tabs
	s.fill(s.at(left, top, right-left, st.bar+st.tail), st.ground)
	field = s.addressBar(st, left, top, right-left)
	top += st.bar
	for i := 0.; st.tail > 0 && i < 5; i++ {
		s.icon(left+14+i*110, top+8, 14, st.ink, st.ground)
		s.words(left+34+i*110, top+9, 60, 11, st.ink)
	}
	top += st.tail
	s.fill(s.at(left, top-1, right-left, 1), st.line)
	content = image.Rect(s.px(left), s.px(top), s.px(right), s.px(y+h-b))
	s.page(content, kind)
	return content, field
}

func (s *sheet) tabStrip(st style, x, y, w float64) {
	if st.tabs == 0 {
		return
	}
	s.fill(s.at(x, y, w, st.tabs), st.strip)
	n := 1 + float64(s.rnd.IntN(4))
	for i := 0.; i < n; i++ {
		at := x + 44 + i*230
		if i == n-1 {
			s.tab = s.at(at, y+6, 224, st.tabs-6)
			s.pill(s.at(at, y+6, 224, st.tabs), 8*s.dpr, st.tab)
		}
		s.icon(at+12, y+14, 14, st.ink, st.strip)
		s.words(at+34, y+15, 140, 11, st.ink)
	}
	for i := range 3 {
		s.fill(s.at(x+w-float64(30+44*i), y+16, 10, 2), st.ink)
	}
}

func (s *sheet) addressBar(st style, x, y, w float64) image.Rectangle {
	mid := y + st.bar/2
	from, to := x+st.before, x+w-st.after
	first := x + 18.
	if st.lights {
		from, to = x+w*.3, x+w*.72
		for i, c := range []uint32{0xff5f57, 0xfebc2e, 0x28c840} {
			s.pill(s.at(x+20+20*float64(i), mid-6, 12, 12), 6*s.dpr, rgb(c))
		}
		first = x + 100
	}
	for i := 0.; i < 3 && first+i*36+16 < from-4; i++ {
		s.icon(first+i*36, mid-8, 16, st.ink, st.ground)
	}
	s.icon(to+20, mid-8, 16, st.ink, st.ground)
	s.fill(s.at(x+w-16, mid-8, 3, 16), st.ink)
	r := s.at(from, mid-st.field/2, to-from, st.field)
	s.pill(r, st.radius*s.dpr, st.inner)
	s.icon(from+10, mid-7, 14, st.ink, st.inner)
	s.words(from+36, mid-6, 220, 12, st.ink)
	return r
}

// taskBar draws a task bar at the bottom and gives its first row.
func (s *sheet) taskBar(w, h, high float64, c, ink color.NRGBA) int {
	y := h - high
	s.fill(s.at(0, y, w, high+1), c)
	for i := 0.; i < 6; i++ {
		s.pill(s.at(16+i*high, y+high*.22, high*.55, high*.55), 3*s.dpr, rgb([]uint32{0x4ea3e0, 0xe6a6e6, 0xf2b84b, 0x6fbf73, 0xd06060, 0x50c0c0}[int(i)]))
	}
	s.words(w-90, y+high*.2, 60, high*.24, ink)
	s.words(w-104, y+high*.58, 74, high*.24, ink)
	return s.px(y)
}
