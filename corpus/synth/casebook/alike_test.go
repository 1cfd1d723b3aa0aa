package casebook

import (
	"bytes"
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

func TestClaimsForTestingThatResembleOneForTrainingAreLeftOut(t *testing.T) {
	all := []Known{
		{Claim: "c000001", Split: "train", Imprint: drawn(t, 1, 0)},
		{Claim: "c000002", Split: "test", Imprint: drawn(t, 1, 40)},  // nearly the same on the other side
		{Claim: "c000003", Split: "train", Imprint: drawn(t, 1, 30)}, // on one side
		{Claim: "c000004", Split: "test", Imprint: drawn(t, 2, 0)},   // another
		{Claim: "c000005", Split: "test", Imprint: drawn(t, 2, 40)},  // like that, on one side
	}
	left, err := apart(all)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 1 || left[0].Claim != "c000002" || left[0].Resembles != "c000001" || left[0].Bits > alikeBits {
		t.Errorf("left out %+v", left)
	}
	if _, err := apart([]Known{{Claim: "c000001", Imprint: "none"}}); err == nil {
		t.Error("an imprint that cannot be read is passed over")
	}
}
