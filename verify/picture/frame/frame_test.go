package frame_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"reflect"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// desk is one drawn picture with what is known of it.
type desk struct {
	name           string
	img            *image.NRGBA
	content, field image.Rectangle
	tab            image.Rectangle // the active one, empty without tabs
	task           int             // first row of the task bar, 0 without
}

// desks draws every style at every pixel ratio: filling the picture, above a
// task bar, and as a window on a wallpaper.
func desks(yield func(desk) bool) {
	n := 0
	for _, st := range styles {
		for _, dpr := range []float64{1, 1.25, 1.5, 2} {
			for set := range 3 {
				n++
				if d := drawDesk(st, dpr, set, n); !yield(d) {
					return
				}
			}
		}
	}
}

func drawDesk(st style, dpr float64, set, n int) desk {
	w, h := 1100+n%5*60, 640+n%4*50
	s := newSheet(w, h, dpr, uint64(n))
	d := desk{img: s.NRGBA}
	x, y, ww, wh := 0., 0., float64(w), float64(h)
	if set == 2 {
		s.picture(s.Rect)
		x, y, ww, wh = 70, 41, float64(w-170), float64(h-130)
	}
	if set == 1 {
		wh -= 44
	}
	d.content, d.field = s.window(st, x, y, ww, wh, n)
	d.tab = s.tab
	if set > 0 {
		d.task = s.taskBar(float64(w), float64(h), 44, rgb(0x1f2a38), grey(240))
	}
	d.name = fmt.Sprintf("%s at %g, setting %d, page %d", st.name, dpr, set, n%pageKinds)
	return d
}

// off is the largest distance between the sides of two rectangles.
func off(a, b image.Rectangle) int {
	m := 0
	for _, d := range []int{a.Min.X - b.Min.X, a.Min.Y - b.Min.Y, a.Max.X - b.Max.X, a.Max.Y - b.Max.Y} {
		m = max(m, d, -d)
	}
	return m
}

// slack is what a side may be off, in pixels: a line between bar and page may
// be counted to either.
func slack(dpr float64) int { return 2 + int(2*dpr) }

func TestTheFramesOfBrowsersComeOff(t *testing.T) {
	t.Parallel()
	n, right := 0, 0
	for d := range desks {
		n++
		f := frame.Find(d.img)
		if off(f.Content, d.content) <= 4 {
			right++
		} else {
			t.Logf("%s: %s %v, want %v (%s)", d.name, f.Kind, f.Content, d.content, f.Why)
		}
		if f.Kind != frame.None && off(f.Address, d.field) > 12 {
			t.Errorf("%s: address bar at %v, want %v", d.name, f.Address, d.field)
		}
		if lost := d.content.Dx()*d.content.Dy() - area(f.Content.Intersect(d.content)); lost > 6*(d.content.Dx()+d.content.Dy()) {
			t.Errorf("%s: %d pixels of the page were cut away", d.name, lost)
		}
	}
	t.Logf("%d of %d right to 4 pixels", right, n)
	if 100*right < 85*n {
		t.Errorf("%d of %d frames came off", right, n)
	}
}

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }

func TestRecompressedAndReducedFramesStillComeOff(t *testing.T) {
	t.Parallel()
	n, right := 0, 0
	for d := range desks {
		if n++; n%3 != 0 {
			continue
		}
		img, k := reduced(d.img, 1280)
		img = recompressed(t, img, 70)
		f := frame.Find(img)
		want := image.Rect(int(k*float64(d.content.Min.X)), int(k*float64(d.content.Min.Y)), int(k*float64(d.content.Max.X)), int(k*float64(d.content.Max.Y)))
		if off(f.Content, want) <= 5 {
			right++
		} else {
			t.Logf("%s: %s %v, want %v (%s)", d.name, f.Kind, f.Content, want, f.Why)
		}
		if lost := area(want) - area(f.Content.Intersect(want)); lost > 8*(want.Dx()+want.Dy()) {
			t.Errorf("%s: %d pixels of the page were cut away", d.name, lost)
		}
	}
	t.Logf("%d of %d right to 5 pixels", right, n/3)
	if 100*right < 60*(n/3) {
		t.Errorf("%d of %d frames came off", right, n/3)
	}
}

func reduced(img image.Image, longest int) (image.Image, float64) {
	k := float64(longest) / float64(max(img.Bounds().Dx(), img.Bounds().Dy()))
	if k >= 1 {
		return img, 1
	}
	out := image.NewNRGBA(image.Rect(0, 0, int(k*float64(img.Bounds().Dx())), int(k*float64(img.Bounds().Dy()))))
	draw.ApproxBiLinear.Scale(out, out.Rect, img, img.Bounds(), draw.Src, nil)
	return out, k
}

func recompressed(t testing.TB, img image.Image, quality int) image.Image {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestATaskBarIsAStripOfItsOwnWithItsClock(t *testing.T) {
	t.Parallel()
	for set := 1; set <= 2; set++ {
		d := drawDesk(styles[0], 1, set, 22+set)
		f := frame.Find(d.img)
		var task image.Rectangle
		for _, s := range f.Strips {
			if s.Part == frame.TaskBar {
				task = s.Rect
			}
		}
		if f.Kind != frame.Desktop || task.Min.Y != d.task || task.Max != d.img.Rect.Max {
			t.Errorf("setting %d: %s with task bar %v, want it from row %d", set, f.Kind, task, d.task)
		}
		if want := image.Rect(d.img.Rect.Max.X-108, d.task, d.img.Rect.Max.X, d.img.Rect.Max.Y); !f.Clock.In(want) || f.Clock.Dx() < 50 || f.Clock.Dy() < 20 {
			t.Errorf("setting %d: clock at %v, want it in %v", set, f.Clock, want)
		}
	}
}

func TestContentAndStripsMakeUpThePicture(t *testing.T) {
	t.Parallel()
	d := drawDesk(styles[1], 1.25, 2, 3)
	for name, f := range map[string]frame.Frame{
		"found": frame.Find(d.img), "known": frame.From(d.content, d.img), "none": frame.From(d.img.Rect, d.img),
	} {
		sum, parts := area(f.Content), []image.Rectangle{f.Content}
		for _, s := range f.Strips {
			sum += area(s.Rect)
			for _, o := range parts {
				if s.Rect.Overlaps(o) {
					t.Errorf("%s: %v overlaps %v", name, s.Rect, o)
				}
			}
			parts = append(parts, s.Rect)
		}
		if sum != area(d.img.Rect) {
			t.Errorf("%s: parts cover %d of %d pixels", name, sum, area(d.img.Rect))
		}
		content, strips := frame.Cut(d.img, f)
		if content.Rect.Size() != f.Content.Size() || len(strips) != len(f.Strips) {
			t.Fatalf("%s: cut into %v and %d strips", name, content.Rect, len(strips))
		}
		if content.NRGBAAt(5, 7) != d.img.NRGBAAt(f.Content.Min.X+5, f.Content.Min.Y+7) {
			t.Errorf("%s: the content shows something else", name)
		}
	}
}

func TestMoreIsTakenOffWithinAFrame(t *testing.T) {
	t.Parallel()
	s := newSheet(800, 600, 1, 1)
	found := frame.Frame{Content: image.Rect(0, 80, 800, 600), Kind: frame.Browser, Confidence: 0.9,
		Strips: []frame.Strip{{Rect: image.Rect(0, 0, 800, 80), Side: frame.Top, Part: frame.Bars}}, Address: image.Rect(100, 40, 500, 70)}
	page := image.Rect(210, 80, 800, 600)
	f := found.Within(page, s.NRGBA)
	if f.Content != page || f.Kind != frame.Browser || f.Address != found.Address || len(f.Strips) != 2 || f.Strips[1].Side != frame.Left || f.Strips[1].Rect != image.Rect(0, 80, 210, 600) {
		t.Errorf("a panel within a window: %+v", f)
	}
	if len(found.Strips) != 1 {
		t.Error("the frame itself was changed")
	}
	if same := found.Within(found.Content, s.NRGBA); same.Content != found.Content || len(same.Strips) != 1 {
		t.Errorf("nothing more to take off: %+v", same)
	}
	if f := (frame.Frame{Kind: frame.None, Content: s.Rect}).Within(page, s.NRGBA); f.Kind != frame.Known || f.Content != page {
		t.Errorf("nothing taken off before: %+v", f)
	}
}

func TestTheFrameIsAPictureOfItsOwnWithoutThePage(t *testing.T) {
	t.Parallel()
	d := drawDesk(styles[2], 1, 1, 6)
	moved := &image.NRGBA{Pix: d.img.Pix, Stride: d.img.Stride, Rect: d.img.Rect.Add(image.Pt(-9, 30))}
	f := frame.Find(moved)
	p := frame.Picture(moved, f)
	if p == nil || p.Rect != moved.Rect {
		t.Fatalf("frame in a picture of %v, want %v", p, moved.Rect)
	}
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		for x := p.Rect.Min.X; x < p.Rect.Max.X; x++ {
			want := moved.NRGBAAt(x, y)
			if (image.Point{x, y}).In(f.Content) {
				want = color.NRGBA{}
			}
			if got := p.NRGBAAt(x, y); got != want {
				t.Fatalf("%v at %d, %d, want %v", got, x, y, want)
			}
		}
	}
	if p := frame.Picture(moved, frame.From(moved.Rect, moved)); p != nil {
		t.Errorf("a picture of %v without a frame", p.Rect)
	}
}

func TestTheActiveTabIsFoundInAWindowAndBesideAKnownContent(t *testing.T) {
	t.Parallel()
	tabs, found := 0, 0
	for d := range desks {
		for name, f := range map[string]frame.Frame{"found": frame.Find(d.img), "known": frame.From(d.content, d.img)} {
			if d.tab.Empty() || f.Kind == frame.None {
				if !f.Tab.Empty() {
					t.Errorf("%s, %s: a tab at %v where there is none", d.name, name, f.Tab)
				}
				continue
			}
			if tabs++; f.Tab.Empty() {
				continue
			}
			if found++; off(f.Tab, d.tab) > d.field.Dy()/3 {
				t.Errorf("%s, %s: tab at %v, want %v", d.name, name, f.Tab, d.tab)
			}
		}
	}
	if found < 9*tabs/10 {
		t.Errorf("%d of %d tabs were found", found, tabs)
	}
}

func TestAKnownContentKeepsAddressBarAndClock(t *testing.T) {
	t.Parallel()
	for n, st := range styles {
		d := drawDesk(st, 1, 1, n)
		f := frame.From(d.content, d.img)
		if f.Kind != frame.Known || f.Content != d.content || f.Confidence != 1 {
			t.Fatalf("%s: %s %v", st.name, f.Kind, f.Content)
		}
		if off(f.Address, d.field) > 12 {
			t.Errorf("%s: address bar at %v, want %v", st.name, f.Address, d.field)
		}
		if f.Clock.Empty() || f.Clock.Min.Y < d.task || f.Clock.Min.X < d.img.Rect.Max.X*3/4 {
			t.Errorf("%s: clock at %v", st.name, f.Clock)
		}
	}
	d := drawDesk(styles[0], 1, 0, 1)
	for _, r := range []image.Rectangle{{}, d.img.Rect, d.img.Rect.Inset(-9), d.img.Rect.Add(image.Pt(9000, 0))} {
		if f := frame.From(r, d.img); f.Kind != frame.None || f.Content != d.img.Rect || f.Why == "" {
			t.Errorf("from %v: %s %v", r, f.Kind, f.Content)
		}
	}
}

func TestAPictureWithItsCornerElsewhereIsCutAlike(t *testing.T) {
	t.Parallel()
	d := drawDesk(styles[4], 1, 1, 2)
	by := image.Pt(37, -12)
	moved := &image.NRGBA{Pix: d.img.Pix, Stride: d.img.Stride, Rect: d.img.Rect.Add(by)}
	at, there := frame.Find(d.img), frame.Find(moved)
	if there.Content != at.Content.Add(by) || there.Address != at.Address.Add(by) || there.Clock != at.Clock.Add(by) || there.Tab != at.Tab.Add(by) || there.Strips[0].Rect != at.Strips[0].Rect.Add(by) {
		t.Errorf("%+v\nand %+v", at, there)
	}
	if again := frame.Find(d.img); !reflect.DeepEqual(at, again) {
		t.Error("equal pictures gave different frames")
	}
	if f := frame.From(at.Content.Add(by), moved); f.Content != there.Content || off(f.Address, there.Address) > 2 {
		t.Errorf("known: %v with address bar %v", f.Content, f.Address)
	}
}
