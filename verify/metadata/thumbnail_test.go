package metadata_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/capture/realdata"
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

// previewShapes are the ways in which programs fit a picture into the 160 by 120
// pixels of a preview: its own shape, bars that fill it up, its middle alone.
func previewShapes() map[string]func(scaler draw.Scaler, img *image.NRGBA) *image.NRGBA {
	const w, h = 160, 120
	fitted := func(r image.Rectangle) image.Rectangle {
		if r.Dx()*h > r.Dy()*w {
			return image.Rect(0, 0, w, max(1, r.Dy()*w/r.Dx()))
		}
		return image.Rect(0, 0, max(1, r.Dx()*h/r.Dy()), h)
	}
	return map[string]func(draw.Scaler, *image.NRGBA) *image.NRGBA{
		"whole": func(s draw.Scaler, img *image.NRGBA) *image.NRGBA {
			out := image.NewNRGBA(fitted(img.Rect))
			s.Scale(out, out.Rect, img, img.Rect, draw.Src, nil)
			return out
		},
		"barred": func(s draw.Scaler, img *image.NRGBA) *image.NRGBA {
			out, r := image.NewNRGBA(image.Rect(0, 0, w, h)), fitted(img.Rect)
			draw.Draw(out, out.Rect, image.Black, image.Point{}, draw.Src)
			s.Scale(out, r.Add(image.Pt((w-r.Dx())/2, (h-r.Dy())/2)), img, img.Rect, draw.Src, nil)
			return out
		},
		"cut": func(s draw.Scaler, img *image.NRGBA) *image.NRGBA {
			out, x, y := image.NewNRGBA(image.Rect(0, 0, w, h)), img.Rect.Dx(), img.Rect.Dy()
			part := image.Rect(0, 0, min(x, y*w/h), min(y, x*h/w))
			s.Scale(out, out.Rect, img, part.Add(image.Pt((x-part.Dx())/2, (y-part.Dy())/2)), draw.Src, nil)
			return out
		},
	}
}

// TestPreviewsOfRealScreenshotsAreTheirOwn makes previews of real screenshots in
// nine ways, three shapes at three ways of scaling and three qualities, and holds
// them against their own picture, and those of the best quality against another.
// The bound counts screenshots, since the ways of one are not independent.
func TestPreviewsOfRealScreenshotsAreTheirOwn(t *testing.T) {
	t.Parallel()
	scalers := []struct {
		scaler  draw.Scaler
		quality int
	}{{draw.NearestNeighbor, 60}, {draw.ApproxBiLinear, 75}, {draw.CatmullRom, 90}}
	pictures := realScreenshots(t)
	own, screenshots, others, told, least := 0, 0, 0, 0, 1.0
	for i, whole := range pictures {
		another, before := pictures[(i+1)%len(pictures)], own
		for shape, make := range previewShapes() {
			for _, s := range scalers {
				var b bytes.Buffer
				if err := jpeg.Encode(&b, make(s.scaler, whole.Image), &jpeg.Options{Quality: s.quality}); err != nil {
					t.Fatal(err)
				}
				if f, told := heldAgainst(t, b.Bytes(), whole); f.Compared {
					own, least = own+1, min(least, f.Agreement)
					if told {
						t.Errorf("picture %d, %s at quality %d: its own preview is told, %.2f", i, shape, s.quality, f.Agreement)
					}
				}
				if s.quality < 90 {
					continue
				}
				if f, of := heldAgainst(t, b.Bytes(), another); f.Compared {
					others++
					if of {
						told++
					}
				}
			}
		}
		if own > before {
			screenshots++
		}
	}
	t.Logf("%d previews of %d screenshots: the least agreement is %.2f; none called another's bounds the rate by screenshots at %.1f %% (at 95 %%); of %d held against another screenshot %d are told",
		own, screenshots, least, 100*(1-math.Pow(0.05, 1/float64(max(1, screenshots)))), others, told)
	if own < 200 || told*10 < others*8 {
		t.Errorf("the count says little: %d own, %d of %d others told", own, told, others)
	}
}

// heldAgainst compares one preview with one picture, and says whether it is told
// as another's.
func heldAgainst(t *testing.T, preview []byte, whole *picture.Picture) (*metadata.Thumbnail, bool) {
	t.Helper()
	f := metadata.WithPreview(preview)
	if err := f.CompareThumbnail(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	_, told := find(metadata.Findings(f, metadata.About{}), metadata.KeyThumbnail)
	return f.Thumbnail, told
}

// realScreenshots are all of the real data, of whatever making.
func realScreenshots(t *testing.T) (all []*picture.Picture) {
	t.Helper()
	for _, dir := range []string{"meta/ios", "meta/macos", "meta/msedge", "meta/debian", "defacement"} {
		for _, name := range realdata.Files(t, dir) {
			if dir == "defacement" && filepath.Base(name) != "screenshot.png" {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p, err := picture.Read(t.Context(), data)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			all = append(all, p)
		}
	}
	return all
}
