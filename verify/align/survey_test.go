package align

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// sites is how many made-up sites the survey draws. The default keeps the test
// short; the figures in the package documentation are from -survey.sites=40.
var sites = flag.Int("survey.sites", 5, "made-up sites in the survey")

// view is a picture made of a page, and the truth about it.
type view struct {
	name    string
	picture image.Image
	scale   float64
	x, y    float64 // picture position of the page's corner
	region  image.Rectangle
	want    State
}

// views makes one picture under each transformation.
func views(t testing.TB, a *aligntest.Artist, page *image.RGBA, rng *rand.Rand) []view {
	t.Helper()
	const w, h = 1366, 768
	top := rng.IntN(page.Rect.Dy() - h)
	cut := func() *image.RGBA { return aligntest.Cut(page, image.Rect(0, top, w, top+h)) }
	jpeg := func(img image.Image, q int) image.Image {
		out, err := aligntest.Recompress(img, q)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	at := float64(-top)
	out := []view{
		{name: "scrolled", picture: cut(), scale: 1, y: at, want: Same},
		{name: "jpeg 60", picture: jpeg(cut(), 60), scale: 1, y: at, want: Same},
		{name: "jpeg 85", picture: jpeg(cut(), 85), scale: 1, y: at, want: Same},
	}
	cx, cy := 40+rng.IntN(200), top+rng.IntN(100)
	out = append(out, view{name: "cropped", scale: 1, x: float64(-cx), y: float64(-cy), want: Same,
		picture: aligntest.Cut(page, image.Rect(cx, cy, cx+1000, cy+600))})
	for _, s := range []float64{0.6, 0.75, 0.937, 1.25, 1.5, 2} {
		out = append(out, view{name: fmt.Sprintf("scaled %.3g", s), picture: jpeg(aligntest.Resize(cut(), s), 85), scale: s, y: s * at, want: Same})
	}
	out = append(out, view{name: "framed", picture: jpeg(aligntest.Framed(a, cut(), 110, 40), 90), scale: 1, y: at + 110, want: Same})
	over := cut()
	aligntest.Bars(a, over, 96, 40)
	out = append(out, view{name: "frame over content", picture: over, scale: 1, y: at, want: Same})
	for _, part := range []float64{0.05, 0.1, 0.25, 0.5, 0.8} {
		img := cut()
		rw, rh := int(w*math.Sqrt(part)), int(h*math.Sqrt(part))
		rx, ry := rng.IntN(w-rw), rng.IntN(h-rh)
		r := image.Rect(rx, ry, rx+rw, ry+rh)
		aligntest.Deface(a, img, r, rng.Uint64())
		out = append(out, view{name: fmt.Sprintf("replaced %.0f %%", 100*part), picture: jpeg(img, 80), scale: 1, y: at, region: r, want: Altered})
	}
	img := cut()
	p := image.Pt(200+rng.IntN(600), 150+rng.IntN(500))
	r := aligntest.Reword(a, img, p, color.RGBA{250, 250, 250, 255}, color.Black)
	return append(out, view{name: "one line replaced", picture: jpeg(img, 85), scale: 1, y: at, region: r, want: Altered})
}

// tally is what the survey counts for one transformation.
type tally struct {
	n, located, right, wrongState int
	states                        map[State]int
	errors                        []float64
	overlap                       []float64
	notes                         []string
}

func (c *tally) add(v view, reg Registration, got Comparison) {
	c.n++
	if c.states == nil {
		c.states = map[State]int{}
	}
	c.states[got.State]++
	if reg.Located {
		c.located++
		b := v.picture.Bounds()
		mx, my := float64(b.Dx())/2, float64(b.Dy())/2
		e := math.Hypot((mx-reg.OffsetX)/reg.Scale-(mx-v.x)/v.scale, (my-reg.OffsetY)/reg.Scale-(my-v.y)/v.scale)
		c.errors = append(c.errors, e)
	}
	if got.State == v.want {
		c.right++
	} else {
		c.notes = append(c.notes, fmt.Sprintf("%s %s (%.2f, largest %.3f)", got.State, got.Why, reg.Confidence, got.LargestChanged))
		if got.State == Same || got.State == Altered || got.State == Other {
			c.wrongState++
		}
	}
	if v.want == Altered && len(got.Regions) > 0 {
		c.overlap = append(c.overlap, overlap(got.Regions[0], v.region))
	}
}

func overlap(a, b image.Rectangle) float64 {
	i := a.Intersect(b)
	n := i.Dx() * i.Dy()
	return float64(n) / float64(a.Dx()*a.Dy()+b.Dx()*b.Dy()-n)
}

func TestSurveyOfPicturesOfTheSamePage(t *testing.T) {
	t.Parallel()
	a := artist(t)
	counts := map[string]*tally{}
	var order []string
	for i := range *sites {
		rng := rand.New(rand.NewPCG(uint64(i), 9))
		page := aligntest.NewSite(uint64(i)).Page(a, 1, 1366, 3000)
		described := Describe(Luma(page), Options{Page: true})
		for _, v := range views(t, a, page, rng) {
			if counts[v.name] == nil {
				counts[v.name] = &tally{}
				order = append(order, v.name)
			}
			reg := Register(Describe(Luma(v.picture), Options{}), described)
			counts[v.name].add(v, reg, Compare(v.picture, page, reg, CompareOptions{}))
		}
	}
	for _, name := range order {
		c := counts[name]
		t.Logf("%-20s n %3d located %3d  error median %.2f max %.2f px  state right %3d wrong %d  %v  IoU %.2f (min %.2f)", name, c.n, c.located,
			median(c.errors), most(c.errors), c.right, c.wrongState, c.states, mean(c.overlap), -most(negated(c.overlap)))
		for _, n := range c.notes {
			t.Log("      ", n)
		}
	}
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	s := append([]float64(nil), v...)
	for i := range s {
		for k := i; k > 0 && s[k] < s[k-1]; k-- {
			s[k], s[k-1] = s[k-1], s[k]
		}
	}
	return s[len(s)/2]
}

func most(v []float64) float64 {
	m := math.Inf(-1)
	for _, x := range v {
		m = math.Max(m, x)
	}
	return m
}

func mean(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s / float64(len(v))
}

func negated(v []float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = -v[i]
	}
	return out
}

var _ = strings.Repeat
