package frame_test

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// iconStrip draws a strip of icons along one side of a content and gives what is left.
func (s *sheet) iconStrip(content image.Rectangle, left bool, ground color.NRGBA) image.Rectangle {
	strip := content
	if left {
		strip.Max.X = strip.Min.X + s.px(48)
		content.Min.X = strip.Max.X
	} else {
		strip.Min.X = strip.Max.X - s.px(48)
		content.Max.X = strip.Min.X
	}
	s.fill(strip, ground)
	x, y := float64(strip.Min.X)/s.dpr, float64(strip.Min.Y)/s.dpr
	for i, c := range []uint32{0x2b6fb8, 0xa03030, 0x20803a, 0x803a90} {
		s.pill(s.at(x+14, y+14+40*float64(i), 20, 20), 5*s.dpr, rgb(c))
	}
	return content
}

func TestStripsOfIconsBesideThePageComeOff(t *testing.T) {
	t.Parallel()
	all, right := 0, 0
	for _, st := range styles {
		if !strings.HasPrefix(st.name, "edge") && !strings.HasPrefix(st.name, "chrome light") {
			continue
		}
		light := []int{1, 3, 4, 9} // the others are of the strip's own luma
		for i, dpr := range []float64{1, 1.25, 1.5, 2} {
			for _, left := range []bool{true, false} {
				s := newSheet(1280, 700, dpr, uint64(all+1))
				content, _ := s.window(st, 0, 0, 1280, 700, light[i])
				want := s.iconStrip(content, left, st.strip)
				for _, img := range []image.Image{s.NRGBA, recompressed(t, s.NRGBA, 80)} {
					all++
					f := frame.Find(img)
					if off(f.Content, want) <= slack(dpr) {
						right++
					} else {
						t.Logf("%s at %g, left %v, %T: %v, want %v (%s)", st.name, dpr, left, img, f.Content, want, f.Why)
					}
					if lost := area(want) - area(f.Content.Intersect(want)); lost > 8*(want.Dx()+want.Dy()) {
						t.Errorf("%s at %g: %d pixels of the page were cut away", st.name, dpr, lost)
					}
				}
			}
		}
	}
	t.Logf("%d of %d right", right, all)
	if 100*right < 90*all {
		t.Errorf("%d of %d strips came off", right, all)
	}
}

func TestColumnsOfThePageStayBesideIt(t *testing.T) {
	t.Parallel()
	st := styles[6]
	column := func(s *sheet, c image.Rectangle, ground color.NRGBA) (x, y float64) {
		c.Min.X = c.Max.X - s.px(48)
		s.fill(c, ground)
		return float64(c.Min.X), float64(c.Min.Y)
	}
	for name, draw := range map[string]func(*sheet, image.Rectangle){
		"words": func(s *sheet, c image.Rectangle) {
			x, y := column(s, c, st.strip)
			for i := range 8 {
				s.words(x+3, y+14+40*float64(i), 42, 11, st.ink)
			}
		},
		"icons of another ground": func(s *sheet, c image.Rectangle) { s.iconStrip(c, false, rgb(0x204060)) },
		"large letters": func(s *sheet, c image.Rectangle) {
			x, y := column(s, c, st.strip)
			for i := range 6 {
				s.words(x+2, y+10+60*float64(i), 46, 40, st.ink)
			}
		},
		"icons and a line of words": func(s *sheet, c image.Rectangle) {
			s.iconStrip(c, false, st.strip)
			s.words(float64(c.Max.X-46), float64(c.Min.Y+300), 44, 12, st.ink)
		},
		"a menu of icons on the left, as white as the bar": func(s *sheet, c image.Rectangle) { s.iconStrip(c, true, st.ground) },
		"nothing": func(s *sheet, c image.Rectangle) { column(s, c, st.strip) },
	} {
		s := newSheet(1280, 700, 1, 5)
		content, _ := s.window(st, 0, 0, 1280, 700, 2)
		draw(s, content)
		if f := frame.Find(s.NRGBA); off(f.Content, content) > slack(1) {
			t.Errorf("%s: %v, want %v", name, f.Content, content)
		}
	}
}

// A page that fills its window keeps all of its columns whatever it shows.
func TestIconsOnAPageWithoutAFrameStay(t *testing.T) {
	t.Parallel()
	for kind := range pageKinds {
		s := newSheet(1280, 700, 1, uint64(kind))
		s.drawPage(kind)
		s.iconStrip(s.Rect, kind%2 == 0, grey(240))
		if f := frame.Find(s.NRGBA); f.Content != s.Rect {
			t.Errorf("page %d: cut to %v", kind, f.Content)
		}
	}
}
