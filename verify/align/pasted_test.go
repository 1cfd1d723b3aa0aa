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
