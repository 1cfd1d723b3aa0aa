package frame_test

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// handset is the look of a phone's screen, in CSS px.
type handset struct {
	name            string
	w, h            int
	status, bar     float64 // heights; a bar of 0 means none above the page
	lower           float64 // height of an address bar below the page
	nav             string  // "line", "buttons" or ""
	ground, in, ink color.NRGBA
	camera          bool
}

var handsets = []handset{
	{"android light, line", 412, 915, 24, 56, 0, "line", grey(255), rgb(0xf1f3f4), grey(60), false},
	{"android dark, buttons", 360, 780, 24, 56, 0, "buttons", rgb(0x202124), rgb(0x3c4043), grey(225), false},
	{"android, camera", 393, 851, 36, 56, 0, "line", rgb(0xeef1f8), rgb(0xdde3ee), grey(50), true},
	{"iphone, bar below", 390, 844, 47, 0, 96, "line", rgb(0xf7f7f7), rgb(0xe2e2e4), grey(20), true},
	{"iphone dark, bar below", 430, 932, 54, 0, 96, "line", rgb(0x1c1c1e), rgb(0x3a3a3c), grey(240), true},
	{"iphone, nothing of the status bar but its clock", 393, 852, 47, 0, 96, "line", rgb(0xf7f7f7), rgb(0xe2e2e4), grey(20), false},
	{"iphone, bar above", 390, 844, 47, 52, 46, "line", rgb(0xf7f7f7), rgb(0xe2e2e4), grey(20), true},
}

func (s *sheet) phone(p handset, kind int) (content, field image.Rectangle) {
	w, h := float64(p.w), float64(p.h)
	nav := map[string]float64{"line": 20, "buttons": 48}[p.nav]
	s.fill(s.Rect, p.ground)
	mid := p.status / 2
	s.words(28, mid-6, 40, 12, p.ink)
	for i := 0.; i < 3 && !strings.Contains(p.name, "nothing"); i++ {
		s.pill(s.at(w-80+22*i, mid-5, 14, 10), 2*s.dpr, p.ink)
	}
	if p.camera {
		s.pill(s.at(w/2-12, mid-10, 24, 20), 10*s.dpr, grey(0))
	}
	top, bottom := p.status+p.bar, h-nav-p.lower
	switch {
	case p.bar > 0 && p.lower > 0:
		field = s.at(20, p.status+4, w-40, 44)
		s.tools(w, bottom+14, p)
	case p.bar > 0:
		s.icon(16, p.status+18, 20, p.ink, p.ground)
		field = s.at(52, p.status+8, w-150, 40)
		s.icon(w-84, p.status+18, 20, p.ink, p.ground)
		s.fill(s.at(w-32, p.status+20, 4, 16), p.ink)
	default:
		field = s.at(20, bottom+6, w-40, 44)
		s.tools(w, bottom+64, p)
	}
	s.pill(field, 18*s.dpr, p.in)
	s.words(float64(field.Min.X)/s.dpr+90, float64(field.Min.Y)/s.dpr+14, 120, 13, p.ink)
	content = image.Rect(0, s.px(top), s.Rect.Max.X, s.px(bottom))
	s.page(content, kind)
	s.navigation(p, w, h, nav)
	return content, field
}

// tools draws the row of signs of an iPhone's browser.
func (s *sheet) tools(w, y float64, p handset) {
	for i := 0.; i < 5; i++ {
		s.icon(24+i*(w-70)/4, y, 20, p.ink, p.ground)
	}
}

func (s *sheet) navigation(p handset, w, h, high float64) {
	switch p.nav {
	case "line":
		s.pill(s.at(w/2-60, h-10, 120, 4), 2*s.dpr, p.ink)
	case "buttons":
		for i := -1.; i <= 1; i++ {
			s.icon(w/2-9+i*w/4, h-high/2-9.5, 18, p.ink, p.ground) // rounding leaves them off the middle
		}
	}
}

func TestThePhoneComesOff(t *testing.T) {
	t.Parallel()
	n, right := 0, 0
	for i, p := range handsets {
		for j, dpr := range []float64{1, 2, 2.625, 3} {
			for _, kind := range []int{i + j, i + j + 2} {
				n++
				name := fmt.Sprintf("%s at %g, page %d", p.name, dpr, kind)
				s := newSheet(p.w, p.h, dpr, uint64(n))
				want, field := s.phone(p, kind)
				f := frame.Find(s.NRGBA)
				// The margin around a status bar or a line may count to the page.
				if near := int(24 * dpr); f.Kind == frame.Phone && off(f.Content, want) <= near {
					right++
				} else {
					t.Logf("%s: %s %v, want %v (%s)", name, f.Kind, f.Content, want, f.Why)
				}
				if lost := area(want) - area(f.Content.Intersect(want)); lost > int(4*dpr)*want.Dx() {
					t.Errorf("%s: %d rows of the page were cut away", name, lost/want.Dx())
				}
				if f.Kind == frame.Phone && (off(f.Address, field) > int(20*dpr) || f.Clock.Empty() || f.Clock.Max.X > s.Rect.Max.X/2) {
					t.Errorf("%s: address bar at %v, want %v; clock at %v", name, f.Address, field, f.Clock)
				}
			}
		}
	}
	t.Logf("%d of %d phones came off", right, n)
	if 100*right < 95*n {
		t.Errorf("%d of %d phones came off", right, n)
	}
}

// A messenger's reduced JPEG has no row of one luma near the signs of a phone's bars, and
// where its bars end no row is sharp.
func TestThePhoneComesOffAfterAMessenger(t *testing.T) {
	t.Parallel()
	n, right := 0, 0
	for i, p := range handsets {
		for j, longest := range []int{1280, 1600} {
			for k, quality := range []int{72, 80} {
				n++
				s := newSheet(p.w, p.h, []float64{2.625, 3}[k], uint64(n))
				want, _ := s.phone(p, i+j+k)
				small, share := reduced(s.NRGBA, longest)
				f := frame.Find(recompressed(t, small, quality))
				at := image.Rect(int(float64(want.Min.X)*share), int(float64(want.Min.Y)*share), int(float64(want.Max.X)*share), int(float64(want.Max.Y)*share))
				if near := int(24 * s.dpr * share); f.Kind == frame.Phone && off(f.Content, at) <= near {
					right++
				} else {
					t.Logf("%s to %d at %d: %s %v, want %v (%s)", p.name, longest, quality, f.Kind, f.Content, at, f.Why)
				}
				if lost := area(at) - area(f.Content.Intersect(at)); lost > 4*at.Dx() {
					t.Errorf("%s to %d at %d: %d rows of the page were cut away", p.name, longest, quality, lost/at.Dx())
				}
			}
		}
	}
	t.Logf("%d of %d phones came off", right, n)
	if 100*right < 95*n {
		t.Errorf("%d of %d phones came off", right, n)
	}
}

func TestBarsOfALetterboxComeOff(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content image.Rectangle
		bars    color.NRGBA
		kind    frame.Kind
	}{
		"black bars above and below":             {image.Rect(0, 150, 1000, 650), grey(0), frame.Letterbox},
		"white bars above and below":             {image.Rect(0, 100, 1000, 700), grey(255), frame.Letterbox},
		"black bars left and right":              {image.Rect(250, 0, 750, 800), grey(0), frame.Letterbox},
		"white columns beside a page stay":       {image.Rect(250, 0, 750, 800), grey(255), frame.None},
		"grey columns beside a page stay":        {image.Rect(250, 0, 750, 800), grey(90), frame.None},
		"bars of uneven size stay":               {image.Rect(0, 100, 1000, 650), grey(0), frame.None},
		"a picture on a black page stays":        {image.Rect(250, 150, 750, 650), grey(0), frame.None},
		"a bar on one side alone stays":          {image.Rect(0, 0, 1000, 650), grey(0), frame.None},
		"bars that leave less than a page stay":  {image.Rect(0, 300, 1000, 500), grey(0), frame.None},
		"hair lines above and below a page stay": {image.Rect(0, 3, 1000, 797), grey(0), frame.None},
	} {
		s := newSheet(1000, 800, 1, 4)
		s.fill(s.Rect, c.bars)
		s.picture(c.content)
		f := frame.Find(s.NRGBA)
		want := c.content
		if c.kind == frame.None {
			want = s.Rect
		}
		if f.Kind != c.kind || f.Content != want {
			t.Errorf("%s: %s %v, want %s %v", name, f.Kind, f.Content, c.kind, want)
		}
	}
}
