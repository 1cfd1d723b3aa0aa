package align

import (
	"image"
	"image/color"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestALineOfAPixelAlongTheEdgeIsNoAlteration(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(3).Page(a, 2, 1200, 2000)
	view := image.Rect(0, 300, 1200, 900)
	size := view.Size()
	for name, line := range map[string]image.Rectangle{
		"below":     image.Rect(0, size.Y-1, size.X, size.Y),
		"above":     image.Rect(0, 0, size.X, 1),
		"left":      image.Rect(0, 0, 1, size.Y),
		"right":     image.Rect(size.X-1, 0, size.X, size.Y),
		"two pixel": image.Rect(0, size.Y-2, size.X, size.Y),
	} {
		for where, page := range map[string]*image.RGBA{"within the page": page, "at its end": aligntest.Cut(page, image.Rect(0, 0, 1200, 900))} {
			aligntest.Fill(page, image.Rect(0, 800, 1200, 900), color.RGBA{255, 255, 255, 255})
			pic := aligntest.Cut(page, view)
			aligntest.Fill(pic, line, color.RGBA{40, 44, 52, 255})
			if c := Compare(pic, page, At(1, 0, -300), CompareOptions{}); c.State != Same {
				t.Errorf("%s, %s: %s: %s, regions %v", name, where, c.State, c.Why, c.Regions)
			}
		}
	}
}

func TestWordsAlongTheEdgeAreSeen(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(3).Page(a, 2, 1200, 2000)
	pic := aligntest.Cut(page, image.Rect(0, 300, 1200, 900))
	bar := image.Rect(0, 574, 1200, 600)
	aligntest.Fill(pic, bar, color.RGBA{0, 0, 0, 255})
	a.Text(pic, "owned by nobody in particular", 300, 592, 14, true, color.RGBA{0, 255, 0, 255})
	c := Compare(pic, page, At(1, 0, -300), CompareOptions{})
	if c.State == Same && !c.Legible {
		t.Errorf("a bar with words at the lower edge: %s: %s", c.State, c.Why)
	}
}
