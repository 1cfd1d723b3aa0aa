package align

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// skin is what a program that shows pages or pictures is painted in.
type skin struct{ bar, ground, ink color.RGBA }

func skins() map[string]skin {
	return map[string]skin{
		"light": {color.RGBA{255, 255, 255, 255}, color.RGBA{222, 225, 230, 255}, color.RGBA{32, 33, 36, 255}},
		"dark":  {color.RGBA{53, 54, 58, 255}, color.RGBA{32, 33, 36, 255}, color.RGBA{232, 234, 237, 255}},
	}
}

// rightOfPanel puts a panel of bookmarks left of a picture, px wide.
func rightOfPanel(a *aligntest.Artist, pic *image.RGBA, px int, s skin) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, pic.Rect.Dx()+px, pic.Rect.Dy()))
	aligntest.Fill(out, out.Rect, s.bar)
	for y, line := range []string{"Bookmarks", "News", "Weather in the valley", "Trains", "Recipes for bread"} {
		a.Text(out, line, 14, 26+25*y, 13, y == 0, s.ink)
	}
	draw.Draw(out, pic.Rect.Add(image.Pt(px, 0)), pic, image.Point{}, draw.Src)
	return out
}

// inMessenger puts a picture into a message, with a header above and a caption below,
// and returns where it lies.
func inMessenger(a *aligntest.Artist, pic *image.RGBA, s skin) (*image.RGBA, image.Rectangle) {
	at := pic.Rect.Add(image.Pt(24, 113))
	out := image.NewRGBA(image.Rect(0, 0, at.Max.X+36, at.Max.Y+77))
	aligntest.Fill(out, out.Rect, s.ground)
	aligntest.Fill(out, image.Rect(0, 0, out.Rect.Max.X, 56), s.bar)
	a.Text(out, "Town watch, 312 members", 90, 34, 15, false, s.ink)
	aligntest.Fill(out, image.Rect(18, 74, at.Max.X+6, at.Max.Y+46), s.bar)
	a.Text(out, "Marta", 32, 98, 15, false, color.RGBA{200, 80, 80, 255})
	a.Text(out, "Look at this, their site is gone!! 14:27", 32, at.Max.Y+28, 15, false, s.ink)
	draw.Draw(out, at, pic, image.Point{}, draw.Src)
	return out, at
}

func TestWhatSurroundsAPageIsNeverTakenForAnAlteration(t *testing.T) {
	t.Parallel()
	a := artist(t)
	for seed := range uint64(*sites) {
		const window, top = 1280, 300
		site := aligntest.NewSite(seed)
		shot := aligntest.Cut(site.Page(a, 1, window, 1800), image.Rect(0, top, window, top+640))
		for name, s := range skins() {
			panel := rightOfPanel(a, shot, 260, s)
			message, _ := inMessenger(a, shot, s)
			for what, pic := range map[string]*image.RGBA{"panel": panel, "messenger": message} {
				for _, width := range []int{pic.Rect.Dx(), window, 1366, 1440} {
					page := site.Page(a, 1, width, 1800)
					if c := Compare(pic, page, place(pic, page), CompareOptions{}); c.State == Altered || c.State == Other {
						t.Errorf("site %d, %s %s against a page %d px wide: %s: %s", seed, name, what, width, c.State, c.Why)
					}
				}
			}
		}
	}
}

func TestAPageThatBeginsInThePictureAndGoesOnBeyondItWasRenderedTooWide(t *testing.T) {
	t.Parallel()
	pic, page := image.NewRGBA(image.Rect(0, 0, 800, 400)), image.NewRGBA(image.Rect(0, 0, 800, 900))
	for name, c := range map[string]struct {
		reg  Registration
		want bool
	}{
		"as wide as its window":           {At(1, 0, -300), false},
		"right of a panel":                {At(1, 150, -300), true},
		"left of a panel":                 {At(1, -150, -300), true},
		"cropped on both sides":           {At(1.4, -150, -300), false},
		"with a border on both sides":     {At(0.9, 40, -300), false},
		"cropped on the left":             {At(1.2, -160, -300), false},
		"a page on which little is moved": {At(1, 6, -300), false},
	} {
		if got := newFrame(pic, page, c.reg).askew(); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
