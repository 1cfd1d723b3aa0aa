package frame_test

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"testing"

	_ "image/png"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

func TestPagesWithoutAFrameAreNotCut(t *testing.T) {
	t.Parallel()
	n, sizes := 0, []image.Point{{1366, 768}, {1024, 1200}, {390, 844}, {1280, 720}, {800, 2400}}
	for seed := range 3 * len(sizes) {
		size := sizes[seed%len(sizes)]
		for kind := range pageKinds {
			dpr := 1.
			if size.X < 400 {
				dpr = 2
			}
			s := newSheet(size.X, size.Y, dpr, uint64(1000*seed+kind))
			s.drawPage(kind)
			n++
			if f := frame.Find(s.NRGBA); f.Kind != frame.None || f.Content != s.Rect || f.Why == "" || f.Confidence != 0 || len(f.Strips) > 0 {
				t.Errorf("seed %d, page %d, %v: %s %v: %s", seed, kind, size, f.Kind, f.Content, f.Why)
			}
		}
	}
	t.Logf("%d pages", n)
}

func TestRealScreenshotsOfPagesAreNotCut(t *testing.T) {
	t.Parallel()
	for _, name := range realdata.Glob(t, "defacement/*/screenshot.png") {
		img := load(t, name)
		if f := frame.Find(img); f.Kind != frame.None {
			t.Errorf("%s: %s %v: %s", name, f.Kind, f.Content, f.Why)
		}
	}
}

func load(t testing.TB, name string) image.Image {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatalf("decode %s: %v", name, err)
	}
	return img
}

func TestDegeneratePicturesAreNotCut(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{}, {1, 1}, {3000, 1}, {1, 3000}, {199, 900}, {640, 480}} {
		for _, img := range []image.Image{
			image.NewNRGBA(image.Rectangle{Max: size}), image.NewGray(image.Rectangle{Max: size}),
			image.NewPaletted(image.Rectangle{Max: size}, color.Palette{color.White, color.Black}),
			image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420),
		} {
			if f := frame.Find(img); f.Kind != frame.None || f.Content != img.Bounds() || f.Why == "" {
				t.Errorf("%T of %v: %+v", img, size, f)
			}
			frame.From(image.Rect(1, 1, 500, 400), img)
		}
	}
}

// FuzzFind stretches few bytes to a picture of plain rectangles, which is what
// frames are made of.
func FuzzFind(f *testing.F) {
	f.Add([]byte{200, 250, 30, 90, 1, 2, 3, 40}, uint16(300), uint16(260))
	f.Add([]byte{0, 255, 0, 255, 9}, uint16(201), uint16(500))
	f.Fuzz(func(t *testing.T, data []byte, w, h uint16) {
		img := image.NewGray(image.Rect(-3, 5, -3+int(w%700), 5+int(h%700)))
		for i := 0; i+4 < len(data); i += 5 {
			r := image.Rect(int(data[i])*3, int(data[i+1])*3, int(data[i+2])*3, int(data[i+3])*3).Add(img.Rect.Min).Intersect(img.Rect)
			for y := r.Min.Y; y < r.Max.Y; y++ {
				for x := r.Min.X; x < r.Max.X; x++ {
					img.Pix[img.PixOffset(x, y)] = data[i+4]
				}
			}
		}
		for _, got := range []frame.Frame{frame.Find(img), frame.From(image.Rect(20, 60, 400, 380), img)} {
			check(t, got, img.Rect)
		}
	})
}

// check holds what is true of every Frame.
func check(t *testing.T, f frame.Frame, all image.Rectangle) {
	t.Helper()
	sum := area(f.Content)
	for _, s := range f.Strips {
		sum += area(s.Rect)
		if !s.Rect.In(all) || s.Rect.Empty() {
			t.Errorf("strip %v in %v", s.Rect, all)
		}
	}
	if !f.Content.In(all) || sum != area(all) || !f.Address.In(all) || !f.Clock.In(all) || f.Why == "" {
		t.Errorf("%+v of %v", f, all)
	}
}

func BenchmarkFind(b *testing.B) {
	for _, set := range []int{0, 2} {
		s := newSheet(1920, 1080, 1, 1)
		s.page(s.Rect, 3)
		if set == 2 {
			s.window(styles[0], 60, 40, 1700, 960, 3)
		}
		photo := recompressed(b, s.NRGBA, 75)
		b.Run(fmt.Sprintf("setting %d as JPEG", set), func(b *testing.B) {
			for b.Loop() {
				frame.Find(photo)
			}
		})
		b.Run(fmt.Sprintf("setting %d", set), func(b *testing.B) {
			for b.Loop() {
				frame.Find(s.NRGBA)
			}
		})
	}
}
