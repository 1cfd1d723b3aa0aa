package tracing

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// sheet is a page of marks like lines of text.
func sheet(seed uint64) *image.RGBA {
	rng := rand.New(rand.NewPCG(seed, 1))
	img := image.NewRGBA(image.Rect(0, 0, 1400, 700))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for y := 20; y < 680; y += 24 {
		for x := 20; x < 1360; x += 3 {
			for range 2 {
				draw.Draw(img, image.Rect(x, y, x+1, y+2+rng.IntN(6)).Add(image.Pt(0, rng.IntN(8))), image.NewUniform(color.Gray{uint8(rng.IntN(80))}), image.Point{}, draw.Src)
			}
		}
	}
	return img
}

func workOn(t *testing.T) *work {
	t.Helper()
	for _, needed := range []string{"convert", "cwebp"} {
		if _, err := exec.LookPath(needed); err != nil {
			t.Skip("needs ImageMagick and webp:", err)
		}
	}
	s := alignment.Shot{Image: sheet(1), Content: image.Rect(0, 0, 1400, 700), Pictures: []image.Rectangle{image.Rect(900, 400, 1100, 600)}}
	for y := 20; y < 600; y += 24 {
		s.Lines = append(s.Lines, alignment.Line{Box: image.Rect(40, y-2, 400, y+20),
			Type: alignment.Type{Families: []string{"Nowhere", "sans-serif"}, Size: 16, Letters: 40, Colour: "rgb(20, 20, 20)"}})
	}
	w := newWork(s)
	w.rng, w.tools = rand.New(rand.NewPCG(3, 4)), &tools{dir: t.TempDir()}
	w.material = func() (*image.NRGBA, error) { return flat(sheet(2)), nil }
	return w
}

func TestAnEditChangesItsPartAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, e := range append(edits(), fringedEdits()...) {
		if e.rewritten {
			continue
		}
		w := workOn(t)
		before := flat(w.img)
		err := e.make(t.Context(), w)
		if errors.Is(err, errNotPossible) && strings.HasPrefix(e.name, "text by GIMP") {
			continue
		}
		if err != nil || w.at.Empty() {
			t.Fatalf("%s: %v, at %v", e.name, err, w.at)
		}
		inside := 0
		for y := range 700 {
			for x := range 1400 {
				if before.NRGBAAt(x, y) == w.img.NRGBAAt(x, y) {
					continue
				}
				if !image.Pt(x, y).In(w.at) {
					t.Fatalf("%s changed %d,%d outside of %v", e.name, x, y, w.at)
				}
				inside++
			}
		}
		if inside == 0 {
			t.Errorf("%s changed nothing", e.name)
		}
		for _, p := range w.pictures {
			if w.at.Overlaps(p) && !strings.HasPrefix(e.name, "text") {
				t.Errorf("%s lies on the page's own picture", e.name)
			}
		}
	}
}

func TestEveryChainWritesAPictureInWhichPlacesAreKept(t *testing.T) {
	t.Parallel()
	red := image.Rect(200, 100, 600, 300)
	for _, c := range chains() {
		w := workOn(t)
		w.put(image.NewNRGBA(image.Rectangle{Max: red.Size()}), red.Min)
		draw.Draw(w.img, red, image.NewUniform(color.NRGBA{200, 0, 0, 255}), image.Point{}, draw.Src)
		data, err := c.save(t.Context(), w)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		pic, err := picture.Read(t.Context(), data)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for _, p := range []image.Point{w.at.Min.Add(image.Pt(4, 4)), w.at.Max.Sub(image.Pt(5, 5))} {
			if v := pic.Image.NRGBAAt(p.X, p.Y); v.R < 150 || v.G > 60 {
				t.Errorf("%s: at %v of %v there is %v", c.name, p, w.at, v)
			}
		}
		if !w.content.In(pic.Image.Rect) {
			t.Errorf("%s: the page lies at %v of %v", c.name, w.content, pic.Image.Rect)
		}
	}
}

func TestTheSeedDecidesWhatIsMade(t *testing.T) {
	t.Parallel()
	var pages []alignment.Page
	for i := range 12 {
		pages = append(pages, alignment.Page{Name: fmt.Sprintf("site%d/index.html", i), Site: fmt.Sprintf("site%d", i)})
	}
	plan := func(seed uint64) (ids []string) {
		r := &run{o: options{seed: seed, edits: 2}}
		for _, t := range append(r.plan("dev", pages, 5, 2), r.planFringed("dev", pages, 3, 1)...) {
			ids = append(ids, fmt.Sprintf("%s %+v", t.id, t.pose))
			if t.edit != nil && t.other.Site == t.page.Site {
				ids = append(ids, "from itself")
			}
		}
		return ids
	}
	one := plan(1)
	if !slices.Equal(one, plan(1)) || slices.Equal(one, plan(2)) || slices.Contains(one, "from itself") {
		t.Errorf("planned %v", one)
	}
	if want := 11*len(chains()) + 2*(5*len(edits())+3*len(fringedEdits())); len(one) != want {
		t.Errorf("%d pictures, want %d", len(one), want)
	}
	slices.Sort(one)
	if once := slices.Compact(slices.Clone(one)); len(once) != len(one) {
		t.Errorf("%d of %d pictures have names of their own", len(once), len(one))
	}
}

func TestRatesCountPicturesAndNotFindings(t *testing.T) {
	t.Parallel()
	at := image.Rect(0, 0, 100, 100)
	near := hit{Method: "halo", Kind: "untouched", How: "searched", At: at, IoU: 0.5}
	all := []*outcome{
		{Set: "dev", Edit: "blur", Before: "png", After: "png", Hits: []hit{near, near, {Method: "rise", Kind: "rescaled", How: "asked"}}},
		{Set: "dev", Edit: "blur", Before: "png", After: "png", Hits: []hit{{Method: "halo", Kind: "untouched", How: "searched"}}}, // elsewhere
		{Set: "dev", Edit: "untouched", After: "png", Hits: []hit{{Method: "halo", Kind: "uneven", How: "searched"}, {Method: "halo", Kind: "compressed", How: "asked"}}},
		{Set: "dev", Edit: "untouched", After: "png"},
	}
	var table, into bytes.Buffer
	rep := newReport(options{pictures: 1}, all)
	rep.table(&table)
	for _, want := range []string{"blur, png > png  1/2    1/2       0/2       0.50", "all 0/2 1/2 0/2 0.00 1/2 77.6 % 97.5 %"} {
		if !strings.Contains(strings.Join(strings.Fields(table.String()), " "), strings.Join(strings.Fields(want), " ")) {
			t.Errorf("no %q in\n%s", want, table.String())
		}
	}
	if err := rep.write(&into, t.TempDir()); err != nil || into.String() != table.String() {
		t.Errorf("%v", err)
	}
}

func TestATriptychGivesThePictureAndWhereTheMaskIs(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 300, 80))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{9, 9, 9, 255}), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(110, 10, 150, 30), image.White, image.Point{}, draw.Src)
	pic, mask := triptych(img)
	if pic.Rect.Max != image.Pt(100, 80) || mask != image.Rect(10, 10, 50, 30) {
		t.Errorf("%v %v", pic.Rect, mask)
	}
}
