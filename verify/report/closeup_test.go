package report

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/verify"
)

func TestWhatAFindingIsAboutIsShownEnlarged(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 900, 600))
	for x := range 300 {
		img.SetNRGBA(100+x, 50, color.NRGBA{200, 0, 0, 255})
	}
	j := &verify.Judgement{Picture: img}
	r := &verify.Result{Evidence: []verify.Evidence{
		{ID: "address", Method: "the host", Sentence: "The bar reads so.", At: []verify.Rect{{X: 100, Y: 40, W: 300, H: 24}}},
		{Sentence: "This is about no part."},
		{Sentence: "This lies outside.", At: []verify.Rect{{X: 5000, Y: 40, W: 300, H: 24}, {X: -9, Y: -9, W: 9, H: 9}}},
		{Sentence: "This reaches out.", At: []verify.Rect{{X: 880, Y: 590, W: math.MaxInt, H: math.MaxInt}}},
		{Sentence: "This is all.", At: []verify.Rect{{W: 900, H: 600}, {W: 2, H: 600}, {W: 2, H: 2}, {W: 9, H: 9}, {W: 8, H: 8}}},
	}}
	all, err := closeups(j, r)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d close-ups, %v", len(all), err)
	}
	if c := all[0]; c.Parts[0].Shot.W != 1200 || c.Parts[0].Shot.H != 96 || c.Sentence != "The bar reads so." || c.Method != "The host" || c.ID != "address" ||
		c.Parts[0].Caption != "300 by 24 pixels, 100 from the left and 40 from the top, kept here at 4 times its size" {
		t.Errorf("%d x %d, %q", c.Parts[0].Shot.W, c.Parts[0].Shot.H, c.Parts[0].Caption)
	}
	if c := all[1]; c.Parts[0].Shot.W != 160 || c.Parts[0].Shot.H != 80 {
		t.Errorf("at the corner: %q", c.Parts[0].Caption)
	}
	if c := all[2]; len(c.Parts) != 3 || c.More != "2 parts more in verdict.json." || c.Parts[0].Shot.W != 900 || c.Parts[1].Shot.H != 600 || c.Parts[2].Shot.W != 16 {
		t.Errorf("many parts: %d, %q", len(c.Parts), c.More)
	}
	if none, err := closeups(&verify.Judgement{}, r); err != nil || len(none) != 0 {
		t.Errorf("without a picture: %d close-ups, %v", len(none), err)
	}
}

func TestAnEnlargedPartHasThePicturesOwnPixelsAndNoOthers(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(10, 10, 30, 30))
	for i := range img.Pix {
		img.Pix[i] = uint8(i*i) | uint8(255*(i%4/3))
	}
	r := inPicture(verify.Rect{X: 3, Y: 4, W: 5, H: 6}, img.Bounds())
	out := enlarged(img, r, 7)
	if out.Bounds() != image.Rect(0, 0, 35, 42) {
		t.Fatalf("size %v", out.Bounds())
	}
	for y := range 42 {
		for x := range 35 {
			if got, want := out.At(x, y), img.At(13+x/7, 14+y/7); got != want {
				t.Fatalf("at %d,%d: %v, want %v", x, y, got, want)
			}
		}
	}
}

func TestManyLargePartsKeepTheReportSmall(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 1300, 700))
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = uint8(rng.Uint32()) | uint8(255*(i%4/3))
	}
	r := &verify.Result{}
	for range 100 {
		r.Evidence = append(r.Evidence, verify.Evidence{At: []verify.Rect{{W: 1300, H: 600}, {W: 1200, H: 700}, {W: 1200, H: 600}, {W: 9, H: 9}}})
	}
	all, err := closeups(&verify.Judgement{Picture: img}, r)
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for _, c := range all {
		for _, p := range c.Parts {
			size += len(p.Shot.Source)
		}
	}
	if len(all) < 2 || len(all) > maxCloseups || size > maxCloseupBytes {
		t.Errorf("%d close-ups of %d bytes", len(all), size)
	}
}
