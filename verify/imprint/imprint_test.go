package imprint_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"testing"

	"github.com/corona10/goimagehash"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/verify/imprint"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// page draws something like a web page: a header, columns of text lines made of
// word-like bars, and pictures with soft gradients. The same seed gives the
// same page at any width.
func page(seed uint64, w, h int) *image.NRGBA {
	r := rand.New(rand.NewPCG(seed, 7))
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	fill := func(rect image.Rectangle, c color.NRGBA) {
		draw.Draw(img, rect, image.NewUniform(c), image.Point{}, draw.Src)
	}
	shade := func() color.NRGBA {
		return color.NRGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
	}
	back, ink := color.NRGBA{255, 255, 255, 255}, color.NRGBA{40, 40, 40, 255}
	if r.IntN(3) == 0 {
		back, ink = color.NRGBA{10, 10, 10, 255}, color.NRGBA{60, 230, 60, 255}
	}
	fill(img.Rect, back)
	fill(image.Rect(0, 0, w, 40+r.IntN(80)), shade())
	for y := 130; y < h-20; {
		if r.IntN(6) == 0 {
			x, bh := r.IntN(w/2), 80+r.IntN(160)
			photo(img, image.Rect(x, y, x+w/4+r.IntN(w/4), min(y+bh, h)), shade(), shade())
			y += bh + 20
			continue
		}
		for x := w / 20; x < w*18/20; {
			word := 10 + r.IntN(70)
			fill(image.Rect(x, y, x+word, y+9), ink)
			x += word + 8
			if r.IntN(14) == 0 {
				break
			}
		}
		y += 20
	}
	return img
}

func photo(img *image.NRGBA, rect image.Rectangle, a, b color.NRGBA) {
	rect = rect.Intersect(img.Rect)
	for y := rect.Min.Y; y < rect.Max.Y; y++ {
		for x := rect.Min.X; x < rect.Max.X; x++ {
			t := (x - rect.Min.X) * 255 / rect.Dx()
			u := (y - rect.Min.Y) * 255 / rect.Dy()
			mix := func(p, q uint8) uint8 { return uint8((int(p)*(255-t) + int(q)*t + (u^x)&31*64) / 255) }
			img.SetNRGBA(x, y, color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255})
		}
	}
}

// TestTheHashOfALosslessCopyIsTheSame: the same pixels as another Go type,
// through PNG, or as part of a larger picture.
func TestTheHashOfALosslessCopyIsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 90).Draw(t, "w"), rapid.IntRange(1, 90).Draw(t, "h")
		pix := rapid.SliceOfN(rapid.Byte(), 4*w*h, 4*w*h).Draw(t, "pix")
		img := &image.NRGBA{Pix: pix, Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
		if rapid.Bool().Draw(t, "opaque") {
			for i := 3; i < len(pix); i += 4 {
				pix[i] = 255
			}
		}
		want := imprint.Of(img)
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		copied, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if got := imprint.Of(copied); got != want {
			t.Fatalf("%v after PNG (%T), %v before", got, copied, want)
		}
		wide := image.NewNRGBA(image.Rect(-5, -7, w+11, h+3))
		draw.Draw(wide, img.Rect, img, image.Point{}, draw.Src)
		if got := imprint.Of(wide.SubImage(img.Rect)); got != want {
			t.Fatalf("%v as part of a picture, %v alone", got, want)
		}
	})
}

func TestGreyAndPaletteCopiesHashTheSame(t *testing.T) {
	t.Parallel()
	grey := image.NewGray(image.Rect(0, 0, 300, 200))
	draw.Draw(grey, grey.Rect, page(4, 300, 200), image.Point{}, draw.Src)
	colours := color.Palette{}
	for i := range 256 {
		colours = append(colours, color.Gray{uint8(i)})
	}
	pal, rgb := image.NewPaletted(grey.Rect, colours), image.NewNRGBA(grey.Rect)
	draw.Draw(pal, pal.Rect, grey, image.Point{}, draw.Src)
	draw.Draw(rgb, rgb.Rect, grey, image.Point{}, draw.Src)
	if a, b, c := imprint.Of(grey), imprint.Of(pal), imprint.Of(rgb); a != b || b != c {
		t.Errorf("grey %v, palette %v, RGB %v", a, b, c)
	}
}

func TestBlankAndNearlyEmptyPicturesMatchNothing(t *testing.T) {
	t.Parallel()
	full := imprint.Of(page(1, 1280, 900))
	if !full.Informative {
		t.Fatalf("a page of text has information %.2f", full.Information)
	}
	line := image.NewNRGBA(image.Rect(0, 0, 1280, 900))
	draw.Draw(line, line.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(line, image.Rect(100, 300, 400, 320), image.Black, image.Point{}, draw.Src)
	for name, img := range map[string]image.Image{
		"none": nil, "without area": image.NewNRGBA(image.Rectangle{}), "white": uniform(color.White), "black": uniform(color.Black),
		"grey": uniform(color.Gray{128}), "transparent": uniform(color.Transparent), "one line": line, "one pixel": image.NewNRGBA(image.Rect(0, 0, 1, 1)),
	} {
		i := imprint.Of(img)
		if i.Informative {
			t.Errorf("%s: information %.2f", name, i.Information)
		}
		for _, other := range []imprint.Imprint{i, full} {
			if _, err := imprint.Distance(i, other); !errors.Is(err, imprint.ErrUninformative) {
				t.Errorf("%s was compared: %v", name, err)
			}
		}
	}
	if d, err := imprint.Distance(full, full); err != nil || d != (imprint.Distances{}) {
		t.Errorf("a page differs from itself: %+v, %v", d, err)
	}
}

func uniform(c color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 640, 480))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

// full hands goimagehash the whole picture, as its documentation shows.
func full(img image.Image) imprint.Imprint {
	a, _ := goimagehash.AverageHash(img)
	d, _ := goimagehash.DifferenceHash(img)
	p, _ := goimagehash.PerceptionHash(img)
	w, _ := goimagehash.ExtDifferenceHash(img, 16, 16)
	i := imprint.Imprint{Average: a.GetHash(), Difference: d.GetHash(), Perception: p.GetHash(), Information: 1, Informative: true}
	copy(i.Difference256[:], w.GetHash())
	return i
}

// TestReducingFirstChangesFewBits measures both ways on varied pages and sizes.
// What differs are cells whose neighbours are all but equal, where the two
// rounding steps of the library decide; the bounds stay clear of the distances
// at which copies are matched (10 of 64, 31 of 256).
func TestReducingFirstChangesFewBits(t *testing.T) {
	t.Parallel()
	sizes := []image.Point{{1280, 6000}, {1366, 768}, {390, 844}, {1920, 1080}, {800, 600}, {333, 1111}}
	var worst imprint.Distances
	var sum [4]int
	n := 0
	for seed := range uint64(5) {
		for _, s := range sizes {
			if s.Y > 2000 && seed > 0 {
				continue // large ones take long
			}
			img := page(seed, s.X, s.Y)
			i := imprint.Of(img)
			i.Informative = true // the bits are compared, whatever they mean
			d, err := imprint.Distance(i, full(img))
			if err != nil {
				t.Fatal(err)
			}
			worst.Average, worst.Difference = max(worst.Average, d.Average), max(worst.Difference, d.Difference)
			worst.Perception, worst.Difference256 = max(worst.Perception, d.Perception), max(worst.Difference256, d.Difference256)
			for k, v := range []int{d.Average, d.Difference, d.Perception, d.Difference256} {
				sum[k] += v
			}
			n++
		}
	}
	mean := func(k int) float64 { return float64(sum[k]) / float64(n) }
	t.Logf("%d pictures; mean / worst bits: average %.2f / %d, difference %.2f / %d, perception %.2f / %d of 64; difference %.2f / %d of 256",
		n, mean(0), worst.Average, mean(1), worst.Difference, mean(2), worst.Perception, mean(3), worst.Difference256)
	if worst.Average > 4 || worst.Difference > 7 || worst.Perception > 4 || worst.Difference256 > 20 {
		t.Errorf("too far apart: %+v", worst)
	}
}

// TestInformativePagesThatDifferAreFarApart: the threshold is worth something
// only if what passes it does not match by chance.
func TestInformativePagesThatDifferAreFarApart(t *testing.T) {
	t.Parallel()
	var all []imprint.Imprint
	for seed := range uint64(25) {
		if i := imprint.Of(page(seed, 1280, 800)); i.Informative {
			all = append(all, i)
		}
	}
	near, pairs := 0, 0
	for i := range all {
		for j := range i {
			d, err := imprint.Distance(all[i], all[j])
			if err != nil {
				t.Fatal(err)
			}
			pairs++
			if d.Difference256 <= 31 {
				near++
			}
		}
	}
	t.Logf("%d informative pages, %d of %d pairs within 31 of 256 bits", len(all), near, pairs)
	if len(all) < 20 || near > 0 {
		t.Errorf("%d pages, %d pairs match", len(all), near)
	}
}

func TestAnImprintSurvivesItsText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.Uint64()
		i := imprint.Imprint{Average: u.Draw(t, "a"), Difference: u.Draw(t, "d"), Perception: u.Draw(t, "p"), Information: rapid.Float64Range(0, 1).Draw(t, "i")}
		for k := range i.Difference256 {
			i.Difference256[k] = u.Draw(t, "w")
		}
		i.Informative = i.Information >= imprint.MinInformation
		got, err := imprint.ParseString(i.String())
		if err != nil || got != i {
			t.Fatalf("%v came back as %v, %v", i, got, err)
		}
		if h := i.Hex(); len(h.Average) != 16 || len(h.Difference256) != 64 {
			t.Fatalf("%+v", h)
		}
	})
}

func TestTextThatIsNoImprintIsRefused(t *testing.T) {
	t.Parallel()
	good := imprint.Of(page(1, 300, 200)).String()
	for _, s := range []string{"", "a:b:c:d:e", good + ":", good[1:], "x" + good[1:], good[:len(good)-3] + "NaN", "0:0:0:0:2"} {
		if _, err := imprint.ParseString(s); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
}

func FuzzParseString(f *testing.F) {
	f.Add(imprint.Imprint{}.String())
	f.Fuzz(func(t *testing.T, s string) {
		if i, err := imprint.ParseString(s); err == nil {
			if again, err := imprint.ParseString(i.String()); err != nil || again != i {
				t.Fatalf("%q: %v, %v", s, again, err)
			}
		}
	})
}

func BenchmarkFullPicture(b *testing.B) {
	img := page(1, 1280, 6000)
	for b.Loop() {
		full(img)
	}
}

func BenchmarkReducedFirst(b *testing.B) {
	img := page(1, 1280, 6000)
	for b.Loop() {
		imprint.Of(img)
	}
}
