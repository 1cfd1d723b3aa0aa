package align

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// sites is how many made-up sites the surveys draw. The default keeps the tests
// short; the package documentation says what larger surveys gave.
var sites = flag.Int("survey.sites", 3, "made-up sites in the surveys")

// view is a picture made of a page, and the truth about it.
type view struct {
	name    string
	picture image.Image
	scale   float64
	x, y    float64 // picture position of the page's corner
	region  image.Rectangle
	through *Homography // page to picture, for photographs
	site    int
	want    State
	strict  bool // the state must be right; otherwise it may also be uninformative, or other where most was replaced
}

const windowWidth, windowHeight = 1366, 768

func recompressed(t testing.TB, img image.Image, quality int) image.Image {
	t.Helper()
	out, err := aligntest.Recompress(img, quality)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// untouched makes pictures of what the page shows.
func untouched(t testing.TB, a *aligntest.Artist, page *image.RGBA, rng *rand.Rand) []view {
	top := rng.IntN(page.Rect.Dy() - windowHeight)
	shot := aligntest.Cut(page, image.Rect(0, top, windowWidth, top+windowHeight))
	at := float64(-top)
	cx, cy := 40+rng.IntN(200), top+rng.IntN(100)
	crop := aligntest.Cut(page, image.Rect(cx, cy, cx+1000, cy+600))
	framed := recompressed(t, aligntest.Framed(a, shot, 110, 40), 90)
	over := aligntest.Cut(shot, shot.Rect)
	aligntest.Bars(a, over, 96, 40)
	out := []view{
		{name: "scrolled", picture: shot, scale: 1, y: at, strict: true},
		{name: "cropped", picture: crop, scale: 1, x: float64(-cx), y: float64(-cy), strict: true},
		{name: "jpeg 60", picture: recompressed(t, shot, 60), scale: 1, y: at, strict: true},
		{name: "jpeg 92", picture: recompressed(t, shot, 92), scale: 1, y: at, strict: true},
		{name: "frame around", picture: framed, scale: 1, y: at + 110},
		{name: "frame over", picture: over, scale: 1, y: at},
	}
	for _, s := range []float64{0.6, 0.75, 0.937, 1.25, 1.5, 2} {
		img := recompressed(t, aligntest.Resize(shot, s), 85)
		out = append(out, view{name: fmt.Sprintf("scaled %.3g", s), picture: img, scale: s, y: s * at, strict: true})
	}
	for i := range out {
		out[i].want = Same
	}
	return out
}

// touched makes pictures with a part replaced.
func touched(t testing.TB, a *aligntest.Artist, page *image.RGBA, rng *rand.Rand) []view {
	top := rng.IntN(page.Rect.Dy() - windowHeight)
	shot := aligntest.Cut(page, image.Rect(0, top, windowWidth, top+windowHeight))
	var out []view
	for _, part := range []float64{0.05, 0.1, 0.25, 0.5, 0.8} {
		img := aligntest.Cut(shot, shot.Rect)
		w, h := int(windowWidth*math.Sqrt(part)), int(windowHeight*math.Sqrt(part))
		r := image.Rect(0, 0, w, h).Add(image.Pt(rng.IntN(windowWidth-w), rng.IntN(windowHeight-h)))
		aligntest.Deface(a, img, r, rng.Uint64())
		out = append(out, view{name: fmt.Sprintf("replaced %2.0f %%", 100*part), picture: recompressed(t, img, 80), region: r})
	}
	r := aligntest.Reword(a, shot, image.Pt(200+rng.IntN(600), 150+rng.IntN(500)), color.RGBA{250, 250, 250, 255}, color.Black)
	out = append(out, view{name: "replaced line", picture: recompressed(t, shot, 85), region: r})
	for i := range out {
		out[i].want, out[i].scale, out[i].y = Altered, 1, float64(-top)
	}
	return out
}

// tally is what a survey counts for one transformation.
type tally struct {
	n, located     int
	states         map[State]int
	errors, shared []float64
}

func (c *tally) add(v view, reg Registration, got Comparison) {
	c.n++
	c.states[got.State]++
	if reg.Located {
		c.located++
		c.errors = append(c.errors, v.miss(reg))
	}
	if got.State == Altered && len(got.Regions) > 0 {
		c.shared = append(c.shared, overlap(got.Regions[0], v.region))
	}
}

// miss is how far from the truth, in page px, the picture's middle is placed.
func (v view) miss(reg Registration) float64 {
	b := v.picture.Bounds()
	x, y := float64(b.Dx())/2, float64(b.Dy())/2
	return math.Hypot((x-reg.OffsetX)/reg.Scale-(x-v.x)/v.scale, (y-reg.OffsetY)/reg.Scale-(y-v.y)/v.scale)
}

func overlap(a, b image.Rectangle) float64 {
	i := a.Intersect(b)
	n := i.Dx() * i.Dy()
	return float64(n) / float64(a.Dx()*a.Dy()+b.Dx()*b.Dy()-n)
}

func TestAPictureOfThePageIsFoundAndJudgedByWhatWasDoneToIt(t *testing.T) {
	t.Parallel()
	a := artist(t)
	counts := map[string]*tally{}
	for i := range *sites {
		rng := rand.New(rand.NewPCG(uint64(i), 9))
		page := aligntest.NewSite(uint64(i)).Page(a, 1, windowWidth, 2400)
		described := Describe(Luma(page), Options{Page: true})
		for _, v := range append(untouched(t, a, page, rng), touched(t, a, page, rng)...) {
			if counts[v.name] == nil {
				counts[v.name] = &tally{states: map[State]int{}}
			}
			reg := Register(Describe(Luma(v.picture), Options{}), described)
			got := Compare(v.picture, page, reg, CompareOptions{})
			counts[v.name].add(v, reg, got)
			v.check(t, i, reg, got)
		}
	}
	for name, c := range counts {
		slices.Sort(c.errors)
		slices.Sort(c.shared)
		t.Logf("%-14s %d pictures, %d located, off by %s px, %v, overlap %s", name, c.n, c.located, middle(c.errors), c.states, middle(c.shared))
	}
}

// check fails what must never happen: a picture misplaced, an untouched one
// called altered or other, a touched one called the same, a region elsewhere.
func (v view) check(t *testing.T, site int, reg Registration, got Comparison) {
	t.Helper()
	fail := func(what string) { t.Errorf("site %d, %s: %s: %s: %s", site, v.name, what, got.State, got.Why) }
	if reg.Located && v.miss(reg) > 2 {
		fail(fmt.Sprintf("misplaced by %.1f px", v.miss(reg)))
	}
	if v.strict && got.State != v.want {
		fail("untouched")
	}
	if v.want == Altered && got.State == Same {
		fail("touched")
	}
	if v.want == Altered && got.State == Altered && overlap(got.Regions[0], v.region) < 0.4 {
		fail(fmt.Sprintf("region %v, want %v", got.Regions[0], v.region))
	}
}

// middle writes the median and the extremes of sorted values.
func middle(v []float64) string {
	if len(v) == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f (%.2f to %.2f)", v[len(v)/2], v[0], v[len(v)-1])
}
