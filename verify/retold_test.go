package verify_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture"
)

func TestAResultIsRetoldWithItsPictureAndFrame(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	for i := range 40 * 30 {
		img.SetNRGBA(i%40, i/40, color.NRGBA{uint8(i), uint8(i / 40), 7, 255})
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	r := &verify.Result{Claim: verify.ClaimFacts{Frame: verify.FrameFacts{Kind: "browser", Picture: verify.FramePicture,
		Strips: []verify.FrameStrip{{Rect: verify.Rect{W: 40, H: 5}}, {Rect: verify.Rect{X: -9, Y: 28, W: 1 << 40, H: 1 << 40}}}}}}
	j, err := verify.Retold(t.Context(), r, file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if j.Result != r || j.Frame == nil || j.Frame.Bounds() != img.Rect {
		t.Fatalf("retold %+v", j)
	}
	for _, at := range []image.Point{{3, 4}, {3, 5}, {39, 27}, {39, 28}} {
		want := color.NRGBA{}
		if at.Y < 5 || at.Y >= 28 {
			want = img.NRGBAAt(at.X, at.Y)
		}
		if got := j.Frame.At(at.X, at.Y); got != want || j.Picture.At(at.X, at.Y) != img.NRGBAAt(at.X, at.Y) {
			t.Errorf("at %v the frame is %v, want %v", at, got, want)
		}
	}
	r.Claim.Frame = verify.FrameFacts{Kind: "none"}
	if j, err := verify.Retold(t.Context(), r, file.Bytes()); err != nil || j.Frame != nil || j.Picture == nil {
		t.Errorf("without a frame: %+v, %v", j, err)
	}
	if j, err := verify.Retold(t.Context(), r, nil); err != nil || j.Frame != nil || j.Picture != nil || j.Result != r {
		t.Errorf("without the file: %+v, %v", j, err)
	}
	if _, err := verify.Retold(t.Context(), r, []byte("no picture")); !errors.Is(err, picture.ErrNotPicture) {
		t.Errorf("what is no picture: %v", err)
	}
}
