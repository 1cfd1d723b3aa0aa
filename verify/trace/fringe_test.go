package trace

import (
	"image"
	"image/color"
	"testing"
)

// smoothing says where a pixel's red, green and blue are taken from, in thirds of a
// pixel from its middle.
type smoothing [3]int

var inGrey, redLeft, blueLeft = smoothing{}, smoothing{-1, 0, 1}, smoothing{1, 0, -1}

// smoothed is a page whose letters are smoothed by taking the mean of three by three
// points a pixel.
func smoothed(t testing.TB, seed uint64, how smoothing, ground, ink color.Color) *image.NRGBA {
	t.Helper()
	const k = 3
	fine := enlargedPage(t, 900, 640, k, seed, ground, ink)
	out := image.NewNRGBA(image.Rect(0, 0, 900, 640))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var c [3]uint8
			for i, by := range how {
				sum := 0
				for p := range k * k {
					at := image.Pt(min(max(k*x+p%k+by, 0), fine.Rect.Dx()-1), k*y+p/k)
					sum += int(fine.Pix[fine.PixOffset(at.X, at.Y)+i])
				}
				c[i] = uint8(sum / (k * k))
			}
			out.SetNRGBA(x, y, color.NRGBA{c[0], c[1], c[2], 255})
		}
	}
	return out
}

func TestStrokesTellHowTheyWereSmoothedWhateverTheirColours(t *testing.T) {
	for name, c := range map[string][2]color.Color{
		"dark on white": {color.White, color.Gray{30}},
		"red on cream":  {color.RGBA{250, 240, 210, 255}, color.RGBA{140, 20, 10, 255}}, "white on blue": {color.RGBA{20, 40, 120, 255}, color.White},
	} {
		for how, want := range map[smoothing]int{inGrey: plainStroke, redLeft: redFirst, blueLeft: blueFirst} {
			f, err := findFringes(t.Context(), smoothed(t, 1, how, c[0], c[1]))
			if err != nil {
				t.Fatal(err)
			}
			got := f.in(image.Rect(0, 0, 900, 640))
			if got.sum() < 500 || float64(got[want]) < 0.97*float64(got.sum()) {
				t.Errorf("%s, %v: %v, want kind %d", name, how, got, want)
			}
		}
	}
}

func TestLettersSmoothedInAnotherWayAreTold(t *testing.T) {
	white, ink := color.White, color.Gray{30}
	grey, fringed := smoothed(t, 1, inGrey, white, ink), smoothed(t, 2, redLeft, white, ink)
	for name, tc := range map[string]struct {
		img  *image.NRGBA
		want Kind
	}{
		"fringed in grey":                {pasted(grey, fringed, part, part.Min), Fringed},
		"grey in fringed":                {pasted(fringed, grey, part, part.Min), Unfringed},
		"grey in fringed, JPEG 95":       {jpegged(t, pasted(fringed, grey, part, part.Min), 95), ""}, // colours are halved
		"coloured in grey":               {pasted(grey, smoothed(t, 3, inGrey, white, color.RGBA{180, 0, 0, 255}), part, part.Min), ""},
		"all of it fringed":              {fringed, ""},
		"all of it grey, JPEG 60":        {jpegged(t, grey, 60), ""},
		"all of it fringed, JPEG 60":     {jpegged(t, fringed, 60), ""},
		"a page of both, grey in part":   {pasted(pasted(fringed, grey, image.Rect(0, 400, 900, 640), image.Pt(0, 400)), grey, part, part.Min), ""},
		"fringed in a page of both":      {pasted(pasted(grey, fringed, image.Rect(0, 400, 900, 640), image.Pt(0, 400)), fringed, part, part.Min), ""},
		"grey, as a picture of the page": {pasted(fringed, grey, part, part.Min), ""},
	} {
		about := About{Asked: []image.Rectangle{part}}
		if name == "grey, as a picture of the page" {
			about.Pictures = about.Asked
		}
		_, local := kinds(find(t, tc.img, about))
		switch {
		case tc.want == "" && len(local) > 0:
			t.Errorf("%s: found %+v", name, local)
		case tc.want != "" && (len(local) != 1 || local[0].Kind != tc.want || local[0].At != part || !local[0].Asked):
			t.Errorf("%s: found %+v, want %s", name, local, tc.want)
		}
	}
}

func TestRulesOfATableAreNoLettersWithoutFringes(t *testing.T) {
	img := smoothed(t, 1, redLeft, color.White, color.Gray{30})
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			v := uint8(255)
			if (x-part.Min.X)%20 < 2 {
				v = 0
			}
			img.SetNRGBA(x, y, color.NRGBA{v, v, v, 255})
		}
	}
	if _, local := kinds(find(t, img, About{Asked: []image.Rectangle{part}})); len(local) > 0 {
		t.Errorf("found %+v", local)
	}
}
