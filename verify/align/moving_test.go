package align

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestWhatTimeDrawsIsNoAlteration(t *testing.T) {
	t.Parallel()
	a := artist(t)
	for seed := uint64(1); seed <= 4; seed++ {
		page := aligntest.NewSite(seed).Page(a, 1, windowWidth, windowHeight)
		chart := image.Rect(500, 250, 1000, 600)
		aligntest.Fill(page, chart, color.White)
		pic, later := aligntest.Cut(page, page.Rect), aligntest.Cut(page, page.Rect)
		for x := 0; x < 480; x++ {
			y := int(150 * math.Sin(float64(x)/100))
			aligntest.Fill(pic, image.Rect(510+x, 420-y, 512+x, 424-y), color.RGBA{40, 60, 200, 255})
			aligntest.Fill(later, image.Rect(510+x, 420-y*2/3, 512+x, 424-y*2/3), color.RGBA{40, 60, 200, 255})
		}
		if c := Compare(pic, later, At(1, 0, 0), CompareOptions{}); c.State == Altered {
			t.Errorf("site %d, a chart half drawn: %s (%s)", seed, c.State, c.Why)
		}
		menu := aligntest.Cut(page, page.Rect)
		aligntest.Fill(menu, image.Rect(0, 0, windowWidth, 80), menu.RGBAAt(2, 2))
		bare := aligntest.Cut(menu, menu.Rect)
		a.Text(menu, "Home   About us   Sample post   Contact", 700, 45, 18, true, contrast(menu.RGBAAt(2, 2)))
		if c := Compare(menu, bare, At(1, 0, 0), CompareOptions{}); c.State == Altered {
			t.Errorf("site %d, a menu that came: %s (%s)", seed, c.State, c.Why)
		}
	}
}

func contrast(c color.RGBA) color.Color {
	if int(c.R)+int(c.G)+int(c.B) > 380 {
		return color.Black
	}
	return color.White
}
