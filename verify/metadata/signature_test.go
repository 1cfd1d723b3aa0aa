package metadata_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// tableRow is what the tests look at in a row of the table.
type tableRow struct {
	metadata.Encoder
	Format   string            `json:"format"`
	Blocks   string            `json:"blocks"`
	Text     map[string]string `json:"text"`
	Profile  string            `json:"icc_begins"`
	Files    []string          `json:"files"`
	Commands []string          `json:"commands"`
	Readings []string          `json:"readings"`
}

func tableRows(t *testing.T) (rows []tableRow) {
	t.Helper()
	data, err := os.ReadFile("signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestEveryRowOfTheTableSaysOnWhatItRests asks for something to go after: a file
// by where it comes from and its digest, a command, or an address or source file.
func TestEveryRowOfTheTableSaysOnWhatItRests(t *testing.T) {
	t.Parallel()
	file := regexp.MustCompile(`^((github|goproxy):\S+@\S+|deb:\S+\.deb):\S.* sha256:[0-9a-f]{16}$`)
	command := regexp.MustCompile(`^\S+ .*OUT|^go: \w+\.Encode\(w, img`)
	reading := regexp.MustCompile(`https://\S+/|(^|\s)(github|gitlab|OpenJDK)\S*.*/[\w-]+\.\w+`)
	rows := tableRows(t)
	for _, r := range rows {
		if r.Writer == "" || len(r.Names) == 0 || r.Class == "" || r.Source == "" || len(r.Date) < 4 {
			t.Errorf("incomplete: %+v", r)
		}
		switch {
		case r.Basis == "measured" && len(r.Files)+len(r.Commands) > 0, r.Basis == "source" && len(r.Readings) > 0:
		default:
			t.Errorf("%s, %s: nothing to go after", r.Writer, r.Basis)
		}
		for what, given := range map[*regexp.Regexp][]string{file: r.Files, command: r.Commands, reading: r.Readings} {
			for _, text := range given {
				if !what.MatchString(text) {
					t.Errorf("%s: %q does not say where to look", r.Writer, text)
				}
			}
		}
	}
	if len(rows) < 30 {
		t.Errorf("only %d rows", len(rows))
	}
}

// TestTheFilesThatRowsRestOnAreNamedByThem looks the digests up among the real
// files.
func TestTheFilesThatRowsRestOnAreNamedByThem(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for _, dir := range []string{"meta", "defacement", "tamper/c2pa"} {
		for _, name := range realdata.Files(t, dir) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[fmt.Sprintf("%x", sha256.Sum256(data))[:16]] = name
		}
	}
	looked := 0
	for _, r := range tableRows(t) {
		for _, f := range r.Files {
			_, digest, _ := strings.Cut(f, " sha256:")
			name, ok := files[digest]
			if !ok {
				t.Errorf("%s: no such file: %s", r.Writer, f)
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			looked++
			if e := read(t, data).Encoder; e == nil || e.Writer != r.Writer || e.Source != r.Source {
				t.Errorf("%s: %s is named %+v", r.Writer, f, e)
			}
		}
	}
	t.Logf("%d files are named by the rows that rest on them", looked)
}

// TestARowThatCanAccuseAsksForAMarkOfTheWriter: how a library packs pixels is not
// enough, since servers use the same libraries.
func TestARowThatCanAccuseAsksForAMarkOfTheWriter(t *testing.T) {
	t.Parallel()
	for _, r := range tableRows(t) {
		f := &metadata.Facts{Encoder: &r.Encoder}
		if _, ok := find(metadata.Findings(f, metadata.About{Phone: true}), metadata.KeyMisfit); !ok {
			continue
		}
		if len(r.Text) == 0 && r.Profile == "" && !strings.Contains(r.Blocks, "APP13 ") {
			t.Errorf("%s is told from others by its build alone", r.Writer)
		}
	}
}

// packedPNG is a PNG as libpng writes it with its own length of IDATs: rows of
// noise, filtered in turn by the given filters, at a level of zlib.
func packedPNG(t *testing.T, level int, filters []byte, before ...[]byte) []byte {
	t.Helper()
	const w, h, piece = 120, 90, 8192
	r := rand.New(rand.NewPCG(1, 2))
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, level)
	if err != nil {
		t.Fatal(err)
	}
	for y := range h {
		row := []byte{filters[y%len(filters)]}
		for range 3 * w {
			row = append(row, byte(r.Uint32()))
		}
		if _, err := z.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", "\x00\x00\x00\x78\x00\x00\x00\x5a\x08\x02\x00\x00\x00")...)
	out = append(out, slices.Concat(before...)...)
	for part := range slices.Chunk(packed.Bytes(), piece) {
		out = append(out, chunk("IDAT", string(part))...)
	}
	return append(out, chunk("IEND", "")...)
}

// TestWritersThatCannotBeToldApartAreAllNamedAndAccuseNobody: a site that runs on
// PHP saves a phone's picture as Qt saves one, and so on.
func TestWritersThatCannotBeToldApartAreAllNamedAndAccuseNobody(t *testing.T) {
	t.Parallel()
	mixed := []byte{0, 1, 2, 3, 4}
	at := func(perMetre uint32) []byte {
		b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, perMetre), perMetre)
		return chunk("pHYs", string(b)+"\x01")
	}
	sbit := chunk("sBIT", "\x08\x08\x08")
	for name, c := range map[string]struct {
		data  []byte
		names []string
	}{
		"PHP's imagepng":                      {packedPNG(t, 6, mixed, at(3780)), []string{"GD", "PHP", "Qt", "libvips"}},
		"the same at 100 dots an inch":        {packedPNG(t, 6, mixed, at(3937)), []string{"GD", "Qt", "libvips"}},
		"the same with little compression":    {packedPNG(t, 1, mixed, at(3937)), []string{"GD", "wkhtmltoimage", "libvips"}},
		"Android's Skia before its own sRGB":  {packedPNG(t, 6, mixed, sbit), []string{"Android", "GdkPixbuf"}},
		"GdkPixbuf at a level that was asked": {packedPNG(t, 3, mixed, sbit), []string{"GdkPixbuf", "imlib2"}},
	} {
		f := read(t, c.data)
		if f.Encoder == nil {
			t.Errorf("%s: unknown, %+v", name, f.PNG)
			continue
		}
		for _, want := range c.names {
			if !slices.Contains(f.Encoder.Names, want) {
				t.Errorf("%s: %s is missing in %v", name, want, f.Encoder.Names)
			}
		}
		found := metadata.Findings(f, metadata.About{Phone: true})
		if len(found) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

// splitTables writes each table of a JPEG of Go's encoder into a segment of its
// own, as libjpeg does, with a Huffman table that is not the standard's.
func splitTables(t *testing.T, data []byte) []byte {
	t.Helper()
	segment := func(marker byte, b []byte) []byte {
		return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(b)+2)), b...)
	}
	out := bytes.Clone(data[:2])
	for at := 2; data[at+1] != 0xda; {
		marker, n := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		b := bytes.Clone(data[at+4 : at+2+n])
		at += 2 + n
		switch marker {
		case 0xdb:
			out = slices.Concat(out, segment(marker, b[:65]), segment(marker, b[65:]))
		case 0xc4:
			b[17], b[18] = b[18], b[17]
			for len(b) > 0 {
				size := 17
				for _, c := range b[1:17] {
					size += int(c)
				}
				out, b = append(out, segment(marker, b[:size])...), b[size:]
			}
		default:
			out = append(out, segment(marker, b)...)
		}
	}
	return append(out, data[bytes.Index(data, []byte{0xff, 0xda}):]...)
}

// TestAProfileIsComparedWhole: ImageMagick keeps "sRGB IEC61966-2.1", which begins
// as Skia's own "sRGB".
func TestAProfileIsComparedWhole(t *testing.T) {
	t.Parallel()
	bare := splitTables(t, jpegAt(t, 64, 48, 85))
	for name, want := range map[string]string{"sRGB": "Skia", "sRGB IEC61966-2.1": "libjpeg", "sRG": "libjpeg"} {
		text := "desc\x00\x00\x00\x00" + string(binary.BigEndian.AppendUint32(nil, uint32(len(name)+1))) + name + "\x00"
		data := withSegment(bare, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), profile(text)...))
		data = withSegment(data, 0xe0, []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"))
		f := read(t, data)
		if f.Encoder == nil || f.Encoder.Names[0] != want {
			t.Errorf("%s: %+v, %+v", name, f.Encoder, f.JPEG)
		}
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
