package align

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// photographs makes photographs of a screen that shows the page at top.
func photographs(t testing.TB, a *aligntest.Artist, page *image.RGBA, rng *rand.Rand) []view {
	var out []view
	for _, k := range []struct {
		name    string
		jitter  float64
		part, f float64
	}{{"photo 1 %", 0.01, 0, 1}, {"photo 4 %", 0.04, 0, 1}, {"photo 8 %", 0.08, 0, 1}, {"photo large", 0.05, 0, 1.8}, {"photo small", 0.05, 0, 0.75}, {"photo replaced", 0.05, 0.25, 1}} {
		top := rng.IntN(page.Rect.Dy() - windowHeight)
		shot := aligntest.Cut(page, image.Rect(0, top, windowWidth, top+windowHeight))
		v := view{name: k.name, want: Same}
		if k.part > 0 {
			v.region = image.Rect(300, 200, 300+windowWidth/2, 200+windowHeight/2)
			aligntest.Deface(a, shot, v.region, rng.Uint64())
			v.want = Altered
		}
		img, at := aligntest.Photograph(aligntest.Resize(shot, k.f), rng, k.jitter)
		v.picture = recompressed(t, img, 80)
		var ms []match
		for i, p := range [4][2]float64{{0, 0}, {windowWidth, 0}, {windowWidth, windowHeight}, {0, windowHeight}} {
			ms = append(ms, match{u: p[0], v: p[1] + float64(top), x: at[i][0], y: at[i][1]})
		}
		h, ok := fitHomography(ms, []int{0, 1, 2, 3})
		if !ok {
			t.Fatal("no homography")
		}
		v.through = &h
		v.region = v.region.Add(image.Pt(0, top))
		out = append(out, v)
	}
	return out
}

// lean is how far, in picture px, the middle and the quarters of the screen are
// placed from where they are, the median.
func (v view) lean(reg Registration) float64 {
	back := v.through.Inverse()
	b := v.picture.Bounds()
	var off []float64
	for _, p := range [][2]float64{{.3, .3}, {.5, .5}, {.7, .3}, {.3, .7}, {.7, .7}} {
		x, y := p[0]*float64(b.Dx()), p[1]*float64(b.Dy())
		u, w, _ := back.Apply(x, y)
		gx, gy := reg.Scale*u+reg.OffsetX, reg.Scale*w+reg.OffsetY
		if reg.Homography != nil {
			gx, gy, _ = reg.Homography.Apply(u, w)
		}
		off = append(off, math.Hypot(gx-x, gy-y))
	}
	slices.Sort(off)
	return off[2]
}

// checkPhotograph fails what must never happen: a screen misplaced, an untouched one
// called altered, a touched one the same, a region elsewhere.
func (v view) checkPhotograph(t *testing.T, site int, reg Registration, got Comparison) {
	t.Helper()
	fail := func(what string) { t.Errorf("site %d, %s: %s: %s: %s", site, v.name, what, got.State, got.Why) }
	if reg.Located && v.lean(reg) > 12 {
		fail(fmt.Sprintf("misplaced by %.1f px", v.lean(reg)))
	}
	if v.want == Same && got.State == Altered || v.want == Altered && got.State == Same {
		fail("judged wrongly")
	}
	if v.want == Altered && got.State == Altered && overlap(got.Regions[0], v.shown()) < 0.6 {
		fail(fmt.Sprintf("region %v, want %v", got.Regions[0], v.shown()))
	}
}

// shown is the rectangle around the replaced region in the photograph.
func (v view) shown() image.Rectangle { return bounds(v.through.outline(v.region)) }

func TestAPhotographOfTheScreenIsFoundUnderPerspective(t *testing.T) {
	t.Parallel()
	a := artist(t)
	counts := map[string]*tally{}
	pages := make([]*Features, max(2, *sites-1))
	var taken []view
	for i := range pages {
		rng := rand.New(rand.NewPCG(uint64(i), 19))
		page := aligntest.NewSite(uint64(i)).Page(a, 1, windowWidth, 2400)
		pages[i] = Describe(Luma(page), Options{Page: true})
		for _, v := range photographs(t, a, page, rng) {
			if counts[v.name] == nil {
				counts[v.name] = &tally{states: map[State]int{}}
			}
			c := counts[v.name]
			reg := Register(Describe(Luma(v.picture), Options{}), pages[i])
			got := Compare(v.picture, page, reg, CompareOptions{})
			c.n++
			c.states[got.State]++
			if reg.Located {
				c.located++
				c.errors = append(c.errors, v.lean(reg))
			}
			if got.State == Altered {
				c.shared = append(c.shared, overlap(got.Regions[0], v.shown()))
			}
			v.checkPhotograph(t, i, reg, got)
		}
		v := photographs(t, a, page, rng)[1]
		v.site = i
		taken = append(taken, v)
	}
	located, n := 0, 0
	for name, c := range counts {
		slices.Sort(c.errors)
		slices.Sort(c.shared)
		located, n = located+c.located, n+c.n
		t.Logf("%-14s %d pictures, %d located, off by %s px, %v, overlap %s", name, c.n, c.located, middle(c.errors), c.states, middle(c.shared))
	}
	if located*100 < n*85 {
		t.Errorf("%d of %d photographs located, want 85 %%", located, n)
	}
	wrong := 0
	for _, v := range taken {
		described := Describe(Luma(v.picture), Options{})
		for k := range pages {
			if k != v.site && Register(described, pages[k]).Located {
				wrong++
				t.Errorf("a photograph of site %d was located in site %d", v.site, k)
			}
		}
	}
	t.Logf("photographs of other sites: %d pairs, %d located", len(taken)*(len(taken)-1), wrong)
}

func TestAPhotographOfAnotherPageOfTheSiteIsNotTakenForThisOne(t *testing.T) {
	t.Parallel()
	a := artist(t)
	counts := map[State]int{}
	located := 0
	for i := range *sites {
		site := aligntest.NewSite(uint64(i))
		page := site.Page(a, 1, windowWidth, 1600)
		other := site.Page(a, 2, windowWidth, 1600)
		img, _ := aligntest.Photograph(window(other), rand.New(rand.NewPCG(uint64(i), 29)), 0.04)
		pic := recompressed(t, img, 80)
		reg := place(pic, page)
		got := Compare(pic, page, reg, CompareOptions{})
		counts[got.State]++
		if reg.Located {
			located++
		}
		if got.State == Same || got.State == Altered {
			t.Errorf("site %d: %s: %s", i, got.State, got.Why)
		}
	}
	t.Logf("%d located, %v", located, counts)
}

func TestAPhotographOfWhichMostDiffersIsNotCalledAltered(t *testing.T) {
	t.Parallel()
	a := artist(t)
	page := aligntest.NewSite(3).Page(a, 1, windowWidth, 2400)
	shot := aligntest.Cut(page, image.Rect(0, 300, windowWidth, 300+windowHeight))
	aligntest.Deface(a, shot, image.Rect(300, 160, windowWidth-40, windowHeight-160), 5)
	img, _ := aligntest.Photograph(shot, rand.New(rand.NewPCG(4, 4)), 0.02)
	pic := recompressed(t, img, 80)
	reg := Register(Describe(Luma(pic), Options{}), Describe(Luma(page), Options{Page: true}))
	got := Compare(pic, page, reg, CompareOptions{})
	if !reg.Located || got.Match >= got.Mismatch {
		t.Fatalf("located %v, %d tiles agree and %d do not", reg.Located, got.Match, got.Mismatch)
	}
	if got.State != Uninformative {
		t.Errorf("%s: %s", got.State, got.Why)
	}
}

func TestTheViewOfAPhotographLiesOverIt(t *testing.T) {
	t.Parallel()
	page := image.NewRGBA(image.Rect(0, 0, 200, 100))
	aligntest.Fill(page, page.Rect, color.White)
	aligntest.Fill(page, image.Rect(50, 20, 60, 30), color.RGBA{200, 0, 0, 255})
	reg := At(1, 0, 0)
	reg.Homography = &Homography{1, 0.1, 10, 0.05, 1, 5, 0.0005, 0, 1}
	out := Warp(page, reg, image.Rect(0, 0, 260, 160))
	x, y, _ := reg.Homography.Apply(55, 25)
	if got := out.NRGBAAt(int(x), int(y)); got != (color.NRGBA{200, 0, 0, 255}) {
		t.Errorf("the red square is %v at %.0f, %.0f", got, x, y)
	}
	back := reg.Homography.Inverse()
	if u, v, _ := back.Apply(x, y); math.Abs(u-55) > 1e-6 || math.Abs(v-25) > 1e-6 {
		t.Errorf("back at %f, %f", u, v)
	}
}
