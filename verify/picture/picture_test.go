package picture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture"
)

func TestLosslessFormatsGiveTheSamePixels(t *testing.T) {
	t.Parallel()
	img := scene(64, 48)
	for name, data := range map[string][]byte{"png": encodePNG(t, img), "bmp": encodeBMP(t, img)} {
		p, err := picture.Read(t.Context(), data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if string(p.Format) != name || p.Frames != 1 || p.Bytes != int64(len(data)) || len(p.SHA256) != 64 {
			t.Errorf("%s: %+v", name, p)
		}
		if !bytes.Equal(p.Image.Pix, img.Pix) || p.Mask != nil || len(p.Notes()) != 0 {
			t.Errorf("%s: the pixels differ or there are notes: %v", name, p.Notes())
		}
	}
}

func TestOfAnAnimationTheFirstFrameIsUsedAndSaid(t *testing.T) {
	t.Parallel()
	p, err := picture.Read(t.Context(), encodeGIF(t, 3, scene(20, 10)))
	if err != nil {
		t.Fatal(err)
	}
	if p.Frames != 3 || !strings.Contains(strings.Join(p.Notes(), " "), "animation of 3 frames") {
		t.Errorf("%d frames, notes %v", p.Frames, p.Notes())
	}
}

func TestAnAnimatedPNGDeclaresItsFrames(t *testing.T) {
	t.Parallel()
	data := encodePNG(t, scene(8, 8))
	actl := pngChunk("acTL", []byte{0, 0, 0, 5, 0, 0, 0, 0})
	data = append(data[:33:33], append(actl, data[33:]...)...)
	p, err := picture.Read(t.Context(), data)
	if err != nil || p.Frames != 5 {
		t.Fatalf("got %+v, %v", p, err)
	}
}

func TestTransparencyIsLaidOnWhiteAndRemembered(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 3, 1))
	img.SetNRGBA(0, 0, color.NRGBA{10, 20, 30, 255})
	img.SetNRGBA(1, 0, color.NRGBA{0, 0, 0, 128})
	p, err := picture.Read(t.Context(), encodePNG(t, img))
	if err != nil {
		t.Fatal(err)
	}
	want := []byte{10, 20, 30, 255, 127, 127, 127, 255, 255, 255, 255, 255}
	if !bytes.Equal(p.Image.Pix, want) || p.Mask == nil || !bytes.Equal(p.Mask.Pix, []byte{255, 128, 0}) {
		t.Errorf("pixels %v, mask %v", p.Image.Pix, p.Mask)
	}
}

// exif is an APP1 segment that holds one orientation and nothing else.
func exif(o uint16, order binary.AppendByteOrder, mark string) []byte {
	b := append([]byte(mark), 0, 0, 0, 0, 0, 0)
	b = order.AppendUint16(b[:2], 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 1)
	b = order.AppendUint16(b, 0x0112)
	b = order.AppendUint16(b, 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, o)
	b = append(b, 0, 0, 0, 0, 0, 0)
	b = append([]byte("Exif\x00\x00"), b...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(b)+2)), b...)
}

// TestEXIFOrientationsTurnThePicture puts a light corner where each
// orientation says that the top left corner is stored.
func TestEXIFOrientationsTurnThePicture(t *testing.T) {
	t.Parallel()
	const w, h = 32, 16
	for o, corner := range map[uint16]image.Point{
		1: {0, 0}, 2: {w - 8, 0}, 3: {w - 8, h - 8}, 4: {0, h - 8},
		5: {0, 0}, 6: {0, h - 8}, 7: {w - 8, h - 8}, 8: {w - 8, 0},
	} {
		img := image.NewNRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				v := uint8(20)
				if image.Pt(x, y).In(image.Rect(0, 0, 8, 8).Add(corner)) {
					v = 240
				}
				img.SetNRGBA(x, y, color.NRGBA{v, v, v, 255})
			}
		}
		data := encodeJPEG(t, img)
		segment := exif(o, binary.BigEndian, "MM")
		if o%2 == 0 {
			segment = exif(o, binary.LittleEndian, "II")
		}
		data = append(data[:2:2], append(segment, data[2:]...)...)
		p, err := picture.Read(t.Context(), data)
		if err != nil {
			t.Fatal(err)
		}
		wantW, wantH := w, h
		if o >= 5 {
			wantW, wantH = h, w
		}
		if p.Width != wantW || p.Height != wantH || p.Orientation != int(o) || p.Oriented != (o != 1) {
			t.Errorf("orientation %d: %d x %d, %d, %t", o, p.Width, p.Height, p.Orientation, p.Oriented)
		}
		if p.Image.NRGBAAt(3, 3).R < 200 || p.Image.NRGBAAt(wantW-3, wantH-3).R > 60 {
			t.Errorf("orientation %d: the light corner is not at the top left", o)
		}
	}
}

func TestWhatIsNoPictureIsSaidByName(t *testing.T) {
	t.Parallel()
	whole := encodePNG(t, scene(64, 64))
	noisy := encodeJPEG(t, scene(200, 200))
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty file", nil, picture.ErrNotPicture},
		{"web page", []byte("<!DOCTYPE html><title>x</title>"), picture.ErrNotPicture},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), picture.ErrUnsupported},
		{"AVIF", []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00"), picture.ErrUnsupported},
		{"TIFF", []byte("II*\x00\x08\x00\x00\x00"), picture.ErrUnsupported},
		{"PDF", []byte("%PDF-1.7"), picture.ErrUnsupported},
		{"PNG cut in its header", whole[:20], picture.ErrTruncated},
		{"PNG cut in its pixels", whole[:len(whole)/2], picture.ErrTruncated},
		{"JPEG cut in its tables", noisy[:40], picture.ErrTruncated},
		{"JPEG cut in its pixels", noisy[:len(noisy)/2], picture.ErrTruncated},
		{"GIF cut in its screen", []byte("GIF89a\x01\x00"), picture.ErrTruncated},
		{"WebP cut short", stillWebP[:22], picture.ErrTruncated},
		{"PNG without size", flatPNG(0, 0), picture.ErrDamaged},
		{"too many bytes", append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, picture.DefaultBytes)...), picture.ErrTooManyBytes},
	} {
		_, err := picture.Read(t.Context(), c.data)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func TestAnUnreadFormatIsNamedWithWhatToDo(t *testing.T) {
	t.Parallel()
	_, err := picture.Sniff([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"))
	if err == nil || !strings.Contains(err.Error(), "HEIC") || !strings.Contains(err.Error(), "convert") || !errors.Is(err, capture.ErrMalformed) {
		t.Errorf("got %v", err)
	}
}

func TestOurOwnShotsAreDecodedHereAndMustBePNG(t *testing.T) {
	t.Parallel()
	img := scene(33, 21)
	got, err := picture.DecodeCapture(encodePNG(t, img))
	if err != nil || !bytes.Equal(got.Pix, img.Pix) {
		t.Fatalf("the pixels differ, or %v", err)
	}
	if _, err := picture.DecodeCapture(encodeJPEG(t, img)); !errors.Is(err, picture.ErrDamaged) {
		t.Errorf("a JPEG was taken: %v", err)
	}
	if _, err := picture.DecodeCapture(flatPNG(30000, 30000)); !errors.Is(err, picture.ErrTooManyPixels) {
		t.Errorf("a bomb was taken: %v", err)
	}
}

func TestAPictureForAReportFitsAndIsOurOwnEncoding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, maxW, maxH, wantW, wantH int }{
		{400, 200, 100, 0, 100, 50}, {400, 200, 0, 50, 100, 50}, {400, 200, 800, 800, 400, 200},
		{400, 200, 100, 10, 20, 10}, {400, 1, 10, 10, 10, 1},
	} {
		data, mediaType, err := picture.EncodeForReport(scene(c.w, c.h), c.maxW, c.maxH)
		if err != nil {
			t.Fatal(err)
		}
		h, err := picture.Check(data, picture.Limits{})
		if err != nil || h.Width != c.wantW || h.Height != c.wantH || mediaType != "image/"+string(h.Format) {
			t.Errorf("%+v: %+v, %s, %v", c, h, mediaType, err)
		}
	}
}
