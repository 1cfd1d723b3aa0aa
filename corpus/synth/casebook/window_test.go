package casebook

import (
	"bytes"
	"fmt"
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

// photographer is a studio, and a plan of the ordinary first page of a site.
func photographer(t *testing.T) (*studio, *plan) {
	t.Helper()
	needsChrome(t)
	dir := t.TempDir()
	if err := writeSites(dir); err != nil {
		t.Fatal(err)
	}
	sites, shut, err := site.LoadAll(t.Context(), []string{dir}, site.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shut() })
	s, err := openStudio(t.Context(), Options{Seed: testSeed})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	when := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	home := at(sites[0], sites[0].Pages[0])
	return s, &plan{page: home, shown: home, when: when, at: when, making: served, look: ordinary, class: Class{Truth: NotDefaced},
		window: window{Width: 1280, Height: 593, Scale: 1}, chain: chain{Frame: "none", Form: "png"}}
}

func taken(t *testing.T, s *studio, p *plan) image.Image {
	t.Helper()
	pic, err := s.take(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	img, _, err := image.Decode(bytes.NewReader(pic.file))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestAPhoneShowsThePageInItsOwnLayoutBetweenItsBars(t *testing.T) {
	s, p := photographer(t)
	p.window = window{Width: 360, Height: 640, Scale: 3, Phone: true}
	for frame, high := range map[string]int{"none": 640, "phone": 640 + phoneHeight} {
		p.chain.Frame = frame
		if got, want := taken(t, s, p).Bounds().Size(), image.Pt(3*360, 3*high); got != want {
			t.Errorf("frame %s: the picture is %v, want %v", frame, got, want)
		}
	}
}

func TestTheAddressOfAPhoneStandsAboveOrBelowThePage(t *testing.T) {
	_, p := photographer(t)
	p.window, p.chain.Frame = window{Width: 390, Height: 664, Scale: 2, Phone: true}, "phone"
	seen := map[bool]bool{}
	for i := range 20 {
		p.chain.Draw = uint64(i)
		f := newFrame(p, "", p.page, p.when)
		html, _, err := f.paint()
		if err != nil {
			t.Fatal(err)
		}
		address, hole := bytes.Index(html, []byte(p.page.host)), bytes.Index(html, []byte(`id="hole"`))
		if address < 0 || (address > hole) != f.Low {
			t.Errorf("low %t, and the address stands at %d of the page with its hole at %d", f.Low, address, hole)
		}
		seen[f.Low] = true
	}
	if len(seen) != 2 {
		t.Errorf("of 20 phones all are alike: %v", seen)
	}
}

func TestLettersAreSmoothedAsTheWindowSays(t *testing.T) {
	s, p := photographer(t)
	fringed := func(img image.Image) (n int) {
		b := img.Bounds() // beside the coloured header and picture there is grey text on white
		for y := b.Min.Y + 330; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				if r, g, bl, _ := img.At(x, y).RGBA(); max(r, g, bl)-min(r, g, bl) > 20<<8 {
					n++
				}
			}
		}
		return n
	}
	for _, subpixel := range []bool{false, true} {
		p.window.Subpixel = subpixel
		if n := fringed(taken(t, s, p)); (n > 200) != subpixel {
			t.Errorf("for sub-pixels %t: %d coloured pixels in grey text", subpixel, n)
		}
	}
}

func TestWindowsAndFramesAreDrawnAsIsSaid(t *testing.T) {
	const draws = 4000
	counts := map[string]int{}
	for i := range draws {
		r := rand.New(rand.NewPCG(uint64(i), 0))
		w := drawWindow(r)
		c := drawChain(r, w.Phone, false)
		if w.Phone && (c.Frame == "window" || c.Frame == "desktop" || w.Subpixel) || !w.Phone && c.Frame == "phone" {
			t.Fatalf("window %+v in frame %s", w, c.Frame)
		}
		counts[fmt.Sprintf("phone %t", w.Phone)]++
		counts[fmt.Sprintf("phone %t in %s", w.Phone, c.Frame)]++
		if !w.Phone && w.Scale <= 1.25 {
			counts["coarse"]++
			if w.Subpixel {
				counts["fringed"]++
			}
		}
		if framed := drawChain(r, w.Phone, true); framed.Frame == "none" {
			t.Fatalf("no frame where one is needed: %+v", w)
		}
	}
	for _, x := range []struct {
		part, of string
		share    float64
	}{{"phone true", "", 0.2}, {"phone true in phone", "phone true", 0.8}, {"phone false in none", "phone false", 0.45}, {"phone false in desktop", "phone false", 0.2}, {"fringed", "coarse", 0.5}} {
		n := draws
		if x.of != "" {
			n = counts[x.of]
		}
		if got := float64(counts[x.part]) / float64(n); got < x.share-0.05 || got > x.share+0.05 {
			t.Errorf("%s: %.3f of %s, want %.2f", x.part, got, x.of, x.share)
		}
	}
}
