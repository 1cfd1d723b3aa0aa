package alignment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"io"
	"os/exec"
	"testing"
)

// dumped is an XWD file of a picture, as Xvfb writes it.
func dumped(img *image.RGBA, colours uint32) []byte {
	w, h := uint32(img.Rect.Dx()), uint32(img.Rect.Dy())
	head := [xwdWords]uint32{0: 4*xwdWords + 8, 1: 7, 2: 2, 3: 24, 4: w, 5: h, 11: 32, 12: 4 * w, 19: colours}
	var b bytes.Buffer
	_ = binary.Write(&b, binary.BigEndian, head)
	b.WriteString("a screen")
	b.Write(make([]byte, colours*xwdColour))
	for i := 0; i < len(img.Pix); i += 4 {
		b.Write([]byte{img.Pix[i+2], img.Pix[i+1], img.Pix[i], 0})
	}
	return b.Bytes()
}

func TestAScreenIsReadAsItWasDumped(t *testing.T) {
	t.Parallel()
	img := filled(30, 20, color.RGBA{10, 20, 30, 255})
	img.SetRGBA(29, 19, color.RGBA{200, 100, 50, 255})
	got, err := readXWD(bytes.NewReader(dumped(img, 256)))
	if err != nil || difference(img, got) != (image.Rectangle{}) {
		t.Errorf("read otherwise in %v, error %v", difference(img, got), err)
	}
}

func TestADumpThatIsCutOffOrOfAnotherKindIsAnError(t *testing.T) {
	t.Parallel()
	whole := dumped(filled(30, 20, color.White), 256)
	for _, n := range []int{0, 50, 104, 2000, len(whole) - 1} {
		if _, err := readXWD(bytes.NewReader(whole[:n])); !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			t.Errorf("%d bytes: error %v", n, err)
		}
	}
	whole[16] = 0xff // the width
	if _, err := readXWD(bytes.NewReader(whole)); !errors.Is(err, errXWD) {
		t.Errorf("a screen 4 thousand million wide: error %v", err)
	}
}

func FuzzAnyDumpIsReadOrRefused(f *testing.F) {
	f.Add(dumped(filled(3, 2, color.White), 2))
	f.Fuzz(func(t *testing.T, data []byte) {
		if img, err := readXWD(bytes.NewReader(data)); err == nil && 4*img.Rect.Dx()*img.Rect.Dy() != len(img.Pix) {
			t.Errorf("%v with %d bytes", img.Rect, len(img.Pix))
		}
	})
}

func TestARealWindowShowsThePageBesideItsPanel(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: a real window takes half a minute")
	}
	if _, err := exec.LookPath("Xvfb"); err != nil {
		t.Skipf("skipped: %v", err)
	}
	r := small(t, "firefox window, panel")
	if r.firefox == nil {
		t.Skip("skipped: no Firefox here")
	}
	d := r.drafts(r.pages, 1)[0]
	if err := r.develop(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if want := image.Pt(d.pose.Width, d.pose.Height+bars); d.img.Rect.Size() != want {
		t.Errorf("screen %v, want %v", d.img.Rect.Size(), want)
	}
	colours := map[color.RGBA]int{}
	for y := 150; y < d.img.Rect.Dy(); y += 3 {
		for x := 420; x < d.img.Rect.Dx(); x += 3 {
			colours[d.img.RGBAAt(x, y)]++
		}
	}
	if len(colours) < 10 {
		t.Errorf("%d colours where the page should be", len(colours))
	}
}
