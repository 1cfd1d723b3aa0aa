package alignment

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/claimant/photograph"
	"github.com/defacecheck/defacecheck/verify"
)

// marked is a specimen with one red dot at (300, 200).
func marked() *specimen {
	img := filled(800, 500, color.White)
	for y := 194; y <= 206; y++ {
		for x := 294; x <= 306; x++ {
			img.SetRGBA(x, y, color.RGBA{255, 0, 0, 255})
		}
	}
	return &specimen{img: img, at: func(x, y float64) (float64, float64) { return x, y }}
}

// dot is the middle of what is red.
func dot(img *image.RGBA) (x, y float64) {
	n := 0.0
	for j := range img.Rect.Dy() {
		for i := range img.Rect.Dx() {
			if c := img.RGBAAt(i, j); int(c.R) > 80+int(c.G) {
				x, y, n = x+float64(i)+0.5, y+float64(j)+0.5, n+1
			}
		}
	}
	return x / n, y / n
}

func TestWhereAPixelWentIsKnownAfterEveryTransformation(t *testing.T) {
	t.Parallel()
	steps := map[string]func(*specimen){
		"crop":           func(s *specimen) { s.crop(image.Rect(120, 90, 700, 400)) },
		"reduction":      func(s *specimen) { s.reduce(417) },
		"frame":          func(s *specimen) { s.into(filled(1000, 700, color.Black), image.Pt(33, 91)) },
		"crop and scale": func(s *specimen) { s.crop(image.Rect(7, 9, 640, 480)); s.resize(1.37) },
		"photograph": func(s *specimen) {
			s.photo(rand.New(rand.NewPCG(1, 2)), photograph.How{Jitter: 0.08, Room: 0.06, Bend: 0.01, Blur: 0.7})
		},
		"photograph of a frame": func(s *specimen) {
			s.into(filled(1000, 700, color.White), image.Pt(33, 91))
			s.photo(rand.New(rand.NewPCG(3, 4)), photograph.How{Jitter: 0.04, Room: 0.05, Blur: 0.7})
		},
	}
	for name, step := range steps {
		s := marked()
		step(s)
		x, y := s.at(300.5, 200.5)
		gotX, gotY := dot(s.img)
		if miss := math.Hypot(x-gotX, y-gotY); miss > 1 {
			t.Errorf("%s: the dot is at %.1f, %.1f and was expected at %.1f, %.1f", name, gotX, gotY, x, y)
		}
	}
}

func TestAMaskHoldsItsRegionInAPhotograph(t *testing.T) {
	t.Parallel()
	s := marked()
	s.mask = []image.Rectangle{image.Rect(200, 100, 400, 300)}
	s.photo(rand.New(rand.NewPCG(6, 6)), photograph.How{Jitter: 0.05, Room: 0.08, Bend: 0.01, Blur: 0.7})
	x, y := s.at(300.5, 200.5)
	if m := s.mask[0]; !image.Pt(int(x), int(y)).In(m.Inset(m.Dx() / 3)) {
		t.Errorf("the region's middle is at %.0f, %.0f and its mask is %v", x, y, m)
	}
}

func TestAMaskMovesWithThePicture(t *testing.T) {
	t.Parallel()
	s := marked()
	s.paste(filled(100, 50, color.Black), image.Rect(200, 100, 300, 150))
	s.crop(image.Rect(150, 80, 800, 500))
	s.resize(2)
	s.into(filled(2000, 1500, color.White), image.Pt(10, 20))
	if want := image.Rect(110, 60, 310, 160); s.mask[0] != want {
		t.Errorf("mask %v, want %v", s.mask[0], want)
	}
}

// columned is a draft whose lines stand 30 px apart, and the capture of the page
// they are on, scrolled by 400.
func columned() (*draft, view) {
	d := &draft{specimen: marked()}
	d.per = 1
	c := &capture.Capture{Viewport: capture.Viewport{Width: 800, Height: 500, Scale: 1}, PageHeight: 2000}
	for i := range 10 {
		text := string(rune('a'+i)) + " line of its own"
		y := float64(20 + 30*i)
		d.lines = append(d.lines, capture.TextBox{Box: capture.Box{X: 50, Y: y, W: 200, H: 18}, Text: text})
		c.Text = append(c.Text, capture.TextBox{Box: capture.Box{X: 50, Y: y + 400, W: 200, H: 18}, Text: text})
	}
	return d, view{c, true, 0}
}

func TestOnlyTheTruePlaceHolds(t *testing.T) {
	t.Parallel()
	d, v := columned()
	if n, ok, miss := d.hold(v, place{1, 0, -400, nil}); n != 10 || !ok || miss > 1e-9 {
		t.Errorf("true place: %d anchors, placed %v, off %.2f", n, ok, miss)
	}
	if _, ok, miss := d.hold(v, place{1, 3, -404, nil}); !ok || math.Abs(miss-5) > 1e-9 {
		t.Errorf("five px off: placed %v, off %.2f", ok, miss)
	}
	for _, p := range []place{{1, 0, -430, nil}, {1, 60, -400, nil}, {1.2, 0, -400, nil}, {1, 0, 0, nil}} {
		if _, ok, _ := d.hold(v, p); ok {
			t.Errorf("%v holds", p)
		}
	}
	v.full, v.scroll = false, 400
	if _, ok, _ := d.hold(v, place{1, 0, 0, nil}); !ok {
		t.Error("the viewport shot is not taken at its scroll")
	}
}

func TestRepeatedAndReplacedAndRebrokenTextIsNoAnchor(t *testing.T) {
	t.Parallel()
	d, v := columned()
	d.lines[0].Text = d.lines[1].Text
	d.lines[2].H = 36
	d.mask = []image.Rectangle{image.Rect(0, 105, 800, 135)}
	if n, _, _ := d.hold(v, place{1, 0, -400, nil}); n != 6 {
		t.Errorf("%d anchors, want 6", n)
	}
}

func TestOverlapIsIntersectionOverUnion(t *testing.T) {
	t.Parallel()
	all := image.Rect(0, 0, 400, 400)
	mask := []image.Rectangle{image.Rect(0, 0, 200, 100)}
	for _, c := range []struct {
		found []verify.Rect
		want  float64
	}{
		{[]verify.Rect{{X: 0, Y: 0, W: 200, H: 100}}, 1},
		{[]verify.Rect{{X: 100, Y: 0, W: 200, H: 100}}, 1.0 / 3},
		{[]verify.Rect{{X: 0, Y: 0, W: 100, H: 100}, {X: 100, Y: 0, W: 100, H: 100}, {X: 40, Y: 0, W: 20, H: 20}}, 1},
		{[]verify.Rect{{X: 0, Y: 200, W: 50, H: 50}}, 0},
		{nil, 0},
	} {
		if got := overlap(c.found, mask, all); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%v: %.3f, want %.3f", c.found, got, c.want)
		}
	}
}

func TestWhatIsLeftOfAPageIsCountedBesideWhatWasReplaced(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 320, 320))
	for x := 0; x < 320; x += 2 { // stripes all over
		for y := range 320 {
			img.SetRGBA(x, y, color.RGBA{255, 255, 255, 255})
		}
	}
	s := &specimen{img: img}
	if n := s.left(); n != 100 {
		t.Errorf("%d squares of 100 hold something", n)
	}
	s.mask = []image.Rectangle{image.Rect(0, 0, 320, 250)}
	if n := s.left(); n != 20 {
		t.Errorf("%d squares are left below what was replaced, want 20", n)
	}
	s.mask = []image.Rectangle{image.Rect(0, 0, 320, 300)}
	if n := s.left(); n >= leastLeft {
		t.Errorf("%d squares are left of a picture that was replaced nearly whole", n)
	}
}
