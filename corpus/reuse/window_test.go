package reuse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/reuse/reusetest"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// view is one look at a defaced page; page is its HTML in place of the usual words.
type view struct{ title, address, clock, page string }

// shots are pictures of views in a real browser.
func shots(t *testing.T, views ...view) []*picture.Picture {
	t.Helper()
	var asked []reusetest.View
	for _, v := range views {
		asked = append(asked, reusetest.View{Title: v.title, Address: v.address, Clock: v.clock, Page: v.page})
	}
	taken, err := reusetest.Shots(t.Context(), asked...)
	if errors.Is(err, capture.ErrNoBrowser) {
		t.Skipf("skipped: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var all []*picture.Picture
	for _, data := range taken {
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, pictureOf(t, img))
	}
	return all
}

func pictureOf(t *testing.T, img image.Image) *picture.Picture {
	t.Helper()
	p := &picture.Picture{Image: image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))}
	draw.Draw(p.Image, p.Image.Rect, img, img.Bounds().Min, draw.Src)
	sum := sha256.Sum256(p.Image.Pix)
	p.SHA256 = hex.EncodeToString(sum[:])
	return p
}

// recompressed is a picture as a messenger sends it on.
func recompressed(t *testing.T, p *picture.Picture, scale float64, quality int) *picture.Picture {
	t.Helper()
	data, err := reusetest.Recompressed(p.Image, scale, quality)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return pictureOf(t, img)
}

func cut(t *testing.T, p *picture.Picture, r image.Rectangle) *picture.Picture {
	return pictureOf(t, p.Image.SubImage(r))
}

// laidOn is a picture on a desktop.
func laidOn(t *testing.T, p *picture.Picture) *picture.Picture {
	size := p.Image.Rect.Size()
	out := image.NewNRGBA(image.Rect(0, 0, size.X+380, size.Y+160))
	draw.Draw(out, out.Rect, image.NewUniform(color.NRGBA{40, 90, 120, 255}), image.Point{}, draw.Src)
	draw.Draw(out, p.Image.Rect.Add(image.Pt(320, 90)), p.Image, image.Point{}, draw.Src)
	return pictureOf(t, out)
}
