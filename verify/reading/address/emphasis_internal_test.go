package address

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// inked draws parts of a line one after the other, each in its ink, and gives
// where each begins.
func inkedLine(t *testing.T, ground uint8, parts []string, inks []uint8) (*image.NRGBA, []int) {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 15, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewNRGBA(image.Rect(0, 0, 500, 30))
	draw.Draw(img, img.Rect, image.NewUniform(color.Gray{ground}), image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Face: face, Dot: fixed.P(20, 20)}
	var at []int
	for i, p := range parts {
		at = append(at, d.Dot.X.Round())
		d.Src = image.NewUniform(color.Gray{inks[i]})
		d.DrawString(p)
	}
	return img, append(at, d.Dot.X.Round())
}

func TestThePartInStrongerInkIsFoundAndWhatTouchesIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ground uint8
		parts  []string
		inks   []uint8
		strong int // which part; -1 for none
		before bool
	}{
		"scheme, host, path": {241, []string{"https://", "winterhafen.de", "/news/index.html"}, []uint8{95, 32, 95}, 1, true},
		"on a dark ground":   {40, []string{"https://", "winterhafen.de", "/news/index.html"}, []uint8{154, 232, 154}, 1, true},
		"host and path":      {241, []string{"winterhafen.de", "/news/index.html"}, []uint8{32, 95}, 0, false},
		"words before it":    {241, []string{"Not secure    ", "winterhafen.de", "/news"}, []uint8{95, 32, 95}, 1, false},
		"one ink":            {241, []string{"winterhafen.de/news/index.html"}, []uint8{32}, -1, false},
		"nothing":            {241, nil, nil, -1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			img, at := inkedLine(t, c.ground, c.parts, c.inks)
			e, ok := emphasised(img, img.Rect)
			if ok != (c.strong >= 0) {
				t.Fatalf("found %v", ok)
			}
			if !ok {
				return
			}
			if e.before.Empty() == c.before {
				t.Errorf("text before it at %v", e.before)
			}
			base := color.NRGBA{c.ground, c.ground, c.ground, 255}
			for x := range 500 {
				near := min(abs(x-at[c.strong]), abs(x-at[c.strong+1])) <= 3 // slashes lean over
				inside := x >= at[c.strong] && x < at[c.strong+1]
				for y := range 30 {
					was, is := inkAt(img, x, y, base), inkAt(e.img, x, y, base)
					if !near && (inside && is != was || !inside && is >= inkLeast) {
						t.Fatalf("ink at %d, %d was %v and is %v", x, y, was, is)
					}
				}
			}
		})
	}
	if _, ok := emphasised(image.NewNRGBA(image.Rect(0, 0, 9, 9)), image.Rect(20, 20, 30, 30)); ok {
		t.Error("something stands outside of the picture")
	}
}

func TestABarOfSpecksIsLeft(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 3000, 100))
	for y := range 100 {
		for x := range 3000 {
			img.SetNRGBA(x, y, color.NRGBA{A: 255})
			if x%3 == 0 && y%3 == 0 {
				img.SetNRGBA(x, y, color.NRGBA{uint8(70 + x%180), 0, 0, 255})
			}
		}
	}
	if _, ok := emphasised(img, img.Rect); ok {
		t.Error("specks are taken for letters")
	}
	if _, ok := emphasised(image.NewNRGBA(image.Rect(0, 0, 9000, 900)), image.Rect(0, 0, 9000, 900)); ok {
		t.Error("a whole picture is taken for a bar")
	}
}

func abs(x int) int { return max(x, -x) }

func TestAStrongPartOrLostPointsReadTheClaimedHostAndNoOther(t *testing.T) {
	t.Parallel()
	host := func(name string) []Host {
		d, _ := registrable(name)
		return []Host{{Name: name, Domain: d, Confidence: 90}}
	}
	for name, c := range map[string]struct {
		read    Reading
		claimed string
		want    Outcome
	}{
		"the strong part":               {Reading{Strong: host("winterhafen.de")}, "winterhafen.de", Claimed},
		"the strong part is another":    {Reading{Strong: host("kutwa.go.th")}, "winterhafen.de", Nothing},
		"a point lost":                  {Reading{Bare: []string{"winterhafende"}}, "winterhafen.de", Claimed},
		"points lost behind www":        {Reading{Bare: []string{"wwwwinterhafende"}}, "winterhafen.de", Claimed},
		"a letter more":                 {Reading{Bare: []string{"winterhafende2"}}, "winterhafen.de", Nothing},
		"another host, read twice":      {Reading{One: host("kutwa.go.th"), Two: host("kutwa.go.th"), Bare: []string{"winterhafende"}}, "winterhafen.de", Other},
		"claimed in numbers":            {Reading{Bare: []string{"192021"}}, "192.0.2.1", Unsure},
		"points lost, nothing is asked": {Reading{Bare: []string{"winterhafende"}}, "", Unsure},
	} {
		if v := c.read.Judge(c.claimed); v.Outcome != c.want {
			t.Errorf("%s: %+v, want %s", name, v, c.want)
		}
	}
}

// FuzzEmphasis makes pictures of bytes: a bar of a few inks, repeated, in a picture that
// may be smaller than it.
func FuzzEmphasis(f *testing.F) {
	f.Add([]byte{}, uint8(0), uint8(0), int16(0), int16(0))
	f.Add([]byte{241, 241, 95, 241, 95, 241, 32, 241, 32, 32, 241}, uint8(90), uint8(9), int16(0), int16(0))
	f.Add([]byte{0, 0, 255, 0, 255, 128, 0, 200, 0, 0, 90, 0, 255}, uint8(255), uint8(40), int16(-7), int16(3))
	f.Add([]byte("scheme https:// and winterhafen.de in stronger ink"), uint8(120), uint8(30), int16(100), int16(29))
	f.Fuzz(func(t *testing.T, inks []byte, wide, high uint8, x, y int16) {
		img := image.NewNRGBA(image.Rect(0, 0, int(wide), int(high)))
		for i := 0; i < len(img.Pix) && len(inks) > 0; i++ {
			img.Pix[i] = inks[i/4%len(inks)]
		}
		bar := img.Rect.Add(image.Pt(int(x), int(y)))
		e, ok := emphasised(img, bar)
		if !ok {
			return
		}
		bar = bar.Intersect(img.Rect)
		if e.whole != img || e.img.Rect != bar || !e.before.In(img.Rect) || !e.before.Empty() && !e.before.Overlaps(bar) {
			t.Fatalf("%v before %v in %v of %v", e.img.Rect, e.before, bar, img.Rect)
		}
		base, painted, left := img.NRGBAAt(groundOf(img, bar)), 0, 0
		for y := bar.Min.Y; y < bar.Max.Y; y++ {
			for x := bar.Min.X; x < bar.Max.X; x++ {
				was, is := img.NRGBAAt(x, y), e.img.NRGBAAt(x, y)
				if is != was && is != base {
					t.Fatalf("%v at %d, %d became %v, and the ground is %v", was, x, y, is, base)
				}
				switch ink := inkAt(img, x, y, base) >= inkLeast; {
				case ink && is != was:
					painted++
				case ink:
					left++
				}
			}
		}
		if painted < leastFaint || left < leastStrong {
			t.Fatalf("%d pixels of ink were painted over and %d left", painted, left)
		}
	})
}
