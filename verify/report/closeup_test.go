package report

import (
	"image"
	"image/color"
	"strings"
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
		{Sentence: "The bar reads so.", Crop: &verify.Rect{X: 100, Y: 40, W: 300, H: 24}},
		{Sentence: "This is about no part."},
		{Sentence: "This lies outside.", Crop: &verify.Rect{X: 5000, Y: 40, W: 300, H: 24}},
		{Sentence: "This reaches out.", Crop: &verify.Rect{X: 880, Y: 590, W: 1 << 30, H: 1 << 30}},
	}}
	all, err := closeups(j, r)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if c := all[0]; c.Part.W != 1200 || c.Part.H != 96 || c.Sentence != "The bar reads so." || !strings.HasPrefix(string(c.Part.Source), "data:image/") {
		t.Errorf("%d x %d, %q", c.Part.W, c.Part.H, c.Sentence)
	}
	if c := all[1]; c.Part.W != 80 || c.Part.H != 40 {
		t.Errorf("at the corner: %d x %d", c.Part.W, c.Part.H)
	}
	if none, err := closeups(&verify.Judgement{}, r); err != nil || len(none) != 0 {
		t.Errorf("without a picture: %+v, %v", none, err)
	}
}
