package align

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// bordered is a screen with a monitor's border on which the camera's picture is
// made as well.
func bordered(shot *image.RGBA) *image.RGBA {
	edge := shot.Rect.Dx() / 40
	out := image.NewRGBA(image.Rect(0, 0, shot.Rect.Dx()+2*edge, shot.Rect.Dy()+2*edge))
	aligntest.Fill(out, out.Rect, color.RGBA{38, 36, 35, 255})
	for y := range shot.Rect.Dy() {
		copy(out.Pix[out.PixOffset(edge, edge+y):], shot.Pix[y*shot.Stride:][:4*shot.Rect.Dx()])
	}
	return out
}

func TestTheWidthOfAPhotographedWindowIsReadFromTheScreensEdges(t *testing.T) {
	t.Parallel()
	a := artist(t)
	read, located := 0, 0
	for _, width := range []int{1536, 1920} {
		for site := range uint64(3) {
			s := aligntest.NewSite(site)
			shot := aligntest.Cut(s.Page(a, 1, width, width*9/16), image.Rect(0, 0, width, width*9/16))
			img, _ := aligntest.Photograph(bordered(shot), rand.New(rand.NewPCG(site, uint64(width))), 0.04)
			pic := recompressed(t, img, 80)
			page := s.Page(a, 1, windowWidth, 1600)
			reg := place(pic, page)
			if !reg.Located {
				continue
			}
			located++
			if reg.Homography == nil {
				t.Errorf("site %d at %d: located as a screenshot", site, width)
				continue
			}
			got := WidthsOfPhotograph(Luma(pic), reg, page.Rect.Size(), windowWidth)
			if len(got) > MaxWidths {
				t.Errorf("%d widths", len(got))
			}
			for _, w := range got {
				if w == width {
					read++
				}
			}
		}
	}
	t.Logf("%d of 6 located in a narrower rendering, the width read in %d", located, read)
	if located < 4 || read*10 < located*7 {
		t.Errorf("the width was read in %d of %d, want 70 %%", read, located)
	}
}

func TestWhatAPhotographShowsBesideANarrowerPageIsNotPassedOver(t *testing.T) {
	t.Parallel()
	a := artist(t)
	const width, height = 1920, 1080
	for site := range uint64(3) {
		s := aligntest.NewSite(site)
		shot := aligntest.Cut(s.Page(a, 1, width, height), image.Rect(0, 0, width, height))
		for y := 100; y < height-120; y += 30 { // beside a page laid out for windowWidth, at its left or in its middle
			a.Text(shot, aligntest.Words(rand.New(rand.NewPCG(site, uint64(y))), 3), width-265, y, 20, true, color.Black)
		}
		img, _ := aligntest.Photograph(bordered(shot), rand.New(rand.NewPCG(site, 7)), 0.03)
		pic := recompressed(t, img, 80)
		page := s.Page(a, 1, windowWidth, 1600)
		c := Compare(pic, page, place(pic, page), CompareOptions{})
		t.Logf("site %d: %s: %s", site, c.State, c.Why)
		if c.State == Same {
			t.Errorf("site %d: same, with text beside the page: %s", site, c.Why)
		}
	}
}

func TestARegistrationMovesWithItsPicture(t *testing.T) {
	t.Parallel()
	r := At(1.5, 10, 20)
	r.Homography = &Homography{1.5, 0.1, 10, 0.05, 1.5, 20, 1e-4, 2e-4, 1}
	x, y, _ := r.Homography.Apply(300, 200)
	m := r.Moved(-7, 30)
	gotX, gotY, _ := m.Homography.Apply(300, 200)
	if d := max(gotX-x+7, x-7-gotX, gotY-y-30, y+30-gotY); d > 1e-9 {
		t.Errorf("the homography is off by %g", d)
	}
	if m.OffsetX != 3 || m.OffsetY != 50 || m.Groups[0].OffsetX != 3 || r.Groups[0].OffsetX != 10 {
		t.Errorf("moved to %g, %g, group to %g; the first's group is at %g", m.OffsetX, m.OffsetY, m.Groups[0].OffsetX, r.Groups[0].OffsetX)
	}
}

func TestAPhotographThatIsNotFoundSaysNothing(t *testing.T) {
	t.Parallel()
	a := artist(t)
	img, _ := aligntest.Photograph(window(aligntest.NewSite(1).Page(a, 1, windowWidth, 900)), rand.New(rand.NewPCG(5, 5)), 0.04)
	page := aligntest.NewSite(6).Page(a, 1, windowWidth, 900)
	pic := recompressed(t, img, 80)
	reg := place(pic, page)
	c := Compare(pic, page, reg, CompareOptions{})
	if reg.Located || !reg.Photograph || c.State != Uninformative {
		t.Errorf("located %v, photograph %v, %s: %s", reg.Located, reg.Photograph, c.State, c.Why)
	}
}
