package verify

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func shotOfShade(t *testing.T, level uint8) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	for i := range img.Pix {
		img.Pix[i] = level
	}
	img.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestShotsAreDecodedOnceAndTheOldestAreLetGo(t *testing.T) {
	t.Parallel()
	const each = 6 * 200 * 100
	s, plain := NewShots(5*each/2), capture.Viewport{Width: 200, Height: 100, Scale: 1}
	open := func(level uint8, v capture.Viewport) *shot {
		t.Helper()
		got, err := s.open(shotOfShade(t, level), v)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	first := open(10, plain)
	if open(10, plain) != first {
		t.Error("a shot that is kept was decoded again")
	}
	fine := open(10, capture.Viewport{Width: 100, Height: 50, Scale: 2})
	if fine == first || fine.image.Bounds().Dx() != 100 {
		t.Errorf("at two device pixels it is %v", fine.image.Bounds())
	}
	if open(10, plain); open(20, plain) == nil || open(10, plain) != first {
		t.Error("what was used last is gone")
	}
	if open(10, capture.Viewport{Width: 100, Height: 50, Scale: 2}) == fine {
		t.Error("what was used longest ago is still there")
	}
}

func TestWhoKeepsNoShotsDecodesThemAll(t *testing.T) {
	t.Parallel()
	var none *Shots
	data, v := shotOfShade(t, 10), capture.Viewport{Width: 200, Height: 100, Scale: 1}
	a, err := none.open(data, v)
	b, failed := none.open(data, v)
	if err != nil || failed != nil || a == b || a.digest != b.digest || a.imprint() != b.imprint() {
		t.Errorf("%v, %v", err, failed)
	}
	if _, err := none.open([]byte("no picture"), v); err == nil {
		t.Error("opened what is no picture")
	}
}
