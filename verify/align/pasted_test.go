package align

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// window cuts the first window out of a page.
func window(page *image.RGBA) *image.RGBA {
	return aligntest.Cut(page, image.Rect(0, 0, windowWidth, windowHeight))
}

func TestABlockOverHalfOfThePictureIsSeenByWhatItCutsThrough(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(10).Page(a, 1, windowWidth, 1600)
	pic := window(page)
	block := image.Rect(200, 110, 1166, 653)
	aligntest.Deface(a, pic, block, 3)
	c := Compare(recompressed(t, pic, 75), page, place(pic, page), CompareOptions{})
	if c.State != Altered || overlap(c.Regions[0], block) < 0.9 {
		t.Errorf("%s (%s), regions %v", c.State, c.Why, c.Regions)
	}
}

func TestPagesThatShareAPhotographUnderAMenuAreNotAlteredFromEachOther(t *testing.T) {
	t.Parallel()
	a := artist(t)
	for seed := range uint64(*sites) {
		page := func(n uint64, hero uint64) *image.RGBA {
			p := aligntest.NewSite(seed).Page(a, n, windowWidth, 1600)
			aligntest.Photo(p, image.Rect(0, aligntest.HeaderHeight, windowWidth, 360), rand.New(rand.NewPCG(hero, 1)))
			// A menu right above the photograph and another title within it.
			for x := 20; x < windowWidth-120; x += 110 {
				a.Text(p, "Department", x, aligntest.HeaderHeight-8, 15, true, color.Black)
			}
			aligntest.Fill(p, image.Rect(400, 180, 960, 280), color.RGBA{20, 20, 30, 255})
			a.Text(p, aligntest.Words(rand.New(rand.NewPCG(n, 2)), 3), 430, 245, 40, true, color.White)
			return p
		}
		shown := page(1, 1)
		for name, other := range map[string]*image.RGBA{"same photograph": page(2, 1), "another photograph": page(2, 2)} {
			pic := window(other)
			if c := Compare(pic, shown, place(pic, shown), CompareOptions{}); c.State == Same || c.State == Altered {
				t.Errorf("site %d, %s: %s: %s", seed, name, c.State, c.Why)
			}
		}
	}
}

func TestAlongTheEdgesAPageIsProvedByWhatIsNotFurniture(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(1).Page(a, 1, windowWidth, windowHeight)
	pic := window(page)
	// A box that follows the column and cuts through nothing, and text on both sides.
	box := image.Rect(300, 130, 1080, 640)
	for _, img := range []*image.RGBA{page, pic} {
		aligntest.Fill(img, image.Rect(0, aligntest.HeaderHeight, windowWidth, 650), color.White)
		for y := 150; y < 640; y += 24 {
			a.Text(img, aligntest.Words(rand.New(rand.NewPCG(uint64(y), 1)), 4), 20, y, 15, false, color.Black)
			a.Text(img, aligntest.Words(rand.New(rand.NewPCG(uint64(y), 2)), 4), 1110, y, 15, false, color.Black)
			a.Text(img, aligntest.Words(rand.New(rand.NewPCG(uint64(y), 3)), 9), 330, y, 15, false, color.Black)
		}
	}
	aligntest.Deface(a, pic, box, 4)
	reg := At(1, 0, 0)
	header := image.Rect(0, 0, windowWidth, aligntest.HeaderHeight)
	all := page.Rect
	for _, c := range []struct {
		name      string
		furniture []image.Rectangle
		want      State
	}{{"unknown", nil, Uninformative}, {"header", []image.Rectangle{header}, Altered}, {"all", []image.Rectangle{all}, Uninformative}} {
		if got := Compare(pic, page, reg, CompareOptions{Furniture: c.furniture}); got.State != c.want {
			t.Errorf("furniture %s: %s (%s), want %s", c.name, got.State, got.Why, c.want)
		} else if got.OtherOrAltered != (c.want == Uninformative) {
			t.Errorf("furniture %s: shows something else either way: %v (%s)", c.name, got.OtherOrAltered, got.Why)
		}
	}
}
