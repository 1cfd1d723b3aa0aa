package report

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
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
		{ID: "address", Method: "the host", Sentence: "The bar reads so.", At: []verify.Rect{{X: 100, Y: 40, W: 300, H: 24}}},
		{Sentence: "This is about no part."},
		{Sentence: "This lies outside.", At: []verify.Rect{{X: 5000, Y: 40, W: 300, H: 24}, {X: -9, Y: -9, W: 9, H: 9}}},
		{Sentence: "This reaches out.", At: []verify.Rect{{X: 880, Y: 590, W: math.MaxInt, H: math.MaxInt}}},
		{Sentence: "This is all.", At: []verify.Rect{{W: 900, H: 600}, {W: 2, H: 600}, {W: 2, H: 2}, {W: 9, H: 9}, {W: 8, H: 8}}},
	}}
	all, more, err := closeups(j, r)
	if err != nil || len(all) != 3 || more != "" {
		t.Fatalf("%d close-ups, %q, %v", len(all), more, err)
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
	if none, more, err := closeups(&verify.Judgement{}, r); err != nil || len(none) != 0 || more != "" {
		t.Errorf("without a picture: %d close-ups, %q, %v", len(none), more, err)
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
	for i := range 100 {
		r.Evidence = append(r.Evidence, verify.Evidence{At: []verify.Rect{{X: i, W: 1200, H: 600}, {Y: i, W: 1200, H: 600}, {X: i, Y: 9, W: 1100, H: 600}, {W: 9, H: 9}}})
	}
	all, more, err := closeups(&verify.Judgement{Picture: img}, r)
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for _, c := range all {
		for _, p := range c.Parts {
			if p.Shot != nil {
				size += len(p.Shot.Source)
			}
		}
	}
	if len(all) < 2 || len(all) > maxCloseups || size > maxCloseupBytes {
		t.Errorf("%d close-ups of %d bytes", len(all), size)
	}
	if want := fmt.Sprintf("%d more items of evidence", 100-len(all)); !strings.Contains(more, want) {
		t.Errorf("%q does not say %q", more, want)
	}
	if page := html(t, &verify.Judgement{Picture: img, Result: r}); !strings.Contains(page, more) {
		t.Error("the page does not say what it leaves out")
	}
}

func TestMoreItemsThanAreShownAreCounted(t *testing.T) {
	t.Parallel()
	r := &verify.Result{}
	for i := range maxCloseups + 1 {
		r.Evidence = append(r.Evidence, verify.Evidence{At: []verify.Rect{{X: i, W: 20, H: 20}}}, verify.Evidence{At: []verify.Rect{{X: 500, W: 9, H: 9}}})
	}
	all, more, err := closeups(&verify.Judgement{Picture: image.NewNRGBA(image.Rect(0, 0, 60, 60))}, r)
	if err != nil || len(all) != maxCloseups || !strings.Contains(more, "1 more item of evidence") {
		t.Errorf("%d, %q, %v", len(all), more, err)
	}
}

func TestAPartThatTwoItemsAreAboutIsEmbeddedOnce(t *testing.T) {
	t.Parallel()
	at := []verify.Rect{{X: 5, Y: 5, W: 40, H: 20}}
	r := &verify.Result{Evidence: []verify.Evidence{{Method: "versions", At: at}, {Method: "traces", At: append(at, verify.Rect{W: 9, H: 9})}}}
	all, _, err := closeups(&verify.Judgement{Picture: image.NewNRGBA(image.Rect(0, 0, 60, 60))}, r)
	if err != nil || len(all) != 2 || all[0].Parts[0].Shot == nil || len(all[1].Parts) != 2 || all[1].Parts[1].Shot == nil {
		t.Fatalf("%+v, %v", all, err)
	}
	if p := all[1].Parts[0]; p.Shot != nil || p.Caption != "40 by 20 pixels, 5 from the left and 5 from the top: shown above, under “Versions”" {
		t.Errorf("%+v", p)
	}
}

func TestThePreviewIsLaidBesideThePictureAtItsSize(t *testing.T) {
	t.Parallel()
	preview, img := image.NewNRGBA(image.Rect(0, 0, 160, 120)), image.NewNRGBA(image.Rect(0, 0, 1600, 600))
	for _, one := range []*image.NRGBA{preview, img} {
		draw.Draw(one, one.Rect, image.White, image.Point{}, draw.Src)
	}
	r := &verify.Result{Evidence: []verify.Evidence{{ID: "metadata", Method: "what the file says", Finding: "metadata.thumbnail", Sentence: "Another picture."}}}
	all, more, err := closeups(&verify.Judgement{Picture: img, Preview: preview}, r)
	if err != nil || len(all) != 1 || more != "" || !all[0].Pair || len(all[0].Parts) != 2 {
		t.Fatalf("%+v, %q, %v", all, more, err)
	}
	for _, p := range all[0].Parts {
		if p.Shot.W != 3*160 || p.Shot.H != 3*120 || !strings.HasSuffix(p.Caption, "160 by 120 pixels, kept here at 3 times its size") {
			t.Errorf("%q: %d by %d", p.Caption, p.Shot.W, p.Shot.H)
		}
	}
	if r := fitted(img.Rect, preview.Rect); r != image.Rect(0, 30, 160, 90) {
		t.Errorf("a picture of another shape lies at %v", r)
	}
	if none, _, err := closeups(&verify.Judgement{Picture: img}, r); err != nil || len(none) != 0 {
		t.Errorf("without the preview: %+v, %v", none, err)
	}
	page := html(t, &verify.Judgement{Picture: img, Preview: preview, Result: r})
	if strings.Count(page, "160 by 120 pixels") != 4 { // two captions and two descriptions
		t.Error("the page does not show the two")
	}
}
