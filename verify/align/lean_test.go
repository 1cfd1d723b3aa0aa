package align

import (
	"image"
	"testing"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestAPictureThatIsStretchedOrTurnedLeans(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(2).Page(a, 1, 1366, 2400)
	shot := aligntest.Cut(page, image.Rect(0, 500, 1366, 1268))
	altered := aligntest.Cut(shot, shot.Rect)
	aligntest.Deface(a, altered, image.Rect(300, 200, 900, 520), 3)
	wider := image.NewRGBA(image.Rect(0, 0, 1374, 768)) // one part in 170
	draw.CatmullRom.Scale(wider, wider.Rect, altered, altered.Rect, draw.Src, nil)
	turned := image.NewRGBA(shot.Rect)
	for x := range 1366 { // a third of a degree
		draw.Draw(turned, image.Rect(x, 0, x+1, 768), altered, image.Pt(x, max(0, 4-x*8/1366)), draw.Src)
	}
	for name, c := range map[string]struct {
		pic   image.Image
		leans bool
		want  State
	}{
		"as it was":    {shot, false, Same},
		"reduced":      {aligntest.Resize(altered, 0.62), false, Altered},
		"recompressed": {recompressed(t, altered, 60), false, Altered},
		"stretched":    {wider, true, Uninformative},
		"turned":       {turned, true, Uninformative},
	} {
		reg := place(c.pic, page)
		got := Compare(c.pic, page, reg, CompareOptions{})
		if !reg.Located || reg.lean > maxLean != c.leans || got.State != c.want {
			t.Errorf("%s: located %v, lean %.2f, %s: %s", name, reg.Located, reg.lean, got.State, got.Why)
		}
	}
}
