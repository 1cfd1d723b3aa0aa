package trace

import (
	"image"
	"testing"
)

func TestMaterialCompressedBeforeOnOtherBlocksIsTold(t *testing.T) {
	base, other := page(t, 1), page(t, 2)
	for name, tc := range map[string]struct {
		from *image.NRGBA
		at   image.Point // added to where it is taken from
		last int
		want bool
	}{
		"from a JPEG of 75, saved at 92":    {jpegged(t, other, 75), image.Pt(3, 5), 92, true},
		"from a JPEG of 80, saved at 85":    {jpegged(t, other, 80), image.Pt(4, 4), 85, true},
		"never compressed before":           {other, image.Pt(3, 5), 85, false},
		"from a JPEG, on the same blocks":   {jpegged(t, other, 75), image.Point{}, 92, false},
		"from a JPEG of 75, saved as a PNG": {jpegged(t, other, 75), image.Pt(3, 5), 0, false},
	} {
		img := pasted(base, tc.from, part, part.Min.Add(tc.at))
		if tc.last > 0 {
			img = jpegged(t, img, tc.last)
		}
		found := false
		for _, f := range find(t, img, About{Asked: []image.Rectangle{part}}) {
			found = found || f.Kind == Twice && f.At == part && f.Asked
		}
		if found != tc.want {
			t.Errorf("%s: found %v", name, found)
		}
	}
}

func TestAPictureSavedTwiceAsAWholeIsNotAccused(t *testing.T) {
	img := jpegged(t, page(t, 1), 85)
	img = jpegged(t, copied(img, image.Rect(3, 2, 900, 640)), 75)
	if _, local := kinds(find(t, img, About{Asked: []image.Rectangle{part}})); len(local) > 0 {
		t.Errorf("found %+v", local)
	}
}
