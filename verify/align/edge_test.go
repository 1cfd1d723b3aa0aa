package align

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestARedLineOfTheGroundsBrightnessIsSeen(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(1).Page(a, 1, 800, 900)
	teal := color.RGBA{51, 79, 79, 255} // luma 70.7; pure red has 76
	aligntest.Fill(page, image.Rect(0, 400, 800, 600), teal)
	pic := aligntest.Cut(page, page.Rect)
	a.Text(pic, "hacked by somebody, greetings to all", 200, 500, 28, true, color.RGBA{250, 0, 0, 255})
	c := Compare(pic, page, At(1, 0, 0), CompareOptions{})
	if c.State == Same || len(c.Regions) == 0 || !c.Regions[0].Overlaps(image.Rect(200, 470, 700, 510)) {
		t.Errorf("state %s, regions %v: the red line was not seen", c.State, c.Regions)
	}
}

func TestAPictureOfASparsePageIsTheSameInAnotherWindow(t *testing.T) {
	t.Parallel()
	a := artist(t)
	same := 0
	const pages = 6
	for seed := range uint64(pages) {
		page := aligntest.Defacement(a, seed, 1366, 768)
		rng := rand.New(rand.NewPCG(seed, 5))
		// A smaller window cuts the black on all sides, and a messenger resizes.
		cut := aligntest.Cut(page, image.Rect(120, 40, 1300, 700))
		pic, err := aligntest.Recompress(aligntest.Resize(cut, 0.7+rng.Float64()), 75)
		if err != nil {
			t.Fatal(err)
		}
		c := Compare(pic, page, place(pic, page), CompareOptions{})
		if c.State == Altered || c.State == Other {
			t.Errorf("seed %d: %s: %s", seed, c.State, c.Why)
		}
		if c.State == Same {
			same++
		}
	}
	if same < pages-1 {
		t.Errorf("%d of %d sparse pages were recognised, want at least %d", same, pages, pages-1)
	}
}

func TestOneSparsePageIsNeverTakenForAnother(t *testing.T) {
	t.Parallel()
	a := artist(t)
	const n = 6
	var pages [n]*image.RGBA
	var pics, captures [n]*Features
	for i := range pages {
		pages[i] = aligntest.Defacement(a, uint64(i), 1366, 768)
		pics[i], captures[i] = Describe(Luma(pages[i]), Options{}), Describe(Luma(pages[i]), Options{Page: true})
	}
	for i := range pages {
		for k := range pages {
			if i == k {
				continue
			}
			if c := Compare(pages[i], pages[k], Register(pics[i], captures[k]), CompareOptions{}); c.State == Same || c.State == Altered {
				t.Errorf("defacement %d in %d is %s: %s", i, k, c.State, c.Why)
			}
		}
	}
}

func TestPicturesWithNothingToGoByAreUninformative(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(3).Page(a, 1, 1366, 1600)
	plain := func(w, h int, c color.Color) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		aligntest.Fill(img, img.Rect, c)
		return img
	}
	shaded := plain(900, 600, color.White)
	for y := range 600 {
		aligntest.Fill(shaded, image.Rect(0, y, 900, y+1), color.Gray{uint8(y / 4)})
	}
	for name, pic := range map[string]image.Image{
		"white":        plain(1366, 768, color.White),
		"black":        plain(1366, 768, color.Black),
		"one row":      aligntest.Cut(page, image.Rect(0, 300, 1366, 301)),
		"one column":   aligntest.Cut(page, image.Rect(300, 0, 301, 700)),
		"one pixel":    plain(1, 1, color.White),
		"no pixel":     image.NewRGBA(image.Rect(0, 0, 0, 0)),
		"a few rows":   aligntest.Cut(page, image.Rect(0, 300, 1366, 320)),
		"transparent":  image.NewNRGBA(image.Rect(0, 0, 500, 500)),
		"even shading": shaded,
	} {
		reg := place(pic, page)
		if c := Compare(pic, page, reg, CompareOptions{}); reg.Located || c.State != Uninformative {
			t.Errorf("%s: located %v, state %s (%s)", name, reg.Located, c.State, c.Why)
		}
		back := place(page, pic)
		if c := Compare(page, pic, back, CompareOptions{}); back.Located || c.State != Uninformative {
			t.Errorf("page in %s: located %v, state %s (%s)", name, back.Located, c.State, c.Why)
		}
		Compare(pic, page, At(1, 0, 0), CompareOptions{})
		Compare(page, pic, At(1, 0, 0), CompareOptions{})
		Mask(pic, page)
		Warp(page, At(2, 10, 10), pic.Bounds())
	}
}

func TestABackgroundThatRepeatsIsNotLocated(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := image.NewRGBA(image.Rect(0, 0, 1366, 3000))
	tile := aligntest.NewSite(2).Page(a, 1, 480, 400)
	for y := 0; y < 3000; y += 400 {
		for x := 0; x < 1366; x += 480 {
			for row := range min(400, 3000-y) {
				w := min(480, 1366-x)
				copy(page.Pix[page.PixOffset(x, y+row):][:4*w], tile.Pix[tile.PixOffset(0, row):][:4*w])
			}
		}
	}
	pic := aligntest.Cut(page, image.Rect(480, 800, 1366, 1600))
	reg := place(pic, page)
	if c := Compare(pic, page, reg, CompareOptions{}); reg.Located || c.State != Uninformative {
		t.Errorf("located %v with confidence %.2f, state %s (%s)", reg.Located, reg.Confidence, c.State, c.Why)
	}
}

func TestAPictureFullOfTilesIsNeverAnotherPage(t *testing.T) {
	t.Parallel()
	pic := papered(1200, 700)
	page := aligntest.NewSite(5).Page(artist(t), 1, 1366, 2400)
	reg := place(pic, page)
	if c := Compare(pic, page, reg, CompareOptions{}); reg.Located || c.State != Uninformative {
		t.Errorf("located %v, state %s (%s)", reg.Located, c.State, c.Why)
	}
	if text := aligntest.NewSite(6).Page(artist(t), 1, 1366, 2400); Describe(Luma(text), Options{}).repeats() {
		t.Error("a page of text is taken for tiles")
	}
}

// papered is covered with one tile.
func papered(width, height int) *image.RGBA {
	rng := rand.New(rand.NewPCG(7, 7))
	tile := image.NewRGBA(image.Rect(0, 0, 72, 56))
	for range 14 {
		x, y, w := rng.IntN(60), rng.IntN(44), 4+rng.IntN(10)
		c := color.RGBA{uint8(rng.IntN(200)), uint8(rng.IntN(200)), uint8(rng.IntN(200)), 255}
		draw.Draw(tile, image.Rect(x, y, x+w, y+4+rng.IntN(10)), image.NewUniform(c), image.Point{}, draw.Src)
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			out.SetRGBA(x, y, tile.RGBAAt(x%72, y%56))
		}
	}
	return out
}

// The copies in a reduced picture are no copies to the bit, as those in the page are.
func TestAPageFullOfTilesMakesNoPictureAnother(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := papered(1366, 2600)
	aligntest.Fill(page, image.Rect(380, 70, 990, 330), color.White)
	a.Text(page, "A wall of tiles", 404, 140, 32, true, color.Black)
	for i, line := range []string{"The pottery behind the mill burns a tile that has not changed",
		"since the kiln was built. This page is papered with it, so that", "every part of the wall looks like every other."} {
		a.Text(page, line, 404, 190+26*i, 17, false, color.Black)
	}
	for name, pic := range map[string]*image.RGBA{
		"another page":         aligntest.NewSite(5).Page(a, 1, 1366, 768),
		"scrolled and reduced": aligntest.Resize(aligntest.Cut(page, image.Rect(0, 900, 1366, 1668)), 0.61),
	} {
		reg := place(pic, page)
		if c := Compare(pic, page, reg, CompareOptions{}); reg.Located || c.State != Uninformative {
			t.Errorf("%s: located %v, state %s (%s)", name, reg.Located, c.State, c.Why)
		}
	}
}

func TestAPictureLargerThanThePageIsLocatedButNotCalledTheSame(t *testing.T) {
	t.Parallel()
	a := artist(t)
	whole := aligntest.NewSite(4).Page(a, 1, 1366, 2400)
	capture := aligntest.Cut(whole, image.Rect(0, 0, 1366, 900))
	reg := place(whole, capture)
	c := Compare(whole, capture, reg, CompareOptions{})
	if !reg.Located || math.Abs(reg.OffsetY) > 1 || math.Abs(c.Covered-900.0/2400) > 0.03 {
		t.Errorf("located %v at %.1f, covered %.2f", reg.Located, reg.OffsetY, c.Covered)
	}
	if c.State != Uninformative {
		t.Errorf("state %s (%s): three fifths of the picture were not compared with anything", c.State, c.Why)
	}
}
