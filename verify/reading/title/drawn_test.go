package title_test

import (
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
	"github.com/defacecheck/defacecheck/verify/reading/title"
)

var (
	tabs  = flag.Int("tabs", 9, "how many tabs are drawn and read")
	fonts = flag.String("fonts", "", "a directory of fonts to draw tabs with, besides Go's own")
	seed  = flag.Uint64("seed", 4, "of the tabs drawn")
	shown = flag.Bool("shown", false, "print every tab that was not read")
	shots = flag.String("shots", "", "a directory of PNG pictures of windows whose active tab has the title -title")
	named = flag.String("title", "The town of Mirebrook", "the title of the pictures in -shots")
)

// randomTitle is a title and its two parts by which it is told from others.
func randomTitle(rng *rand.Rand) (text, begins, name string) {
	pick := func(of string) string { f := strings.Split(of, "|"); return f[rng.IntN(len(f))] }
	begins = pick(`Welcome to|Home|News|Index of|Contact|Login -|Dashboard|Hacked by|Owned by|Official site of|Departemen|Perpustakaan|404 Not Found`)
	name = pick(`the town of Mirebrook|Universitas Mbojo|Winterhafen Harbour|Illinois Clinic|Nobody & friends|Dinas Kesehatan|My blog|Sitcon 2014|Anonymous crew|Colegio San Luis|Gemeinde Hallstatt`)
	return strings.TrimSpace(begins + " " + name + pick(`| - news, council and services| | 2025| – WordPress`)), begins, name
}

// drawTab draws a tab with a sign, a title and a closing button.
func drawTab(t testing.TB, rng *rand.Rand, f *opentype.Font, scale float64, text string) (*image.NRGBA, image.Rectangle) {
	t.Helper()
	px := func(v float64) int { return int(v*scale + 0.5) }
	ground, tab, ink := readingtest.Grey(222), readingtest.Grey(255), readingtest.Grey(40)
	if rng.IntN(2) == 0 {
		ground, tab, ink = readingtest.Grey(32), readingtest.Grey(56), readingtest.Grey(232)
	}
	img := image.NewNRGBA(image.Rect(0, 0, px(300), px(44)))
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(img.Rect, ground)
	wide := 160 + float64(rng.IntN(100))
	at := image.Rect(px(20), px(6), px(20+wide), px(42))
	fill(at, tab)
	x := px(32)
	if rng.IntN(4) > 0 {
		fill(image.Rect(x, px(16), x+px(16), px(32)), color.NRGBA{200, 80, 40, 255})
		fill(image.Rect(x+px(4), px(20), x+px(12), px(26)), tab)
		x += px(24)
	}
	size := 12 + float64(rng.IntN(2))
	face := readingtest.Face(t, rng, f, size*scale)
	d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, px(24+size*0.36))}
	d.DrawString(text)
	fill(image.Rect(at.Max.X-px(30), at.Min.Y, img.Rect.Max.X, at.Max.Y), tab) // what does not fit
	fill(image.Rect(at.Max.X, 0, img.Rect.Max.X, img.Rect.Max.Y), ground)
	for i := range px(8) {
		c := image.Pt(at.Max.X-px(22)+i, px(20)+i)
		fill(image.Rectangle{Min: c, Max: c.Add(image.Pt(max(1, px(1)), max(1, px(1))))}, ink)
		c.Y = px(28) - i
		fill(image.Rectangle{Min: c, Max: c.Add(image.Pt(max(1, px(1)), max(1, px(1))))}, ink)
	}
	return img, at
}

// posted is a picture of a tab as JPEG has it, and reduced as a messenger does.
func posted(t testing.TB, img *image.NRGBA, tab image.Rectangle, factor float64, quality int) (*image.NRGBA, image.Rectangle) {
	t.Helper()
	return readingtest.Posted(t, img, factor, quality), readingtest.Reduced(tab, factor)
}

// tally counts what came of the tabs of one kind, against their own title and
// against another's.
type tally struct {
	tabs         int
	own, strange map[title.Outcome]int
}

// TestTitlesInTabsAreReadAndNotTakenForOthers draws tabs and reads them. With
// -tabs 300 -fonts DIR it is the measurement that the package comment gives.
func TestTitlesInTabsAreReadAndNotTakenForOthers(t *testing.T) {
	e := readingtest.Engine(t)
	rng := rand.New(rand.NewPCG(9, *seed))
	all := readingtest.Fonts(t, *fonts)
	tallies := map[string]*tally{}
	for n := range *tabs {
		text, begins, name := randomTitle(rng)
		other, otherBegins, otherName := randomTitle(rng)
		img, at := drawTab(t, rng, all[n%len(all)], []float64{1, 1, 1.25, 1.5, 2}[rng.IntN(5)], text)
		kind := "untouched"
		switch n % 3 {
		case 1:
			kind = "JPEG 60-90"
			img, at = posted(t, img, at, 1, 60+rng.IntN(30))
		case 2:
			kind = "messenger, 1920 to 1280, JPEG 75-85"
			img, at = posted(t, img, at, 2.0/3, 75+rng.IntN(10))
		}
		if tallies[kind] == nil {
			tallies[kind] = &tally{own: map[title.Outcome]int{}, strange: map[title.Outcome]int{}}
		}
		y := tallies[kind]
		y.tabs++
		one, two, err := title.Read(t.Context(), e, img, at)
		if err != nil {
			t.Fatal(err)
		}
		v := title.Judge(one, two, text)
		if y.own[v.Outcome]++; v.Outcome != title.Agrees && *shown {
			t.Logf("%q: %+v", text, v)
		}
		if begins != otherBegins && name != otherName {
			y.strange[title.Judge(one, two, other).Outcome]++
		}
	}
	for kind, y := range tallies {
		t.Logf("%s: %d tabs; against their own title %v; against another %v", kind, y.tabs, y.own, y.strange)
		if y.own[title.Differs] > 0 || y.strange[title.Agrees] > 0 {
			t.Errorf("%s: %d misread titles are another's, %d others agree", kind, y.own[title.Differs], y.strange[title.Agrees])
		}
		if 10*y.own[title.Agrees] < 6*y.tabs-10 {
			t.Errorf("%s: only %d of %d titles agree", kind, y.own[title.Agrees], y.tabs)
		}
	}
}

// TestTitlesOfRealWindowsAreRead reads the tabs of pictures of real windows, as
// the tests of package frame take them with -windows.
func TestTitlesOfRealWindowsAreRead(t *testing.T) {
	names, _ := filepath.Glob(filepath.Join(*shots, "*.png"))
	if *shots == "" || len(names) == 0 {
		t.Skip("skipped: give -shots a directory of pictures of real windows")
	}
	e := readingtest.Engine(t)
	found, outcomes := 0, map[title.Outcome]int{}
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		kept := frame.Find(img)
		if kept.Tab.Empty() {
			t.Logf("%s: no tab found, %s", filepath.Base(n), kept.Kind)
			continue
		}
		found++
		one, two, err := title.Read(t.Context(), e, picture.ToNRGBA(img), kept.Tab)
		if err != nil {
			t.Fatal(err)
		}
		v := title.Judge(one, two, *named)
		if outcomes[v.Outcome]++; v.Outcome != title.Agrees {
			t.Logf("%s: %+v", filepath.Base(n), v)
		}
	}
	t.Logf("%d pictures, %d with a tab found: %v", len(names), found, outcomes)
}
