package browser

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

func TestAPictureIsFlatOnlyWithoutContent(t *testing.T) {
	page := func(ink int, c color.NRGBA) []byte {
		img := image.NewNRGBA(image.Rect(0, 0, 1000, 700))
		for i := range img.Pix {
			img.Pix[i] = 250
		}
		for i := range ink {
			img.SetNRGBA(100+i%100, 100+i/100, c)
		}
		var buf bytes.Buffer
		if err := png.Encode(&buf, img); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	black := color.NRGBA{0, 0, 0, 255}
	for name, tt := range map[string]struct {
		shot []byte
		want bool
	}{
		"background alone":          {page(0, black), true},
		"a few specks":              {page(100, black), true},
		"a short line of text":      {page(300, black), false},
		"a shade that nobody sees":  {page(5000, color.NRGBA{246, 247, 250, 250}), true},
		"not a picture":             {[]byte("hello"), false},
		"no bytes":                  {nil, false},
		"a picture that breaks off": {page(0, black)[:200], false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := isFlat(tt.shot); got != tt.want {
				t.Errorf("flat %v, want %v", got, tt.want)
			}
		})
	}
}

func FuzzIsFlat(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	var buf bytes.Buffer
	_ = png.Encode(&buf, image.NewGray(image.Rect(0, 0, 9, 9)))
	f.Add(buf.Bytes())
	f.Fuzz(func(_ *testing.T, shot []byte) { isFlat(shot) })
}
