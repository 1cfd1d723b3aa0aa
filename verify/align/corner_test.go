package align

import (
	"image"
	"image/color"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestAButtonInALowerCornerIsNoAlteration(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(3).Page(a, 1, 1366, 2400)
	for name, c := range map[string]struct {
		at   image.Rectangle
		want State
	}{
		"in the lower right corner": {image.Rect(1366-100, 768-100, 1366-30, 768-30), Uninformative},
		"in the lower left corner":  {image.Rect(30, 768-100, 100, 768-30), Uninformative},
		"in the middle":             {image.Rect(500, 300, 860, 500), Altered},
	} {
		pic := aligntest.Cut(page, image.Rect(0, 0, 1366, 768))
		aligntest.Fill(pic, c.at, color.RGBA{20, 20, 90, 255})
		a.Text(pic, "up", c.at.Min.X+20, c.at.Min.Y+30, 24, true, color.White)
		got := Compare(pic, page, place(pic, page), CompareOptions{})
		if got.State != c.want {
			t.Errorf("%s: %s: %s; regions %v", name, got.State, got.Why, got.Regions)
		}
	}
}

func TestAMousePointerOverThePageIsNoAlteration(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(3).Page(a, 1, 1366, 2400)
	for name, c := range map[string]struct {
		from, to image.Point
		want     State
	}{
		"a pointer":          {image.Pt(640, 330), image.Pt(664, 366), Uninformative},
		"a line of its size": {image.Pt(640, 330), image.Pt(900, 360), Altered},
	} {
		pic := aligntest.Cut(page, image.Rect(0, 0, 1366, 768))
		aligntest.Fill(pic, image.Rectangle{c.from, c.to}, color.RGBA{10, 10, 10, 255})
		aligntest.Fill(pic, image.Rectangle{c.from, c.to}.Inset(4), color.RGBA{240, 240, 240, 255})
		if got := Compare(pic, page, place(pic, page), CompareOptions{}); got.State != c.want {
			t.Errorf("%s: %s: %s; regions %v", name, got.State, got.Why, got.Regions)
		}
	}
}

func TestABarOverTheUpperEdgeOfAScrolledPageIsDoubted(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(3).Page(a, 1, 1366, 2400)
	shot := aligntest.Cut(page, image.Rect(0, 700, 1366, 1468))
	pic := aligntest.Cut(shot, shot.Bounds())
	aligntest.Fill(pic, image.Rect(0, 0, 1366, 90), color.RGBA{20, 30, 60, 255})
	a.Text(pic, "Somebody's messages", 60, 50, 24, true, color.White)
	if c := Compare(pic, shot, At(1, 0, 0), CompareOptions{GoesOn: true, GoesUp: true}); c.State != Uninformative {
		t.Errorf("where the page goes on above: %s: %s", c.State, c.Why)
	}
	if c := Compare(pic, shot, At(1, 0, 0), CompareOptions{GoesOn: true}); c.State != Altered {
		t.Errorf("where it begins: %s: %s", c.State, c.Why)
	}
}
