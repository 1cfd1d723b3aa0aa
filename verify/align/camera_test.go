package align

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestAPhotographOfAScreenIsToldFromAScreenshot(t *testing.T) {
	t.Parallel()
	a := artist(t)
	for site := range uint64(4) {
		page := aligntest.NewSite(site).Page(a, 1, windowWidth, 900)
		shot := window(page)
		for name, pic := range map[string]image.Image{
			"as drawn":         shot,
			"JPEG 40":          recompressed(t, shot, 40),
			"reduced, JPEG 70": recompressed(t, aligntest.Resize(shot, 0.72), 70),
			"sent on twice":    recompressed(t, aligntest.Resize(recompressed(t, aligntest.Resize(shot, 0.94), 80), 0.83), 70),
			"enlarged":         aligntest.Resize(shot, 2),
		} {
			if is, why := Photographed(Luma(pic)); is {
				t.Errorf("site %d, %s: taken for a photograph: %s", site, name, why)
			}
		}
		for _, jitter := range []float64{0.01, 0.04, 0.08} {
			img, _ := aligntest.Photograph(shot, rand.New(rand.NewPCG(site, 3)), jitter)
			for _, quality := range []int{60, 85} {
				if is, why := Photographed(Luma(recompressed(t, img, quality))); !is {
					t.Errorf("site %d, corners off by %g, JPEG %d: not taken for a photograph: %s", site, jitter, quality, why)
				}
			}
		}
	}
}

// Camera pictures are part of pages: they fill the head of many.
func TestAScreenshotOfAPageFilledByACameraPictureIsNoPhotographOfAScreen(t *testing.T) {
	t.Parallel()
	a := artist(t)
	rng := rand.New(rand.NewPCG(8, 8))
	shot := window(aligntest.NewSite(3).Page(a, 1, windowWidth, 900))
	for y := range shot.Rect.Dy() {
		for x := range shot.Rect.Dx() {
			c := shot.RGBAAt(x, y)
			v := (150 + 40*math.Sin(float64(x)/90)*math.Cos(float64(y)/70) + rng.NormFloat64()) / 255
			shot.SetRGBA(x, y, color.RGBA{uint8(v * float64(c.R)), uint8(0.9 * v * float64(c.G)), uint8(0.8 * v * float64(c.B)), 255})
		}
	}
	if is, why := Photographed(Luma(shot)); is {
		t.Errorf("taken for a photograph of a screen: %s", why)
	}
}

func TestRealScreenshotsAreNotTakenForPhotographs(t *testing.T) {
	t.Parallel()
	all := beside(t, "defacement/*/screenshot.png", "meta/debian/*.png", "meta/macos/*.png", "meta/ios/*.PNG", "meta/msedge/*.png", "tamper/stfd/*.png")
	for name, img := range all {
		for how, pic := range map[string]image.Image{"as it is": img, "JPEG 40": recompressed(t, img, 40), "reduced, JPEG 70": recompressed(t, aligntest.Resize(img, 0.8), 70)} {
			if is, why := Photographed(Luma(pic)); is {
				t.Errorf("%s, %s: taken for a photograph: %s", filepath.Base(name), how, why)
			}
		}
	}
	t.Logf("%d screenshots in three forms", len(all))
}

// decodings/op is the time in decodings of the picture from PNG.
func BenchmarkPhotographed(b *testing.B) {
	shot := window(aligntest.NewSite(1).Page(artist(b), 1, windowWidth, 900))
	var file bytes.Buffer
	if err := png.Encode(&file, shot); err != nil {
		b.Fatal(err)
	}
	g := Luma(shot)
	var decoding time.Duration
	for b.Loop() {
		Photographed(g)
		b.StopTimer()
		began := time.Now()
		if _, err := png.Decode(bytes.NewReader(file.Bytes())); err != nil {
			b.Fatal(err)
		}
		decoding += time.Since(began)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed())/float64(decoding), "decodings/op")
}
