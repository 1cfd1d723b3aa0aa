package frame_test

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// rowOfTabs draws tabs of one width over the upper end of a content, the one of number
// on in the bar's own colour, and gives what is left.
func (s *sheet) rowOfTabs(st style, content image.Rectangle, n, on int, idle color.NRGBA) image.Rectangle {
	x, y, w := float64(content.Min.X)/s.dpr, float64(content.Min.Y)/s.dpr, float64(content.Dx())/s.dpr
	s.fill(s.at(x, y, w, 28), idle)
	for i := range n {
		from, wide := x+w*float64(i)/float64(n), w/float64(n)
		ground := idle
		if i == on {
			ground = st.ground
			s.fill(s.at(from, y, wide, 28), ground)
		}
		s.icon(from+wide/2-72, y+7, 14, st.ink, ground)
		s.words(from+wide/2-50, y+8, 122, 11, st.ink)
		s.fill(s.at(from+wide-1, y, 1, 28), st.line)
	}
	s.fill(s.at(x, y+27, w, 1), st.line)
	content.Min.Y = s.px(y + 28)
	return content
}

func safaris() []style {
	var out []style
	for _, st := range styles {
		if st.lights {
			out = append(out, st)
		}
	}
	return out
}

func idle(st style) color.NRGBA {
	if st.ground.R > 128 {
		return rgb(0xdcdcdc)
	}
	return rgb(0x262627)
}

func TestARowOfTabsBelowSafarisBarComesOff(t *testing.T) {
	t.Parallel()
	all, right := 0, 0
	for _, st := range safaris() {
		for _, dpr := range []float64{1, 1.25, 2} {
			for n := 2; n <= 5; n++ {
				for _, kind := range []int{2 * n, 2*n + 3} {
					s := newSheet(1280, 700, dpr, uint64(n*pageKinds+kind))
					content, _ := s.window(st, 0, 0, 1280, 700, kind)
					want := s.rowOfTabs(st, content, n, kind%n, idle(st))
					for _, img := range []image.Image{s.NRGBA, recompressed(t, s.NRGBA, 80)} {
						all++
						name := fmt.Sprintf("%s at %g, %d tabs, page %d, %T", st.name, dpr, n, kind, img)
						if f := frame.Find(img); off(f.Content, want) <= slack(dpr) {
							right++
						} else {
							t.Logf("%s: %v, want %v (%s)", name, f.Content, want, f.Why)
						}
					}
				}
			}
		}
	}
	t.Logf("%d of %d right", right, all)
	if 100*right < 95*all {
		t.Errorf("%d of %d rows of tabs came off", right, all)
	}
}

// A bar that a page has, or that somebody put over it, is no row of tabs.
func TestWhatIsNoRowOfTabsStaysBelowSafarisBar(t *testing.T) {
	t.Parallel()
	for _, st := range safaris() {
		for name, draw := range map[string]func(*sheet, float64, float64){
			"a band of one colour with words": func(s *sheet, y, w float64) {
				s.fill(s.at(0, y, w, 28), idle(st))
				s.words(w*.35, y+8, w*.3, 11, st.ink)
			},
			"two halves, the words on the left": func(s *sheet, y, w float64) {
				s.fill(s.at(0, y, w/2, 28), st.ground)
				s.fill(s.at(w/2, y, w/2, 28), idle(st))
				s.words(10, y+8, 200, 11, st.ink)
				s.words(w/2+10, y+8, 200, 11, st.ink)
			},
			"links as wide as their words": func(s *sheet, y, w float64) {
				s.fill(s.at(0, y, w, 28), idle(st))
				s.fill(s.at(90, y, 130, 28), st.ground)
				for i := 0.; i < 5; i++ {
					s.words(10+i*120, y+8, 80, 11, st.ink)
				}
			},
			"a message in three cells, as high as two lines": func(s *sheet, y, w float64) {
				s.fill(s.at(0, y, w, 44), idle(st))
				s.fill(s.at(0, y, w/3, 44), st.ground)
				for i := 0.; i < 3; i++ {
					s.words(w/3*(i+.5)-100, y+6, 200, 13, st.ink)
					s.words(w/3*(i+.5)-100, y+25, 200, 13, st.ink)
				}
			},
		} {
			s := newSheet(1280, 700, 1, 3)
			content, _ := s.window(st, 0, 0, 1280, 700, 0)
			draw(s, float64(content.Min.Y), 1280)
			if f := frame.Find(s.NRGBA); off(f.Content, content) > slack(1) {
				t.Errorf("%s, %s: %v, want %v", st.name, name, f.Content, content)
			}
		}
	}
}
