package align

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// outlinedOn places a picture on a page and outlines the page's window.
func outlinedOn(pic, page image.Image) (Outline, bool) {
	reg := place(pic, page)
	c := Compare(pic, page, reg, CompareOptions{})
	return OutlineOf(Luma(pic), reg, page.Bounds().Size(), 1, c)
}

// off is how far the worst side of one rectangle lies from the other's.
func off(a, b image.Rectangle) int {
	worst := 0
	for _, d := range []int{a.Min.X - b.Min.X, a.Min.Y - b.Min.Y, a.Max.X - b.Max.X, a.Max.Y - b.Max.Y} {
		worst = max(worst, d, -d)
	}
	return worst
}

func TestAPagesWindowIsOutlinedBesideAPanelAndInAMessage(t *testing.T) {
	t.Parallel()
	a := artist(t)
	const window, top = 1280, 300
	found, of := 0, 0
	for seed := range uint64(*sites) {
		page := aligntest.NewSite(seed).Page(a, 1, window, 1800)
		shot := aligntest.Cut(page, image.Rect(0, top, window, top+640))
		s := skins()["dark"]
		message, at := inMessenger(a, shot, s)
		for name, c := range map[string]struct {
			pic  *image.RGBA
			want image.Rectangle
		}{
			"panel":     {rightOfPanel(a, shot, 260, s), shot.Rect.Add(image.Pt(260, 0))},
			"messenger": {message, at},
		} {
			o, ok := outlinedOn(recompressed(t, c.pic, 80), page)
			of++
			if !ok {
				continue // a dark page in a dark program has no sides to see
			}
			found++
			if off(o.Window, c.want) > 2 || !o.Quiet {
				t.Errorf("site %d, %s: %v, quiet %v, want %v", seed, name, o.Window, o.Quiet, c.want)
			}
		}
	}
	if 4*found < 3*of {
		t.Errorf("%d of %d were outlined", found, of)
	}
}

// A block of JPEG that holds the end of a side rings to its own end, up to seven rows on.
func TestAnOutlineEndsWhereThePageDoesInACompressedPicture(t *testing.T) {
	t.Parallel()
	page := aligntest.NewSite(2).Page(artist(t), 1, 1280, 1800)
	shot := aligntest.Cut(page, image.Rect(0, 0, 1280, 593))
	for _, ground := range []color.Color{color.RGBA{200, 30, 38, 255}, color.RGBA{20, 60, 160, 255}, color.Black} {
		for shift := range 8 {
			pic := image.NewRGBA(image.Rect(0, 0, 1410, 737))
			aligntest.Fill(pic, pic.Rect, ground)
			at := shot.Rect.Add(image.Pt(65, 68+shift))
			draw.Draw(pic, at, shot, image.Point{}, draw.Src)
			if o, ok := outlinedOn(recompressed(t, pic, 75), page); !ok || off(o.Window, at) > 2 {
				t.Errorf("ground %v, %d px down: %v %v, want %v", ground, shift, o.Window, ok, at)
			}
		}
	}
}

func TestABannerOverThePageLiesWithinItsOutline(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(1).Page(a, 1, 1280, 1800)
	shot := aligntest.Cut(page, image.Rect(0, 300, 1280, 940))
	aligntest.Deface(a, shot, image.Rect(0, 0, 1280, 120), 1)
	aligntest.Deface(a, shot, image.Rect(0, 560, 1280, 640), 2)
	s := skins()["dark"]
	pic, at := inMessenger(a, shot, s)
	if o, ok := outlinedOn(pic, page); !ok || off(o.Window, at) > 2 {
		t.Errorf("in a message: %v %v, want %v", o.Window, ok, at)
	}
	pic = rightOfPanel(a, shot, 260, s)
	if o, ok := outlinedOn(pic, page); ok && off(o.Window, shot.Rect.Add(image.Pt(260, 0))) > 2 {
		t.Errorf("beside a panel: %v", o.Window)
	}
	if o, ok := outlinedOn(shot, page); ok {
		t.Errorf("without anything around it: %v", o.Window)
	}
}

func TestWhatIsLargeOrAPictureOutsideOfAPageIsNotQuiet(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(1).Page(a, 1, 1280, 1800)
	shot := aligntest.Cut(page, image.Rect(0, 300, 1280, 940))
	for name, mark := range map[string]func(*image.RGBA){
		"large letters": func(pic *image.RGBA) { a.Text(pic, "HACKED BY NOBODY", 300, 80, 60, true, color.White) },
		"a picture": func(pic *image.RGBA) {
			rng := rand.New(rand.NewPCG(1, 1))
			for i := range 400 {
				aligntest.Fill(pic, image.Rect(i*2, 0, i*2+2, 20+rng.IntN(80)), color.Gray{uint8(rng.IntN(256))})
			}
		},
	} {
		pic := image.NewRGBA(image.Rect(0, 0, 1400, 800))
		aligntest.Fill(pic, pic.Rect, color.RGBA{14, 22, 33, 255})
		draw.Draw(pic, shot.Rect.Add(image.Pt(60, 110)), shot, image.Point{}, draw.Src)
		if o, ok := outlinedOn(pic, page); !ok || !o.Quiet {
			t.Fatalf("a plain border: %v, quiet %v", ok, o.Quiet)
		}
		mark(pic)
		if o, ok := outlinedOn(pic, page); ok && o.Quiet {
			t.Errorf("%s beyond the page are quiet", name)
		}
	}
}

func TestWidthsOfWindowsAreReadBetweenLongSides(t *testing.T) {
	t.Parallel()
	a := artist(t)
	shot := aligntest.Cut(aligntest.NewSite(1).Page(a, 1, 1440, 1800), image.Rect(0, 300, 1440, 940))
	message, _ := inMessenger(a, shot, skins()["dark"])
	for name, pic := range map[string]image.Image{
		"message": message, "panel": rightOfPanel(a, shot, 260, skins()["dark"]), "reduced": aligntest.Resize(message, 0.8),
	} {
		scale := 1.0
		if name == "reduced" {
			scale = 0.8
		}
		if got := WidthsBetween(Luma(pic), scale); len(got) == 0 || got[0] != 1440 {
			t.Errorf("%s: %v, want 1440 first", name, got)
		}
	}
	if got := WidthsBetween(Luma(shot), 1); len(got) > 0 {
		t.Errorf("a page alone: %v", got)
	}
}

func TestThePanelOfAWindowMayLeaveAnyWidth(t *testing.T) {
	t.Parallel()
	a := artist(t)
	for _, width := range []int{877, 1203} {
		page := aligntest.NewSite(1).Page(a, 1, width, 1800)
		shot := aligntest.Cut(page, image.Rect(0, 300, width, 940))
		pic := rightOfPanel(a, shot, 300, skins()["dark"])
		bars := []uint8{Luma(pic).GrayAt(20, 600).Y}
		for what, img := range map[string]image.Image{"exact": pic, "JPEG": recompressed(t, pic, 70)} {
			if got := WidthsBesidePanel(Luma(img), 1, bars); !slices.Contains(got, width) {
				t.Errorf("%d, %s: %v", width, what, got)
			}
		}
		if got := WidthsBesidePanel(Luma(aligntest.Resize(pic, 2)), 2.015, bars); !slices.Contains(got, width) {
			t.Errorf("%d, twice as fine: %v", width, got)
		}
		if got := WidthsBesidePanel(Luma(shot), 1, bars); len(got) > 0 {
			t.Errorf("%d, a page alone: %v", width, got)
		}
		if got := WidthsBesidePanel(Luma(pic), 1, []uint8{bars[0] + 60}); len(got) > 0 {
			t.Errorf("%d, a column of another colour than the bars: %v", width, got)
		}
	}
}

// A viewer that shows a picture in its own size leaves a few pixels beside it.
func TestNarrowSidesOfAViewerAreSeen(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(4).Page(a, 1, 1280, 1800)
	shot := aligntest.Cut(page, image.Rect(0, 300, 1280, 900))
	for _, side := range []int{3, 4, 6} {
		pic := image.NewRGBA(image.Rect(0, 0, 1280+2*side, 760))
		aligntest.Fill(pic, pic.Rect, color.Gray{32})
		aligntest.Fill(pic, image.Rect(0, 0, pic.Rect.Max.X, 40), color.Gray{53})
		a.Text(pic, "index.html", 600, 26, 14, false, color.White)
		at := shot.Rect.Add(image.Pt(side, 90))
		draw.Draw(pic, at, shot, image.Point{}, draw.Src)
		if o, ok := outlinedOn(recompressed(t, pic, 90), page); !ok || off(o.Window, at) > 2 || !o.Quiet {
			t.Errorf("%d px: %v, outlined %v, quiet %v, want %v", side, o.Window, ok, o.Quiet, at)
		}
	}
}

func TestBandsOfOneColourAreOutlinedAndOthersAreNot(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(1).Page(a, 1, 1280, 1800)
	shot := aligntest.Cut(page, image.Rect(0, 300, 1280, 940))
	pic := image.NewRGBA(image.Rect(0, 0, 1280, 760))
	aligntest.Fill(pic, pic.Rect, color.RGBA{200, 30, 40, 255})
	at := shot.Rect.Add(image.Pt(0, 61))
	draw.Draw(pic, at, shot, image.Point{}, draw.Src)
	if o, ok := outlinedOn(recompressed(t, pic, 80), page); !ok || !o.Plain || off(o.Window, at) > 1 {
		t.Errorf("red bands: %v %v, want %v", o.Window, ok, at)
	}
	a.Text(pic, "we were here", 300, 40, 18, false, color.White)
	if o, ok := outlinedOn(recompressed(t, pic, 80), page); !ok || o.Above() {
		t.Errorf("a band with a message: %v %v, want none above", o.Window, ok)
	}
}
