package align

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// advert paints another picture into the page at r.
func advert(page *image.RGBA, r image.Rectangle, seed uint64) *image.RGBA {
	out := aligntest.Cut(page, page.Rect)
	aligntest.Photo(out, r, rand.New(rand.NewPCG(seed, 6)))
	return out
}

func TestWhatVariesByItselfIsMaskedAndTheRestStillJudged(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(6).Page(a, 1, 1366, 1800)
	slot := image.Rect(900, 500, 1200, 750)
	one, two, three := advert(page, slot, 1), advert(page, slot, 2), advert(page, slot, 3)
	mask, ok := Mask(one, two)
	if !ok || len(mask) == 0 {
		t.Fatalf("two captures that differ in an advert have no mask (ok %v)", ok)
	}
	for _, m := range mask {
		if !m.In(slot.Inset(-2 * TileSize)) {
			t.Errorf("mask %v lies outside the advert %v", m, slot)
		}
	}
	pic := aligntest.Cut(three, image.Rect(0, 200, 1366, 968))
	reg := place(pic, one)
	if c := Compare(pic, one, reg, CompareOptions{}); c.State != Altered {
		t.Errorf("without the mask: %s (%s), want altered", c.State, c.Why)
	}
	c := Compare(pic, one, reg, CompareOptions{IgnorePage: mask})
	if c.State != Same || c.Masked == 0 {
		t.Errorf("with the mask: %s (%s), %d tiles masked", c.State, c.Why, c.Masked)
	}
	aligntest.Deface(a, pic, image.Rect(200, 400, 800, 700), 1)
	if c := Compare(pic, one, reg, CompareOptions{IgnorePage: mask}); c.State != Altered {
		t.Errorf("defaced beside the mask: %s (%s), want altered", c.State, c.Why)
	}
}

func TestAMaskSurvivesABannerThatMovedThePageDown(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(6).Page(a, 1, 1366, 1500)
	moved := image.NewRGBA(image.Rect(0, 0, 1366, 1570))
	aligntest.Fill(moved, image.Rect(0, 0, 1366, 70), color.RGBA{250, 220, 120, 255})
	copy(moved.Pix[moved.PixOffset(0, 70):], page.Pix)
	mask, ok := Mask(page, moved)
	if !ok || len(mask) > 5 {
		t.Errorf("ok %v, %d masked regions, want nearly none: the page only moved", ok, len(mask))
	}
}

func TestCapturesOfDifferentPagesHaveNoMask(t *testing.T) {
	t.Parallel()
	a := artist(t)
	one, two := aligntest.NewSite(6).Page(a, 1, 1366, 1500), aligntest.NewSite(7).Page(a, 1, 1366, 1500)
	if mask, ok := Mask(one, two); ok {
		t.Errorf("got a mask of %d regions", len(mask))
	}
}

func TestAPageMostlyMaskedIsUninformative(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(6).Page(a, 1, 1366, 900)
	o := CompareOptions{IgnorePicture: []image.Rectangle{image.Rect(0, 0, 1366, 700)}}
	if c := Compare(page, page, At(1, 0, 0), o); c.State != Uninformative {
		t.Errorf("%s (%s)", c.State, c.Why)
	}
}
