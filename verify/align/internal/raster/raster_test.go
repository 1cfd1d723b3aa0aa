package raster

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

// noise is a plane of random levels, the same for the same seed.
func noise(w, h int, seed uint64) *image.Gray {
	rng := rand.New(rand.NewPCG(seed, 1))
	g := image.NewGray(image.Rect(0, 0, w, h))
	for i := range g.Pix {
		g.Pix[i] = uint8(rng.IntN(256))
	}
	return g
}

func TestLumaIsTheSameByEveryRoad(t *testing.T) {
	t.Parallel()
	r := image.Rect(3, 5, 40, 33)
	rgba, nrgba, deep := image.NewRGBA(r), image.NewNRGBA(r), image.NewRGBA64(r)
	rng := rand.New(rand.NewPCG(1, 1))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := color.RGBA{uint8(rng.IntN(256)), uint8(rng.IntN(256)), uint8(rng.IntN(256)), 255}
			rgba.Set(x, y, c)
			nrgba.Set(x, y, c)
			deep.Set(x, y, c)
		}
	}
	want := Luma(rgba)
	for name, img := range map[string]image.Image{"NRGBA": nrgba, "RGBA64": deep} {
		got := Luma(img)
		if got.Rect != image.Rect(0, 0, 37, 28) {
			t.Fatalf("%s: bounds %v", name, got.Rect)
		}
		for i := range want.Pix {
			if got.Pix[i] != want.Pix[i] {
				t.Fatalf("%s: pixel %d is %d, want %d", name, i, got.Pix[i], want.Pix[i])
			}
		}
	}
	sub := Luma(rgba.SubImage(image.Rect(10, 10, 20, 20)))
	if sub.GrayAt(2, 3) != want.GrayAt(10+2-3, 10+3-5) {
		t.Error("a part of a picture is read from the wrong place")
	}
}

func TestTransparentPixelsAreWhite(t *testing.T) {
	t.Parallel()
	if v := Luma(image.NewNRGBA(image.Rect(0, 0, 2, 2))).Pix[0]; v != 255 {
		t.Errorf("got %d", v)
	}
}

func TestEqualColoursKeepTheirLevelThroughEveryStep(t *testing.T) {
	t.Parallel()
	for _, level := range []uint8{0, 1, 37, 128, 254, 255} {
		g := image.NewGray(image.Rect(0, 0, 61, 47))
		for i := range g.Pix {
			g.Pix[i] = level
		}
		boxed := image.NewGray(g.Rect)
		Box5(boxed, g)
		for name, out := range map[string]*image.Gray{
			"Half": Half(g), "Reduce": Reduce(g, math.Sqrt2), "Soften": Soften(g),
			"Place": Luma(Place(Flatten(g), 0.77, 0, 0, image.Pt(40, 30))), "Box5": boxed,
		} {
			if got := out.GrayAt(9, 9).Y; got != level {
				t.Errorf("%s: %d became %d", name, level, got)
			}
		}
	}
}

func TestReduceKeepsPointsWhereTheyBelong(t *testing.T) {
	t.Parallel()
	g := image.NewGray(image.Rect(0, 0, 200, 200))
	for y := 117; y < 123; y++ {
		for x := 57; x < 63; x++ {
			g.SetGray(x, y, color.Gray{255})
		}
	}
	for _, factor := range []float64{1, 1.19, 1.41, 1.68, 2} {
		x, y := centre(Reduce(g, factor))
		if math.Abs(x-60/factor) > 0.05 || math.Abs(y-120/factor) > 0.05 {
			t.Errorf("factor %g: the spot is at %.2f, %.2f, want %.2f, %.2f", factor, x, y, 60/factor, 120/factor)
		}
	}
	if x, y := centre(Half(g)); math.Abs(x-30) > 0.01 || math.Abs(y-60) > 0.01 {
		t.Errorf("half: the spot is at %.2f, %.2f", x, y)
	}
}

// centre is the brightness-weighted mean position, pixel centres at .5.
func centre(g *image.Gray) (x, y float64) {
	sum := 0.0
	for j := range g.Rect.Dy() {
		for i := range g.Rect.Dx() {
			v := float64(g.GrayAt(i, j).Y)
			x, y, sum = x+v*(float64(i)+.5), y+v*(float64(j)+.5), sum+v
		}
	}
	return x / sum, y / sum
}

func TestPlacePutsPointsWhereItSays(t *testing.T) {
	t.Parallel()
	src := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for y := 38; y < 42; y++ {
		for x := 58; x < 62; x++ {
			src.SetRGBA(x, y, color.RGBA{255, 255, 255, 255})
		}
	}
	for i := 3; i < len(src.Pix); i += 4 {
		src.Pix[i] = 255
	}
	for _, s := range []float64{0.4, 0.73, 1, 1.6, 2.5} {
		out := Place(src, s, 3.3, -2.7, image.Pt(300, 300))
		g := image.NewGray(out.Rect)
		for i := range g.Pix {
			g.Pix[i] = out.Pix[4*i]
		}
		x, y := centre(g)
		if math.Abs(x-(60*s+3.3)) > 0.1 || math.Abs(y-(40*s-2.7)) > 0.1 {
			t.Errorf("scale %g: the spot is at %.2f, %.2f, want %.2f, %.2f", s, x, y, 60*s+3.3, 40*s-2.7)
		}
	}
}

func TestNothingPanicsOnTinyPictures(t *testing.T) {
	t.Parallel()
	for w := range 7 {
		for h := range 7 {
			g := noise(w, h, 1)
			Half(g)
			Soften(g)
			Reduce(g, 1.3)
			Box5(image.NewGray(g.Rect), g)
			p := Place(Flatten(g), 0.3, 1, 1, image.Pt(h, w))
			Extend(p, image.Rect(1, 1, 2, 2))
			Place(Flatten(g), 7, -20, 3, image.Pt(5, 5))
		}
	}
}

func TestExtendRepeatsTheEdge(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 9, 9))
	for y := 3; y < 6; y++ {
		for x := 3; x < 6; x++ {
			img.SetRGBA(x, y, color.RGBA{uint8(10 * x), uint8(10 * y), 0, 255})
		}
	}
	Extend(img, image.Rect(3, 3, 6, 6))
	for p, want := range map[image.Point]color.RGBA{
		{X: 0, Y: 0}: {30, 30, 0, 255}, {X: 8, Y: 8}: {50, 50, 0, 255}, {X: 8, Y: 4}: {50, 40, 0, 255}, {X: 4, Y: 0}: {40, 30, 0, 255},
	} {
		if got := img.RGBAAt(p.X, p.Y); got != want {
			t.Errorf("%v is %v, want %v", p, got, want)
		}
	}
}

func TestTintTellsRedFromTealOfItsBrightness(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 3, 1))
	copy(img.Pix, []uint8{255, 0, 0, 255, 51, 79, 79, 255, 90, 90, 90, 255})
	got := Tint(img)
	if got.Pix[0] < 250 || got.Pix[1] > 120 || got.Pix[2] != 128 {
		t.Errorf("red %d, teal %d, grey %d", got.Pix[0], got.Pix[1], got.Pix[2])
	}
}
