package metadata_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify/metadata"
)

func plainImage(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(i*7) | 1
	}
	for y := range h {
		for x := range w {
			c := img.NRGBAAt(x, y)
			img.SetNRGBA(x, y, color.NRGBA{c.R, c.G, c.B, 255})
		}
	}
	return img
}

func jpegAt(t testing.TB, w, h, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, plainImage(w, h), &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegment puts a marker segment right after SOI.
func withSegment(data []byte, marker byte, payload []byte) []byte {
	seg := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(payload)+2))
	return append(append(data[:2:2], append(seg, payload...)...), data[2:]...)
}

// greedyEXIF is a JPEG with an EXIF tag of 2^31 + 2 short integers: their length
// in bytes overflows to 4, and goexif makes room for 17 GB.
func greedyEXIF(t testing.TB) []byte {
	b := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01")
	b = append(b, 0x01, 0x0f, 0x00, 0x03, 0x80, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
	return withSegment(jpegAt(t, 16, 16, 75), 0xe1, b)
}

func pngWith(t testing.TB, chunks ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, plainImage(20, 12)); err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(b.Bytes()[:33])
	for _, c := range chunks {
		out = append(out, c...)
	}
	return append(out, b.Bytes()[33:]...)
}

func chunk(name, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// webpWith is a WebP of one pixel with a chunk behind it.
func webpWith(name string, body []byte) []byte {
	le := binary.LittleEndian
	b := []byte("RIFF\x00\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00/\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	b = append(le.AppendUint32(append(b, name...), uint32(len(body))), body...)
	if len(body)%2 == 1 {
		b = append(b, 0)
	}
	le.PutUint32(b[4:], uint32(len(b)-8))
	return b
}

func read(t testing.TB, data []byte) *metadata.Facts {
	t.Helper()
	f, err := metadata.Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func find(found []metadata.Finding, key string) (metadata.Finding, bool) {
	for _, f := range found {
		if f.Key == key {
			return f, true
		}
	}
	return metadata.Finding{}, false
}

func TestTheQualityOfStandardTablesIsReadExactly(t *testing.T) {
	t.Parallel()
	for _, q := range []int{1, 10, 49, 50, 75, 82, 90, 99, 100} {
		f := read(t, jpegAt(t, 16, 16, q))
		if f.JPEG.Quality != q || f.JPEG.Tables != "standard" || f.JPEG.Subsampling != "4:2:0" {
			t.Errorf("quality %d: %+v", q, f.JPEG)
		}
	}
	odd := bytes.Replace(jpegAt(t, 16, 16, 75), []byte{0xff, 0xdb, 0, 0x84, 0, 8}, []byte{0xff, 0xdb, 0, 0x84, 0, 9}, 1)
	if f := read(t, odd); f.JPEG.Quality != 0 || f.JPEG.Tables != "not standard" {
		t.Errorf("a changed table counts as standard: %+v", f.JPEG)
	}
}

func TestTextOfAPNGIsReadInItsThreeForms(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t,
		chunk("tEXt", "Software\x00GIMP 2.10"),
		chunk("tEXt", "Author\x00J\xf6rg"),
		chunk("iTXt", "Title\x00\x00\x00de\x00Titel\x00größer"),
		chunk("zTXt", "Comment\x00\x00x\x9c\xcbH\xcd\xc9\xc9\x07\x00\x06,\x02\x15"),
		chunk("tIME", "\x07\xe9\x03\x02\x0a\x0b\x0c"),
		chunk("zTXt", "Broken\x00\x00not zlib"),
	))
	for name, want := range map[string]string{"Software": "GIMP 2.10", "Author": "Jörg", "Title": "größer", "Comment": "hello", "tIME": "2025-03-02T10:11:12Z"} {
		if got := tag(metadata.Text, name)(f); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "cannot be opened") {
		t.Errorf("notes %q", f.Notes)
	}
	if _, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditor); !ok {
		t.Error("GIMP is not found")
	}
}

func TestValuesAreCutAndNeverLost(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t, chunk("tEXt", "Long\x00"+strings.Repeat("ü", 5000)), chunk("tEXt", "After\x00x")))
	if got := tag(metadata.Text, "Long")(f); len(got) > 1000 || strings.Contains(got, "\uFFFD") || len(got) < 990 {
		t.Errorf("%d bytes", len(got))
	}
	if tag(metadata.Text, "After")(f) != "x" {
		t.Error("what follows a long value is lost")
	}
}

func TestAppleOffsetsAreHeldAgainstTheFile(t *testing.T) {
	t.Parallel()
	be := func(v ...uint32) string {
		var b []byte
		for _, n := range v {
			b = binary.BigEndian.AppendUint32(b, n)
		}
		return string(b)
	}
	// The chunk is 40 bytes long, so the first IDAT stands 40 after its start.
	good := pngWith(t, chunk("iDOT", be(2, 0, 6, 40, 6, 6, 40)))
	if f := read(t, good); f.PNG.AppleOffsets != "fit" {
		t.Errorf("a table that fits: %q", f.PNG.AppleOffsets)
	}
	for name, body := range map[string]string{"rows": be(2, 0, 6, 40, 6, 7, 40), "offset": be(2, 0, 6, 40, 6, 6, 44)} {
		f := read(t, pngWith(t, chunk("iDOT", body)))
		if _, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyRewritten); !ok {
			t.Errorf("wrong %s: %q", name, f.PNG.AppleOffsets)
		}
	}
}

func TestBytesAfterTheEndAreCounted(t *testing.T) {
	t.Parallel()
	whole, photo, webp := pngWith(t), jpegAt(t, 16, 16, 75), []byte("RIFF\x16\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00/\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	gif := []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")
	zip := []byte("PK\x03\x04 and what is packed PK\x05\x06 and its end")
	film := []byte("\x00\x00\x00\x18ftypmp42 and so on")
	shared := withSegment(photo, 0xe2, []byte("MPF\x00MM\x00*"))
	google := withSegment(photo, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+packet(`<c:Directory xmlns:c="http://ns.google.com/photos/1.0/container/" xmlns:i="http://ns.google.com/photos/1.0/container/item/" i:Mime="image/jpeg"/>`)))
	samsung := []byte("\x00\x00\x30\x0a\x10\x00\x00\x00MotionPhoto_Data....ftypmp42")
	for _, c := range []struct {
		name        string
		first, rest []byte
		words       string // of the finding's sentence; "" for no finding
	}{
		{"the rest of a PNG", whole, whole[40:], "end like another picture"},
		{"the rest of a JPEG", photo, photo[40:], "end like another picture"},
		{"the rest of a GIF", gif, gif[20:], "end like another picture"},
		{"a JPEG and a JPEG", photo, photo, "begin like another picture (JPEG)"},
		{"a JPEG, filling and a JPEG", photo, append(make([]byte, 9), photo...), "begin like another picture (JPEG)"},
		{"a JPEG and a PNG", photo, whole, "begin like another picture (PNG)"},
		{"a PNG and a PNG", whole, whole, "begin like another picture (PNG)"},
		{"a PNG and a JPEG", whole, photo, "begin like another picture (JPEG)"},
		{"a PNG and a ZIP", whole, zip, "ZIP archive"},
		{"a PNG and a ZIP behind a program", whole, append([]byte("#!"), zip...), "ZIP archive"},
		{"a GIF and a GIF", gif, gif, "begin like another picture (GIF)"},
		{"a WebP and a JPEG", webp, photo, "begin like another picture (JPEG)"},
		{"a WebP and a WebP", webp, webp, "begin like another picture (WEBP)"},
		{"a PNG and a film", whole, film, "a film (MP4)"},
		{"a film behind a JPEG, as phones write it", photo, film, ""},
		{"the same as Samsung's write it", photo, samsung, ""},
		{"pictures that a JPEG announces", shared, photo, ""},
		{"pictures that Google's directory announces", google, photo, ""},
		{"an archive behind a JPEG that announces pictures", shared, zip, "ZIP archive"},
		{"a few bytes", photo, []byte("abc"), ""},
		{"zeros", whole, make([]byte, 500), ""},
		{"a PNG and a PDF", whole, []byte("%PDF-1.7\n1 0 obj"), "a PDF document"},
		{"a JPEG, a line's end and a PDF", photo, []byte("\r\n%PDF-1.7\n1 0 obj"), "a PDF document"},
		{"a GIF and a RAR", gif, []byte("Rar!\x1a\x07\x01\x00"), "a RAR archive"},
		{"a WebP and a 7z", webp, []byte("7z\xbc\xaf\x27\x1c\x00\x04"), "a 7z archive"},
		{"a PNG and a 7z with a byte changed", whole, []byte("7z\xbd\xaf\x27\x1c\x00\x04"), ""},
		{"a PNG and a gzip", whole, []byte("\x1f\x8b\x08\x00\x00"), "a gzip archive"},
		{"a PNG and a page", whole, []byte("<!DOCTYPE html><html>"), "a web page"},
		{"a PNG and a page without its type", whole, []byte("<html>"), "a web page"},
		{"a GIF and a program of a server", gif, []byte("<?php system($_GET[0]);"), "a program in PHP"},
	} {
		f := read(t, append(bytes.Clone(c.first), c.rest...))
		got, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyTrailingData)
		if f.Trailing != int64(len(c.rest)) || ok != (c.words != "") || !strings.Contains(got.Sentence, c.words) || ok && int(got.Value) != len(c.rest) {
			t.Errorf("%s: %d bytes, %+v", c.name, f.Trailing, got)
		}
	}
}

func TestAMessengersBuildExplainsMissingMetadata(t *testing.T) {
	t.Parallel()
	jfif := []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
	sent := withSegment(jpegAt(t, 1280, 20, 87), 0xe0, jfif)
	if _, ok := find(metadata.Findings(read(t, sent), metadata.About{}), metadata.KeyReencoded); !ok {
		t.Error("not found")
	}
	own := withSegment(jpegAt(t, 1366, 20, 87), 0xe0, jfif)
	if _, ok := find(metadata.Findings(read(t, own), metadata.About{}), metadata.KeyReencoded); ok {
		t.Error("found for a size that no messenger makes")
	}
}

func TestTheEndingOfTheNameIsHeldAgainstTheContent(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t))
	for name, want := range map[string]bool{"a.jpg": true, "a.PNG": false, "a": false, "a.txt": false, "a.png.webp": true} {
		if _, got := find(metadata.Findings(f, metadata.About{Name: name}), metadata.KeyExtension); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestAPlainFileGivesNoFinding(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"png": pngWith(t), "jpeg": jpegAt(t, 300, 200, 80)} {
		about := metadata.About{Name: "a." + name, ReadAt: time.Unix(1e9, 0),
			Window: metadata.Span{From: time.Unix(9e8, 0), To: time.Unix(9e8, 0)}, Posted: metadata.Span{From: time.Unix(9e8, 0), To: time.Unix(9e8, 0)}}
		if got := metadata.Findings(read(t, data), about); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestSmallFieldsOfContainersAreRead(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t, chunk("sRGB", "\x01"), chunk("sBIT", "\x08\x07\x06"), chunk("bKGD", "\x00\xff\x01\x00\x00\x02")))
	if p := f.PNG; !p.SRGB || p.Intent != 1 || !slices.Equal(p.Significant, []int{8, 7, 6}) || !slices.Equal(p.Background, []int{255, 256, 2}) {
		t.Errorf("%+v", p)
	}
	if f := read(t, pngWith(t, chunk("bKGD", "\x07"), chunk("sBIT", "far too long"))); !slices.Equal(f.PNG.Background, []int{7}) || len(f.PNG.Significant) != 0 {
		t.Errorf("%+v", f.PNG)
	}
	data := withSegment(jpegAt(t, 16, 16, 75), 0xee, []byte("Adobe\x00\x64\x40\x00\x00\x01\x00"))
	f = read(t, withSegment(data, 0xe0, []byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00")))
	if j := f.JPEG; j.Bits != 8 || j.JFIF != "1.2" || !slices.Equal(j.Adobe, []int{100, 0x4000, 1}) || j.AdobeColour != 0 {
		t.Errorf("%+v", j)
	}
}
