package align

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// A message along one side of the screen takes away what would be compared there, and must
// not be passed over as if the window ended before it.
func TestAMessageAlongASideOfAPhotographedScreenIsNotPassedOver(t *testing.T) {
	t.Parallel()
	a := artist(t)
	const w, h = windowWidth, windowHeight
	papers := map[string][2]color.Color{
		"white": {color.RGBA{250, 250, 250, 255}, color.RGBA{170, 0, 0, 255}},
		"dark":  {color.RGBA{24, 8, 40, 255}, color.RGBA{210, 180, 250, 255}},
	}
	sides := map[string]image.Rectangle{
		"right":  image.Rect(w*7/10, 0, w, h),
		"left":   image.Rect(0, 0, w*3/10, h),
		"bottom": image.Rect(0, h*65/100, w, h),
		"top":    image.Rect(0, 0, w, h*35/100),
	}
	states := map[State]int{}
	page := aligntest.NewSite(1).Page(a, 1, w, 2400)
	seen := Describe(Luma(page), Options{Page: true})
	for side, r := range sides {
		for paper, c := range papers {
			shot := aligntest.Cut(page, image.Rect(0, 700, w, 700+h))
			aligntest.Fill(shot, r, c[0])
			at := r.Min.Add(r.Max).Div(2)
			a.Text(shot, "We were here", at.X-150, at.Y-20, 44, true, c[1])
			a.Text(shot, "greetings to all who fly", at.X-150, at.Y+24, 20, false, c[1])
			img, _ := aligntest.Photograph(bordered(shot), rand.New(rand.NewPCG(1, 11)), 0.03)
			pic := recompressed(t, img, 80)
			got := Compare(pic, page, Register(Describe(Luma(pic), Options{}), seen), CompareOptions{})
			states[got.State]++
			if got.State == Same {
				t.Errorf("%s, at the %s: %s: %s", paper, side, got.State, got.Why)
			}
		}
	}
	t.Log(states)
}
