package trace

import (
	"image"
	"image/color"
	"testing"

	xdraw "golang.org/x/image/draw"
)

// enlarged is a part of a picture made larger, as an editor does.
func enlarged(img *image.NRGBA, r image.Rectangle, size image.Point) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: size})
	xdraw.CatmullRom.Scale(out, out.Rect, img, r, xdraw.Src, nil)
	return out
}

// unsmoothed paints every pixel wholly in ink or not at all.
func unsmoothed(img *image.NRGBA) *image.NRGBA {
	out := copied(img, img.Rect)
	for i := 0; i < len(out.Pix); i += 4 {
		v := uint8(255)
		if out.Pix[i] < 128 {
			v = 30
		}
		out.Pix[i], out.Pix[i+1], out.Pix[i+2] = v, v, v
	}
	return out
}

func TestLettersOfAnotherScaleOrRenderingAreTold(t *testing.T) {
	base, other := page(t, 1), page(t, 2)
	for name, tc := range map[string]struct {
		img  *image.NRGBA
		want Kind
	}{
		"enlarged by a half":         {pasted(base, enlarged(other, image.Rect(300, 200, 540, 333), part.Size()), part, image.Point{}), Rescaled},
		"enlarged, saved as JPEG":    {jpegged(t, pasted(base, enlarged(other, image.Rect(300, 200, 540, 333), part.Size()), part, image.Point{}), 85), Rescaled},
		"without smoothing":          {pasted(base, unsmoothed(other), part, part.Min), Unsmoothed},
		"without smoothing, as JPEG": {jpegged(t, pasted(base, unsmoothed(other), part, part.Min), 85), Unsmoothed},
		"of the same kind":           {pasted(base, other, part, part.Min), ""},
		"of the same kind, as JPEG":  {jpegged(t, pasted(base, other, part, part.Min), 75), ""},
		"all of it without":          {unsmoothed(base), ""},
		"a larger kind of letters":   {pasted(base, drawn(t, 900, 640, 5, color.White, color.Gray{90}), part, part.Min), ""},
	} {
		_, local := kinds(find(t, tc.img, About{Asked: []image.Rectangle{part}}))
		switch {
		case tc.want == "" && len(local) > 0:
			t.Errorf("%s: found %+v", name, local)
		case tc.want != "" && (len(local) != 1 || local[0].Kind != tc.want || local[0].At != part):
			t.Errorf("%s: found %+v, want %s", name, local, tc.want)
		}
	}
}

func TestBoxesAndRulesAreNoLettersWithoutSmoothing(t *testing.T) {
	img := page(t, 1)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			v := uint8(255)
			if (x-part.Min.X)%60 < 2 || (y-part.Min.Y)%40 < 2 {
				v = 0
			}
			img.SetNRGBA(x, y, color.NRGBA{v, v, v, 255})
		}
	}
	if _, local := kinds(find(t, img, About{Asked: []image.Rectangle{part}})); len(local) > 0 {
		t.Errorf("found %+v", local)
	}
}

func TestNothingIsSaidOfLettersThatNobodyAsksAbout(t *testing.T) {
	img := pasted(page(t, 1), unsmoothed(page(t, 2)), part, part.Min)
	if _, local := kinds(find(t, img, About{})); len(local) > 0 {
		t.Errorf("found %+v", local)
	}
}
