package verify_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"testing"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

// blocked is a JPEG of one dark block on white.
func blocked(t *testing.T, w, h int, at image.Rectangle) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, at, image.NewUniform(color.NRGBA{20, 40, 90, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// previewed puts a preview where Photoshop keeps it.
func previewed(data, preview []byte) []byte {
	body := append(make([]byte, 28), preview...)
	b := append([]byte("Photoshop 3.0\x008BIM\x04\x0c\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(body)))...)
	b = append(b, body...)
	segment := append(binary.BigEndian.AppendUint16([]byte{0xff, 0xed}, uint16(len(b)+2)), b...)
	return append(append(data[:2:2], segment...), data[2:]...)
}

func TestThePreviewThatAFindingIsAboutIsRetold(t *testing.T) {
	t.Parallel()
	file := previewed(blocked(t, 640, 400, image.Rect(40, 30, 300, 200)), blocked(t, 160, 100, image.Rect(90, 60, 155, 95)))
	r := &verify.Result{Evidence: []verify.Evidence{{Finding: metadata.KeyThumbnail}}}
	j, err := verify.Retold(t.Context(), r, file)
	if err != nil || j.Preview == nil || j.Preview.Bounds() != image.Rect(0, 0, 160, 100) {
		t.Fatalf("%+v, %v", j, err)
	}
	if j, err := verify.Retold(t.Context(), &verify.Result{}, file); err != nil || j.Preview != nil {
		t.Errorf("where no finding is about it: %+v, %v", j, err)
	}
	if j, err := verify.Retold(t.Context(), r, blocked(t, 40, 40, image.Rect(1, 1, 9, 9))); err != nil || j.Preview != nil {
		t.Errorf("where there is none: %+v, %v", j, err)
	}
}
