package trace

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"testing"
)

var part = image.Rect(300, 200, 660, 400)

func find(t testing.TB, img *image.NRGBA, a About) []Finding {
	t.Helper()
	found, err := Find(context.Background(), img, a)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// kinds tells findings apart: what was found of the whole, and of parts.
func kinds(found []Finding) (whole, local []Finding) {
	for _, f := range found {
		if f.Kind.Local() {
			local = append(local, f)
		} else {
			whole = append(whole, f)
		}
	}
	return whole, local
}

func TestAPictureThatWasNeverCompressedHasNoTrace(t *testing.T) {
	for name, img := range map[string]*image.NRGBA{
		"dark on white":   page(t, 1),
		"light on colour": drawn(t, 900, 640, 2, color.NRGBA{20, 60, 90, 255}, color.White),
		"a soft shadow":   shadowed(page(t, 3)),
		"a gradient":      graded(page(t, 4)),
	} {
		if found := find(t, img, About{Asked: []image.Rectangle{part}}); len(found) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

// shadowed has a box with a blurred shadow, graded a band that grows darker.
func shadowed(img *image.NRGBA) *image.NRGBA {
	for i := range 20 {
		v := uint8(255 - i*3)
		r := image.Rect(200+i, 100+i, 700-i, 400-i)
		draw.Draw(img, r, image.NewUniform(color.NRGBA{v, v, v, 255}), image.Point{}, draw.Src)
	}
	draw.Draw(img, image.Rect(220, 120, 680, 380), image.White, image.Point{}, draw.Src)
	return img
}

func graded(img *image.NRGBA) *image.NRGBA {
	for y := range 200 {
		v := uint8(255 - y/2)
		draw.Draw(img, image.Rect(0, 300+y, 900, 301+y), image.NewUniform(color.NRGBA{v, v, 255, 255}), image.Point{}, draw.Src)
	}
	return img
}

func TestAPictureThatWasOnceAJPEGIsToldWithItsGrid(t *testing.T) {
	for _, q := range []int{60, 75, 85, 92} {
		for _, cut := range []image.Point{{}, {3, 5}, {7, 1}} {
			img := jpegged(t, page(t, uint64(q)), q)
			img = copied(img, image.Rectangle{Min: cut, Max: img.Rect.Max})
			whole, local := kinds(find(t, img, About{Asked: []image.Rectangle{part}}))
			if len(whole) != 1 || whole[0].Kind != Compressed || len(local) != 0 {
				t.Fatalf("quality %d cut at %v: %+v %+v", q, cut, whole, local)
			}
			want := historySentence(grid{x: (8 - cut.X) % 8, y: (8 - cut.Y) % 8})
			if whole[0].Sentence != want {
				t.Errorf("quality %d cut at %v: %q", q, cut, whole[0].Sentence)
			}
		}
	}
}

func TestAPartFromElsewhereIsToldWhereItIsAskedFor(t *testing.T) {
	plain, other := page(t, 1), page(t, 2)
	for name, tc := range map[string]struct {
		base, from *image.NRGBA
		want       Kind
	}{
		"a JPEG's part in a PNG":           {plain, jpegged(t, other, 80), Uneven},
		"a JPEG's part on another grid":    {jpegged(t, plain, 85), jpegged(t, other, 75), OtherGrid},
		"a part never compressed in JPEG":  {jpegged(t, plain, 85), other, Untouched},
		"a PNG's part in a PNG":            {plain, other, ""},
		"a JPEG's part put where it stood": {jpegged(t, plain, 85), jpegged(t, plain, 85), ""},
	} {
		from := part.Min
		if name == "a JPEG's part on another grid" || name == "a JPEG's part in a PNG" {
			from = from.Add(image.Pt(3, 5))
		}
		_, local := kinds(find(t, pasted(tc.base, tc.from, part, from), About{Asked: []image.Rectangle{part}}))
		switch {
		case tc.want == "" && len(local) > 0:
			t.Errorf("%s: found %+v", name, local)
		case tc.want != "" && (len(local) == 0 || local[0].Kind != tc.want || !local[0].Asked || local[0].At != part):
			t.Errorf("%s: found %+v, want %s", name, local, tc.want)
		}
	}
}

func TestAPartIsFoundWithoutBeingAskedFor(t *testing.T) {
	_, local := kinds(find(t, pasted(jpegged(t, page(t, 1), 85), page(t, 2), part, part.Min), About{}))
	if len(local) != 1 || local[0].Kind != Untouched || overlap(local[0].At, part) < 0.6 {
		t.Fatalf("found %+v in %v", local, part)
	}
}

func overlap(a, b image.Rectangle) float64 {
	area := func(r image.Rectangle) float64 { return float64(r.Dx()) * float64(r.Dy()) }
	i := area(a.Intersect(b))
	return i / (area(a) + area(b) - i)
}

func TestPicturesThatThePageShowsAreLeftOut(t *testing.T) {
	img := pasted(page(t, 1), jpegged(t, page(t, 2), 80), part, image.Pt(1, 1))
	if _, local := kinds(find(t, img, About{Pictures: []image.Rectangle{part}})); len(local) != 0 {
		t.Errorf("found %+v", local)
	}
	if _, local := kinds(find(t, img, About{Pictures: []image.Rectangle{part}, Asked: []image.Rectangle{part}})); len(local) != 0 {
		t.Errorf("asked for, found %+v", local)
	}
}

func TestWhatLiesBesideThePageIsLeftOut(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 900, 1280))
	draw.Draw(img, img.Rect, page(t, 1), image.Point{}, draw.Src)
	lower := image.Rect(0, 640, 900, 1280)
	draw.Draw(img, lower, jpegged(t, page(t, 2), 80), image.Point{}, draw.Src)
	whole, local := kinds(find(t, img, About{Page: lower}))
	if len(whole) != 1 || len(local) != 0 {
		t.Errorf("found %+v %+v", whole, local)
	}
}

func TestPicturesOfEverySizeAreLookedAt(t *testing.T) {
	for _, size := range []image.Point{{}, {1, 1}, {1, 5000}, {5000, 1}, {7, 7}, {8, 9}, {23, 400}} {
		img := image.NewNRGBA(image.Rectangle{Max: size})
		for i := range img.Pix {
			img.Pix[i] = uint8(i * 7)
		}
		if found := find(t, img, About{Asked: []image.Rectangle{{Min: image.Pt(-5, -5), Max: image.Pt(9000, 9000)}}}); len(found) > 0 {
			t.Errorf("%v: %+v", size, found)
		}
	}
	blank := image.NewNRGBA(image.Rect(0, 0, 1200, 800))
	if found := find(t, blank, About{}); len(found) > 0 {
		t.Errorf("blank: %+v", found)
	}
}

func TestAnEndedContextEndsTheSearch(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Find(ctx, page(t, 1), About{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte{1, 2, 3, 255, 0, 9}, uint8(40), int16(3), int16(90))
	f.Add([]byte{255}, uint8(1), int16(-1), int16(-20))
	f.Fuzz(func(t *testing.T, pattern []byte, width uint8, from, to int16) {
		if len(pattern) == 0 {
			return
		}
		w := int(width)
		img := image.NewNRGBA(image.Rect(0, 0, w, len(pattern)%97+30))
		for i := range img.Pix {
			img.Pix[i] = pattern[(i/4+i/4/max(w, 1)*3)%len(pattern)]
		}
		r := image.Rect(int(from), int(from), int(to), int(to))
		for _, x := range find(t, img, About{Asked: []image.Rectangle{r}, Pictures: []image.Rectangle{r.Add(image.Pt(9, 9))}, Page: image.Rect(2, 1, int(to), 4000)}) {
			if x.Sentence == "" || !x.At.In(img.Rect) || x.Chance > 0 {
				t.Errorf("%+v", x)
			}
		}
	})
}

// BenchmarkFind looks at a full screen: 1920x1080.
func BenchmarkFind(b *testing.B) {
	screen := drawn(b, 1920, 1080, 1, color.White, color.Black)
	for _, kind := range []string{"png", "jpeg"} {
		img := screen
		if kind == "jpeg" {
			img = jpegged(b, screen, 85)
		}
		b.Run(fmt.Sprintf("%s 1920x1080", kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				find(b, img, About{Asked: []image.Rectangle{part}})
			}
		})
	}
}

func TestTextOverAPictureThatThePageShowsIsNotAccused(t *testing.T) {
	// A defacement: letters over its own JPEG, which fills the page but for a bar.
	img := pasted(jpegged(t, page(t, 1), 85), page(t, 2), part, part.Min)
	own := image.Rect(0, 40, 900, 640)
	draw.Draw(img, image.Rect(0, 0, 900, 40), page(t, 3), image.Pt(0, 20), draw.Src)
	if found := find(t, img, About{Pictures: []image.Rectangle{own}, Asked: []image.Rectangle{part}}); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
}
