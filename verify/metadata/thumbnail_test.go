package metadata_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
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
	return withSegment(data, 0xed, append([]byte("Photoshop 3.0\x00"), resource(0x040c, append(make([]byte, 28), small...))...))
}

// resource is one of Photoshop's resources without a name.
func resource(id uint16, body []byte) []byte {
	b := binary.BigEndian.AppendUint16([]byte("8BIM"), id)
	b = append(binary.BigEndian.AppendUint32(append(b, 0, 0), uint32(len(body))), body...)
	return append(b, make([]byte, len(body)%2)...)
}

// exifWithThumbnail is a TIFF block, big-endian, with a thumbnail in its second
// directory.
func exifWithThumbnail(small []byte) []byte {
	be := binary.BigEndian
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x0e\x00\x02")
	b = be.AppendUint32(append(b, 2, 1, 0, 4, 0, 0, 0, 1), 44) // where it lies
	b = be.AppendUint32(append(b, 2, 2, 0, 4, 0, 0, 0, 1), uint32(len(small)))
	return append(append(b, 0, 0, 0, 0), small...)
}

func withEXIFThumbnail(data, small []byte) []byte {
	return withSegment(data, 0xe1, append([]byte("Exif\x00\x00"), exifWithThumbnail(small)...))
}

// withJFXX puts a thumbnail into JFIF's extension.
func withJFXX(data, small []byte) []byte {
	return withSegment(data, 0xe0, append([]byte("JFXX\x00\x10"), small...))
}

// gallery is XMP with a preview, which says around it where it belongs.
func gallery(small []byte, before, after string) string {
	lines := strings.ReplaceAll(base64.StdEncoding.EncodeToString(small), "A", "A&#xA;")
	return `<g:a xmlns:g="g"/>` + before + `<xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource" xmlns:i="http://ns.adobe.com/xap/1.0/g/img/">
<i:format>JPEG</i:format><i:image>` + lines + `</i:image></rdf:li></rdf:Alt></xmp:Thumbnails>` + after
}

func withXMPThumbnail(data, small []byte) []byte {
	return withSegment(data, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+packet(gallery(small, "", ""))))
}

// previewIn is the first preview of a place.
func previewIn(f *metadata.Facts, source string) metadata.Thumbnail {
	for _, t := range f.Thumbnails {
		if t.Source == source {
			return t
		}
	}
	return metadata.Thumbnail{}
}

func beside(t *testing.T, data []byte) *metadata.Facts {
	t.Helper()
	f := read(t, data)
	whole, err := picture.Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.CompareThumbnails(t.Context(), whole); err != nil {
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
		if small := previewIn(f, "photoshop"); !small.Compared || found != c.other || len(small.Data) != 0 {
			t.Errorf("%s: %+v, told %t", name, small, found)
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
		if len(f.Thumbnails) != 1 || f.Thumbnails[0].Compared {
			t.Errorf("%s: %+v", name, f.Thumbnails)
		}
	}
}

// TestThePreviewThatDiffersIsToldByItsPlace puts the preview of another picture
// beside those of the same one, in every place.
func TestThePreviewThatDiffersIsToldByItsPlace(t *testing.T) {
	t.Parallel()
	whole := encode(t, block(640, 400, image.Rect(40, 30, 300, 200)))
	same, other := encode(t, block(160, 100, image.Rect(10, 7, 75, 50))), encode(t, block(80, 50, image.Rect(45, 30, 77, 47)))
	places := []struct {
		source, words string
		put           func(data, small []byte) []byte
	}{
		{"exif", "EXIF", withEXIFThumbnail}, {"photoshop", "8BIM", withThumbnail}, {"jfxx", "JFXX", withJFXX}, {"xmp", "XMP", withXMPThumbnail},
	}
	for _, odd := range append(places, struct {
		source, words string
		put           func(data, small []byte) []byte
	}{source: "none"}) {
		data := whole
		for _, p := range places {
			small := same
			if p.source == odd.source {
				small = other
			}
			data = p.put(data, small)
		}
		f := beside(t, data)
		found, told := find(metadata.Findings(f, metadata.About{}), metadata.KeyThumbnail)
		if len(f.Thumbnails) != len(places) || told != (odd.put != nil) || !strings.Contains(found.Sentence, odd.words) {
			t.Errorf("%s: %+v, %+v", odd.source, f.Thumbnails, found)
		}
		if shown := f.Preview(); told != (shown != nil) || told && shown.Rect.Dx() != 80 {
			t.Errorf("%s: another preview is shown", odd.source)
		}
		for _, p := range f.Thumbnails {
			if !p.Compared {
				t.Errorf("%s: %+v is not compared", odd.source, p)
			}
		}
	}
}

func TestPreviewsOfDocumentsInXMPAreNotCompared(t *testing.T) {
	t.Parallel()
	whole := encode(t, block(640, 400, image.Rect(40, 30, 300, 200)))
	other := encode(t, block(160, 100, image.Rect(90, 60, 155, 95)))
	pages := `<t:NPages xmlns:t="http://ns.adobe.com/xap/1.0/t/pg/">1</t:NPages>`
	for name, inside := range map[string]string{
		"of what was pasted in":      gallery(other, "<xmpMM:Pantry><rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag></xmpMM:Pantry>"),
		"of a document of pages":     gallery(other, "", pages),
		"behind the number of pages": gallery(other, pages, ""),
		"of a page":                  strings.ReplaceAll(gallery(other, "", ""), "xmp:Thumbnails", "xmp:PageInfo"),
	} {
		f := beside(t, withSegment(whole, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+packet(inside))))
		want := fmt.Sprintf("(%d bytes)", len(other))
		if got := tag(metadata.XMP, "xmpGImg:image")(f); len(f.Thumbnails) > 0 || got != want {
			t.Errorf("%s: %+v, shown as %.40q", name, f.Thumbnails, got)
		}
	}
}

func TestNoMorePreviewsAreKeptThanAreNeeded(t *testing.T) {
	t.Parallel()
	data := encode(t, block(640, 400, image.Rect(40, 30, 300, 200)))
	for i := range 20 {
		data = withThumbnail(withJFXX(data, encode(t, block(100+i, 50, image.Rect(4, 4, 50, 30)))), []byte("no picture"))
	}
	if f := beside(t, data); len(f.Thumbnails) != 6 || !noted(f, "more previews") || !noted(f, "8BIM", "could not be read") {
		t.Errorf("%d previews, %q", len(f.Thumbnails), f.Notes)
	}
	big := bytes.Repeat([]byte("big"), 400_000)
	if f := read(t, pngWith(t, xmpChunk(gallery(big, "", "")))); len(f.Thumbnails) != 1 || f.Thumbnails[0].Bytes != len(big) || !noted(f, "longer than are compared") {
		t.Errorf("a preview of %d bytes: %+v, %q", len(big), f.Thumbnails, f.Notes)
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
	if err := f.CompareThumbnails(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	_, told := find(metadata.Findings(f, metadata.About{}), metadata.KeyThumbnail)
	return &f.Thumbnails[0], told
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
