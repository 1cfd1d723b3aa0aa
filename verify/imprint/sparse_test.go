package imprint_test

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/verify/imprint"
)

// sparse is a defacement as they often are: a plain ground with a few lines of
// text, or a block or two, in the middle.
func sparse(seed uint64, things int) *image.NRGBA {
	r := rand.New(rand.NewPCG(seed, 11))
	img := image.NewNRGBA(image.Rect(0, 0, 1024, 640))
	ground, ink := color.Color(color.Black), color.NRGBA{uint8(100 + r.IntN(156)), uint8(100 + r.IntN(156)), uint8(100 + r.IntN(156)), 255}
	if r.IntN(2) == 0 {
		ground, ink = color.White, color.NRGBA{uint8(r.IntN(150)), uint8(r.IntN(150)), uint8(r.IntN(150)), 255}
	}
	draw.Draw(img, img.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	for range things {
		y, w, h := 60+r.IntN(500), 100+r.IntN(600), 10+r.IntN(50)
		x := (1024 - w) / 2
		for ; w > 0; w -= h {
			if r.IntN(4) > 0 {
				draw.Draw(img, image.Rect(x, y, x+h*3/4, y+h), image.NewUniform(ink), image.Point{}, draw.Src)
			}
			x += h
		}
	}
	return img
}

// TestTheThresholdOfInformationKeepsSparsePagesApart: pages of few lines match
// each other by chance, as blank ones do; those that pass the threshold must
// not.
func TestTheThresholdOfInformationKeepsSparsePagesApart(t *testing.T) {
	t.Parallel()
	var all []imprint.Imprint
	for seed := range uint64(300) {
		all = append(all, imprint.Of(sparse(seed, 1+int(seed%20))))
	}
	var near, pairs [5]int // by the lower information of the two, in steps of a quarter
	for i := range all {
		for j := range i {
			a, b := all[i], all[j]
			band := int(min(a.Information, b.Information) * 4)
			a.Informative, b.Informative = true, true
			d, err := imprint.Distance(a, b)
			if err != nil {
				t.Fatal(err)
			}
			pairs[band]++
			if d.Difference256 <= 31 {
				near[band]++
			}
		}
	}
	t.Logf("pairs of different pages within 31 of 256 bits, by information 0, 0.25, 0.5, 0.75, 1: %v of %v", near, pairs)
	passed := pairs[2] + pairs[3] + pairs[4]
	if passed < 500 {
		t.Fatalf("only %d pairs pass the threshold", passed)
	}
	if share := float64(near[2]+near[3]+near[4]) / float64(passed); share > 0.001 {
		t.Errorf("%.2f %% of the pairs that pass match by chance", 100*share)
	}
	if near[0] == 0 {
		t.Error("the sparsest pages do not match either: the test shows nothing")
	}
}
