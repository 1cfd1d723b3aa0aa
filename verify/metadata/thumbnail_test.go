package metadata_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// block is a picture of one dark block on white.
func block(w, h int, at image.Rectangle) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, at, image.NewUniform(color.NRGBA{20, 40, 90, 255}), image.Point{}, draw.Src)
	return img
}

func encode(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withThumbnail puts a thumbnail where Photoshop keeps it.
func withThumbnail(data, small []byte) []byte {
	body := append(make([]byte, 28), small...)
	b := append([]byte("Photoshop 3.0\x008BIM\x04\x0c\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(body)))...)
	return withSegment(data, 0xed, append(b, body...))
}

func beside(t *testing.T, data []byte) *metadata.Facts {
	t.Helper()
	f := read(t, data)
	whole, err := picture.Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.CompareThumbnail(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAThumbnailOfAnotherPictureIsTold(t *testing.T) {
	t.Parallel()
	whole := encode(t, block(640, 400, image.Rect(40, 30, 300, 200)))
	barred := block(160, 120, image.Rect(10, 17, 75, 60))
	draw.Draw(barred, image.Rect(0, 0, 160, 10), image.Black, image.Point{}, draw.Src)
	draw.Draw(barred, image.Rect(0, 110, 160, 120), image.Black, image.Point{}, draw.Src)
	for name, c := range map[string]struct {
		small *image.NRGBA
		other bool
	}{
		"the same":        {block(160, 100, image.Rect(10, 7, 75, 50)), false},
		"with black bars": {barred, false},
		"another":         {block(160, 100, image.Rect(90, 60, 155, 95)), true},
	} {
		f := beside(t, withThumbnail(whole, encode(t, c.small)))
		_, found := find(metadata.Findings(f, metadata.About{}), metadata.KeyThumbnail)
		if f.Thumbnail == nil || !f.Thumbnail.Compared || found != c.other || len(f.Thumbnail.Data) != 0 {
			t.Errorf("%s: %+v, told %t", name, f.Thumbnail, found)
		}
	}
}

func TestWhatShowsTooLittleIsNotCompared(t *testing.T) {
	t.Parallel()
	flat := block(640, 400, image.Rectangle{})
	for name, small := range map[string][]byte{
		"a blank one": encode(t, block(160, 100, image.Rectangle{})), "a tiny one": encode(t, block(8, 8, image.Rect(0, 0, 4, 4))),
		"none at all": []byte(strings.Repeat("x", 50)),
	} {
		f := beside(t, withThumbnail(encode(t, flat), small))
		if f.Thumbnail.Compared {
			t.Errorf("%s: %+v", name, f.Thumbnail)
		}
	}
}
