package casebook

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"testing"
)

// drawn is the imprint of a picture full of squares, of which some are drawn anew.
func drawn(t *testing.T, seed uint64, anew int) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 640, 400))
	rng := rand.New(rand.NewPCG(seed, 0))
	for i := range 40 * 25 {
		v := uint8(rng.IntN(256))
		if i < anew {
			v = uint8(i * 37)
		}
		for p := range 16 * 16 {
			img.SetGray(i%40*16+p%16, i/40*16+p/16, color.Gray{Y: v})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	s, err := printOf(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPicturesThatResembleEachOtherAcrossTheSplitAreRefused(t *testing.T) {
	one := Known{Claim: "c000001", Site: "a", Split: "train", Imprint: drawn(t, 1, 0)}
	for name, c := range map[string]struct {
		other Known
		alike bool
	}{
		"nearly the same on the other side": {Known{Claim: "c000002", Site: "b", Split: "test", Imprint: drawn(t, 1, 40)}, true},
		"nearly the same on one side":       {Known{Claim: "c000002", Site: "b", Split: "train", Imprint: drawn(t, 1, 40)}, false},
		"another on the other side":         {Known{Claim: "c000002", Site: "b", Split: "test", Imprint: drawn(t, 2, 0)}, false},
	} {
		if err := apart([]Known{one, c.other}); errors.Is(err, ErrAlike) != c.alike {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := apart([]Known{{Claim: "c000001", Imprint: "none"}}); err == nil || errors.Is(err, ErrAlike) {
		t.Errorf("an imprint that cannot be read: %v", err)
	}
}
