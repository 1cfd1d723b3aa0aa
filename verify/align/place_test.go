package align

import (
	"image"
	"image/color"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestAFixedHeaderOverScrolledContentIsAGroupOfItsOwn(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(5).Page(a, 1, 1366, 3000)
	pic := aligntest.Cut(page, image.Rect(0, 1200, 1366, 1968))
	copy(pic.Pix, page.Pix[:page.PixOffset(0, aligntest.HeaderHeight)])
	reg := place(pic, page)
	if len(reg.Groups) < 2 {
		t.Fatalf("%d groups, want the content and the header", len(reg.Groups))
	}
	if y := reg.Groups[1].OffsetY; math.Abs(y) > 1 || math.Abs(reg.OffsetY+1200) > 1 {
		t.Errorf("content at %.1f, header at %.1f; want -1200 and 0", reg.OffsetY, y)
	}
	if c := Compare(pic, page, reg, CompareOptions{}); c.State != Same {
		t.Errorf("%s (%s), want same", c.State, c.Why)
	}
}

func TestEqualInputGivesEqualOutput(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(8).Page(a, 1, 1024, 1500)
	pic := aligntest.Cut(page, image.Rect(100, 300, 900, 900))
	first := place(pic, page)
	if again := place(pic, page); !reflect.DeepEqual(first, again) {
		t.Errorf("registrations differ: %v and %v", first.Why, again.Why)
	}
	one, two := Compare(pic, page, first, CompareOptions{}), Compare(pic, page, first, CompareOptions{})
	if !reflect.DeepEqual(one, two) {
		t.Error("comparisons differ")
	}
}

func TestAPictureWithItsCornerElsewhereIsJudgedAlike(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(8).Page(a, 1, 1366, 1500)
	sub := page.SubImage(image.Rect(100, 300, 1100, 1000))
	whole := aligntest.Cut(page, sub.Bounds())
	reg := place(sub, page)
	if want := place(whole, page); !reflect.DeepEqual(reg, want) {
		t.Fatalf("placed at %.2f, %.2f and %.2f, %.2f", reg.OffsetX, reg.OffsetY, want.OffsetX, want.OffsetY)
	}
	if c := Compare(sub, page, reg, CompareOptions{}); c.State != Same || !c.Tiles[0].Rect.In(whole.Rect) {
		t.Errorf("%s (%s), first tile %v", c.State, c.Why, c.Tiles[0].Rect)
	}
}

func TestWarpLaysThePageWhereThePictureShowsIt(t *testing.T) {
	t.Parallel()
	page := image.NewRGBA(image.Rect(0, 0, 200, 100))
	aligntest.Fill(page, page.Rect, color.White)
	aligntest.Fill(page, image.Rect(50, 20, 60, 30), color.RGBA{200, 0, 0, 255})
	out := Warp(page, At(2, -40, 10), image.Rect(5, 5, 305, 305))
	if got := out.NRGBAAt(5+70, 5+60); got != (color.NRGBA{200, 0, 0, 255}) {
		t.Errorf("the red square is %v", got)
	}
	if got := out.NRGBAAt(5+40, 5+60); got != (color.NRGBA{255, 255, 255, 255}) {
		t.Errorf("beside it is %v", got)
	}
	if got := out.NRGBAAt(5+40, 5+5).A + out.NRGBAAt(5+40, 5+220).A; got != 0 {
		t.Error("beyond the page is not transparent")
	}
	if Warp(page, Registration{}, page.Rect).NRGBAAt(10, 10).A != 0 {
		t.Error("a page that was not located shows")
	}
}

func TestAPanelBesideThePageLeavesItACommonWidth(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		offset, scale   float64
		picture, shown  int
		want            int
		amongFirstThree bool
	}{
		"right of a panel, set on the left":      {210 * 1.25, 1.25, 2183, 1366, 1536, true},
		"right of a panel, set in the middle":    {(210 + 85) * 1.25, 1.25, 2183, 1366, 1536, true},
		"left of a panel, set in the middle":     {85, 1, 1746, 1366, 1536, true},
		"no panel":                               {85, 1, 1536, 1366, 1536, true},
		"no panel, and a piece set in no middle": {300, 1, 1500, 1366, 1200, false},
	} {
		r := Registration{Located: true, Scale: c.scale, OffsetX: c.offset,
			Groups: []Group{{OffsetX: c.offset}}, Hypotheses: []Hypothesis{{Scale: c.scale, Inliers: 100}}}
		got := Widths(r, c.picture, c.shown)
		if slices.Contains(got[:3], c.want) != c.amongFirstThree {
			t.Errorf("%s: %v, want %d: %v", name, got, c.want, c.amongFirstThree)
		}
	}
}

func TestAPageWithABorderIsToldByItsSides(t *testing.T) {
	t.Parallel()
	border, paper := color.RGBA{30, 30, 40, 255}, color.RGBA{250, 250, 250, 255}
	pic := image.NewRGBA(image.Rect(0, 0, 700, 400))
	aligntest.Fill(pic, pic.Rect, border)
	aligntest.Fill(pic, image.Rect(30, 50, 630, 380), paper)
	page := image.Pt(600, 2000)
	for name, c := range map[string]struct {
		reg  Registration
		want bool
	}{
		"where it ends":             {At(1, 30, -40), true},
		"a pixel off":               {At(1, 31, -40), true},
		"a width that is not its":   {At(0.9, 60, -40), false},
		"not located":               {Registration{}, false},
		"as wide as the picture":    {At(700.0/600, 0, -40), false},
		"few rows of it in picture": {At(1, 30, 360), false},
	} {
		if got := Sided(pic, c.reg, page); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestWidthsFollowFromTheScale(t *testing.T) {
	t.Parallel()
	found := func(scales ...float64) Registration {
		r := Registration{Located: true, Scale: scales[0]}
		for _, s := range scales {
			r.Hypotheses = append(r.Hypotheses, Hypothesis{Scale: s, Inliers: 100})
		}
		return r
	}
	for name, c := range map[string]struct {
		reg            Registration
		picture, shown int
		want           []int
	}{
		"same window":                     {found(1), 1366, 1366, []int{1280, 1920, 1536, 1440, 1600, 1680, 2560}},
		"wider window at 1.25":            {found(1.25), 1920, 1366, []int{1536, 1280, 1920, 1440, 1600, 1680, 2560}},
		"nearly a common width":           {found(1.003), 1920, 1366, []int{1920, 1536, 1280, 2560}},
		"an odd width":                    {found(1), 1203, 1366, []int{1203, 1920, 1536, 1440, 1280, 1600, 1680}},
		"phone at 3, seen as a phone":     {found(3), 1236, 390, []int{412, 440}},
		"phone that shrinks the page":     {found(3.169), 1236, 390, []int{412, 440}},
		"phone at 2.625":                  {found(2.626), 1082, 390, []int{412, 393}},
		"phone at 2.75, reduced to 739":   {found(1.88), 739, 390, []int{393}},
		"text and a full-width picture":   {found(1.5, 1.311), 1536, 1366, []int{1024, 1172, 768, 1536, 1920, 1440, 1280}},
		"a border or a cropped picture":   {found(1), 1400, 1366, []int{1400, 1920, 1536, 1440, 1600, 1680, 2560}},
		"unknown scale, desktop picture":  {Registration{}, 1920, 1366, []int{1920, 1536, 1280, 1440, 1600, 1680, 2560}},
		"unknown scale, phone picture":    {Registration{}, 1290, 390, []int{430}},
		"unknown scale, a scaled desktop": {Registration{}, 2880, 1366, []int{1920, 1440, 1536, 1280, 1600, 1680, 2560}},
		"unknown scale, odd picture":      {Registration{}, 1111, 1366, []int{1920, 1536, 1440, 1280, 1600, 1680, 2560}},
		"a small piece of a page":         {found(3.9), 300, 1366, []int{1920, 1536, 1440, 1280, 1600, 1680, 2560}},
		"no picture":                      {found(1), 0, 1366, nil},
	} {
		if got := Widths(c.reg, c.picture, c.shown); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
