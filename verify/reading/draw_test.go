package reading_test

import (
	"image"
	"image/color"
	"image/draw"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// sheet is a picture to write on.
type sheet struct{ *image.NRGBA }

func newSheet(w, h int, ground color.Color) sheet {
	s := sheet{image.NewNRGBA(image.Rect(0, 0, w, h))}
	draw.Draw(s, s.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	return s
}

// write puts a line with its baseline at x, y and returns its end.
func (s sheet) write(t testing.TB, x, y int, size float64, ink color.Color, text string) int {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		t.Fatal(err)
	}
	d := font.Drawer{Dst: s, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
	return d.Dot.X.Round()
}

func joined(t reading.Text) string { return reading.Joined(t.Words) }

// stand writes a program that stands in for Tesseract.
func stand(t *testing.T, script string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "reading")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // nobody must be able to run it
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "eng.traineddata"), []byte("data"), 0o644); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "tesseract")
	body := "#!/bin/sh\ncase $1 in\n--version) echo 'tesseract 5.9.9'; exit;;\n" +
		"--list-langs) echo 'List of available languages in \"" + dir + "/\" (1):'; echo eng; exit;;\nesac\n" + script + "\n"
	if err := os.WriteFile(name, []byte(body), 0o755); err != nil {
		t.Fatal(err)
	}
	return name
}
