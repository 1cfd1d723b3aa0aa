package metadata_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

// pageLike draws what a screenshot looks like to an encoder: flat areas, many
// small shapes, and a part with the noise of a photograph, so that the packed
// data is long enough to be cut into pieces.
func pageLike(w, h int, seed uint64) *image.NRGBA {
	r := rand.New(rand.NewPCG(seed, 7))
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{250, 250, 252, 255}
			switch {
			case y < h/10:
				c = color.NRGBA{30, 60, 110, 255}
			case x > w*2/3 && y > h/4 && y < h*3/4:
				n := uint8(r.IntN(60))
				c = color.NRGBA{80 + n, uint8(x*200/w) + n/2, uint8(y * 200 / h), 255}
			case y%18 < 10 && (x/5+y/18*3)%7 < 4 && r.IntN(3) > 0:
				c = color.NRGBA{20, 20, uint8(r.IntN(60)), 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func TestEveryRowOfTheTableSaysOnWhatItRests(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []metadata.Encoder
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Writer == "" || len(r.Names) == 0 || r.Class == "" || r.Source == "" || len(r.Date) < 4 ||
			r.Basis != "measured" && r.Basis != "source" {
			t.Errorf("incomplete: %+v", r)
		}
	}
	if len(rows) < 30 {
		t.Errorf("only %d rows", len(rows))
	}
}

func TestGosOwnEncodersAreNamed(t *testing.T) {
	t.Parallel()
	img := pageLike(700, 500, 1)
	var p, j bytes.Buffer
	if err := png.Encode(&p, img); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&j, img, nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"png": p.Bytes(), "jpeg": j.Bytes()} {
		f := read(t, data)
		if f.Encoder == nil || f.Encoder.Names[0] != "Go" {
			t.Errorf("%s: %+v", name, f.Encoder)
		}
	}
}

func TestAFileBuiltLikeNoKnownWriterIsUnknown(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"a chunk that nobody writes": pngWith(t, chunk("teSt", "x")),
		"one short run of pixels":    pngWith(t),
		"changed tables":             bytes.Replace(jpegAt(t, 64, 64, 75), []byte{0xff, 0xdb, 0, 0x84, 0, 8}, []byte{0xff, 0xdb, 0, 0x84, 0, 9}, 1),
	} {
		if f := read(t, data); f.Encoder != nil {
			t.Errorf("%s: %s", name, f.Encoder.Writer)
		}
	}
}

// makers write a picture from one PNG file; what is not installed is left out.
// The name is what the table must give, or nothing.
var makers = []struct {
	name, ending string
	command      []string // IN and OUT stand for the files
}{
	{"ImageMagick", "png", []string{"convert-im6.q16", "IN", "OUT"}},
	{"ImageMagick", "png", []string{"convert-im6.q16", "IN", "-strip", "OUT"}},
	{"ImageMagick", "jpg", []string{"convert-im6.q16", "IN", "OUT"}},
	{"ImageMagick", "jpg", []string{"convert-im6.q16", "IN", "-quality", "75", "OUT"}},
	{"GraphicsMagick", "png", []string{"gm", "convert", "IN", "OUT"}},
	{"GraphicsMagick", "jpg", []string{"gm", "convert", "IN", "OUT"}},
	{"FFmpeg", "png", []string{"ffmpeg", "-v", "error", "-i", "IN", "OUT"}},
	{"FFmpeg", "jpg", []string{"ffmpeg", "-v", "error", "-i", "IN", "OUT"}},
	{"libvips", "png", []string{"vips", "copy", "IN", "OUT"}},
	{"libvips", "jpg", []string{"vips", "copy", "IN", "OUT"}},
	{"Pillow", "png", []string{"/usr/bin/python3", "-c", "import sys;from PIL import Image;Image.open(sys.argv[1]).save(sys.argv[2])", "IN", "OUT"}},
	{"Pillow", "jpg", []string{"/usr/bin/python3", "-c", "import sys;from PIL import Image;Image.open(sys.argv[1]).convert('RGB').save(sys.argv[2])", "IN", "OUT"}},
}

// TestProgramsOfThisMachineAreNamedOrUnknown counts how many files of each
// writer are named rightly, not at all, and wrongly; wrongly is none.
func TestProgramsOfThisMachineAreNamedOrUnknown(t *testing.T) {
	t.Parallel()
	dir, made, named := t.TempDir(), 0, 0
	for i, size := range [][2]int{{900, 600}, {1280, 720}, {300, 120}} {
		in := filepath.Join(dir, "in.png")
		var b bytes.Buffer
		if err := png.Encode(&b, pageLike(size[0], size[1], uint64(i))); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(in, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, m := range makers {
			data := make1(t, m.command, in, filepath.Join(dir, "out."+m.ending))
			if data == nil {
				continue
			}
			made++
			switch e := read(t, data).Encoder; {
			case e == nil:
			case slices.Contains(e.Names, m.name):
				named++
			default:
				t.Errorf("%v at %v is taken for %s", m.command, size, e.Writer)
			}
		}
	}
	if made == 0 {
		t.Skip("skipped: none of the programs is installed")
	}
	t.Logf("%d files made, %d named rightly, the rest not at all", made, named)
	if named*2 < made {
		t.Errorf("only %d of %d are named", named, made)
	}
}

// make1 runs one command; nil where it is not installed or cannot do it.
func make1(t *testing.T, command []string, in, out string) []byte {
	t.Helper()
	args := slices.Clone(command)
	for i, a := range args {
		args[i] = strings.NewReplacer("IN", in, "OUT", out).Replace(a)
	}
	if _, err := exec.LookPath(args[0]); err != nil {
		return nil
	}
	os.Remove(out)
	if err := exec.CommandContext(t.Context(), args[0], args[1:]...).Run(); err != nil {
		return nil
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return nil
	}
	return data
}

// TestRealScreenshotsAreNamedAfterTheirSystem knows the writers from the data's
// manifest and from marks that the table does not ask for.
func TestRealScreenshotsAreNamedAfterTheirSystem(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		"meta/ios/*.PNG": "iOS", "meta/macos/*.png": "macOS",
		"meta/msedge/WritingSuggestions*.png": "Windows", "meta/msedge/*windows.png": "Windows",
		"meta/msedge/*-mac.png": "macOS", "meta/debian/firefox.png": "gnome-screenshot", "meta/debian/wireshark.png": "gnome-screenshot",
		"defacement/*/screenshot.png": "wkhtmltoimage", "tamper/c2pa/*-[AI].jpg": "Lightroom",
		"meta/imagemeta/metadata-extractor/adobeJpeg1.jpg": "Photoshop",
	} {
		files, err := filepath.Glob(filepath.Join(realdata.Dir(t, ""), pattern))
		if err != nil || len(files) == 0 {
			t.Errorf("no files for %s", pattern)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if e := read(t, data).Encoder; e == nil || !slices.Contains(e.Names, want) {
				t.Errorf("%s: %+v, want %s", file, e, want)
			}
		}
	}
}
