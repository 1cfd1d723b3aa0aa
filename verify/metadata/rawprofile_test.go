package metadata_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/metadata"
)

// hexProfile is a profile as ImageMagick writes it into a text.
func hexProfile(kind, data string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n%8d", kind, len(data))
	for i, digit := range hex.EncodeToString([]byte(data)) {
		if i%72 == 0 {
			b.WriteByte('\n')
		}
		b.WriteRune(digit)
	}
	return b.String() + "\n"
}

// packed is a zTXt chunk.
func packed(key, text string) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(text)) // a buffer takes everything
	_ = z.Close()
	return chunk("zTXt", key+"\x00\x00"+b.String())
}

// named is a TIFF block, little-endian, with a name in Software.
func named(software string) string {
	le := binary.LittleEndian
	b := []byte("II*\x00\x08\x00\x00\x00\x01\x00\x31\x01\x02\x00")
	b = le.AppendUint32(le.AppendUint32(b, uint32(len(software)+1)), 26)
	return string(append(b, 0, 0, 0, 0)) + software + "\x00"
}

func TestRawProfilesOfAPNGAreRead(t *testing.T) {
	t.Parallel()
	const photoshop = "Adobe Photoshop 26"
	records := "\x1c\x02\x41\x00\x12" + photoshop
	among := string(resource(0x0425, []byte("odd"))) + string(resource(0x0404, []byte(records)))
	exif, xmp := "Exif\x00\x00"+named(photoshop), packet("<xmp:CreatorTool>"+photoshop+"</xmp:CreatorTool>")
	for _, c := range []struct {
		kind, data string
		source     metadata.Source
	}{
		{"exif", exif, metadata.EXIF}, {"exif", named(photoshop), metadata.EXIF}, {"APP1", exif, metadata.EXIF},
		{"xmp", xmp, metadata.XMP}, {"APP1", "http://ns.adobe.com/xap/1.0/\x00" + xmp, metadata.XMP}, {"xmp", "\xef\xbb\xbf<?xpacket?>" + xmp, metadata.XMP},
		{"iptc", records, metadata.IPTC}, {"iptc", among, metadata.IPTC}, {"8bim", among, metadata.IPTC}, {"8bim", "Photoshop 3.0\x00" + among, metadata.IPTC},
	} {
		key, text := "Raw profile type "+c.kind, hexProfile(c.kind, c.data)
		for form, data := range map[string][]byte{
			"packed": pngWith(t, packed(key, text)), "plain": pngWith(t, chunk("tEXt", key+"\x00"+text)),
			"international": pngWith(t, chunk("iTXt", key+"\x00\x00\x00\x00\x00"+text)),
		} {
			f := read(t, data)
			found, _ := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditor)
			from := slices.ContainsFunc(f.Tags, func(g metadata.Tag) bool { return g.Source == c.source && g.Value == photoshop })
			if found.Software != "Adobe Photoshop" || !from || len(f.Notes) > 0 || !slices.Equal(f.PNG.Profiles, []string{c.kind}) {
				t.Errorf("%s, %s: %+v, %q, %+v", key, form, f.Tags, f.Notes, f.PNG)
			}
			if shown := tag(metadata.Text, key)(f); shown != fmt.Sprintf("(%d bytes)", len(c.data)) {
				t.Errorf("%s, %s: shown as %q", key, form, shown)
			}
		}
	}
}

func TestTheChunkForEXIFGoesBeforeARawProfile(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t, packed("Raw profile type exif", hexProfile("exif", named("before"))), chunk("eXIf", named("written later"))))
	if got := all(metadata.EXIF, "Software")(f); got != "written later" {
		t.Errorf("%q", got)
	}
}

func TestXMPThatAPNGHoldsTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	steps := `<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved"/></rdf:Seq></xmpMM:History>`
	f := read(t, pngWith(t, xmpChunk(steps), packed("Raw profile type xmp", hexProfile("xmp", packet(steps)))))
	if f.Lineage == nil || f.Lineage.Length != 1 {
		t.Errorf("%+v", f.Lineage)
	}
}

func TestPreviewsInRawProfilesAreRead(t *testing.T) {
	t.Parallel()
	other := encode(t, block(160, 100, image.Rect(90, 60, 155, 95)))
	for source, text := range map[string][]byte{
		"exif":      packed("Raw profile type exif", hexProfile("exif", string(exifWithThumbnail(other)))),
		"photoshop": packed("Raw profile type 8bim", hexProfile("8bim", string(resource(0x040c, append(make([]byte, 28), other...))))),
	} {
		f := read(t, pngWith(t, text))
		if p := previewIn(f, source); p.Bytes != len(other) || p.Width != 160 || len(f.Notes) > 0 {
			t.Errorf("%s: %d bytes, %q", source, p.Bytes, f.Notes)
		}
	}
}

func TestBrokenRawProfilesAreTold(t *testing.T) {
	t.Parallel()
	whole := hexProfile("exif", named("GIMP 2.10")+"filling")
	for name, c := range map[string]struct{ text, note, software string }{
		"cut off":      {whole[:len(whole)-3], "cut off or damaged", "GIMP 2.10"},
		"a wrong sign": {strings.Replace(whole, "49492a00", "49492a00 x", 1), "cut off or damaged", ""},
		"no length":    {"\nexif\nlong\n4949", "cannot be decoded", ""},
		"no digits":    {"\nexif\n 10\n", "cannot be decoded", ""},
		"other text":   {"nothing of the kind", "cannot be decoded", ""},
		"nothing":      {"", "cannot be decoded", ""},
	} {
		f := read(t, pngWith(t, chunk("tEXt", "Raw profile type exif\x00"+c.text), chunk("tEXt", "After\x00x")))
		if got := tag(metadata.EXIF, "Software")(f); !noted(f, c.note) || got != c.software || tag(metadata.Text, "After")(f) != "x" {
			t.Errorf("%s: %q, %q", name, got, f.Notes)
		}
	}
	var many [][]byte
	for i := range 40 {
		many = append(many, packed("Raw profile type xmp", hexProfile("xmp", fmt.Sprintf("<?xpacket %d?>", i))))
	}
	if f := read(t, pngWith(t, many...)); len(f.PNG.Profiles) != 16 || !noted(f, "more raw profiles") {
		t.Errorf("%d profiles, %q", len(f.PNG.Profiles), f.Notes)
	}
}

// TestProfilesThatImageMagickWritesAreRead asks an independent writer.
func TestProfilesThatImageMagickWritesAreRead(t *testing.T) {
	t.Parallel()
	convert, err := exec.LookPath("convert")
	if err != nil {
		t.Skip("skipped: ImageMagick is not installed")
	}
	dir := t.TempDir()
	records := "\x1c\x02\x41\x00\x12Adobe Photoshop 26"
	data := withSegment(jpegAt(t, 64, 40, 90), 0xed, append([]byte("Photoshop 3.0\x00"), resource(0x0404, []byte(records))...))
	if err := os.WriteFile(filepath.Join(dir, "a.jpg"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), convert, filepath.Join(dir, "a.jpg"), filepath.Join(dir, "a.png")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	written, err := os.ReadFile(filepath.Join(dir, "a.png"))
	if err != nil {
		t.Fatal(err)
	}
	if f := read(t, written); tag(metadata.IPTC, "OriginatingProgram")(f) != "Adobe Photoshop 26" || len(f.Notes) > 0 {
		t.Errorf("%v, %q", f.Tags, f.Notes)
	}
}
