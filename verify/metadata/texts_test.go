package metadata_test

import (
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/defacecheck/defacecheck/verify/metadata"
)

// wide is text of two bytes a letter.
func wide(text string, order binary.AppendByteOrder) (b []byte) {
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

// withComment is a JPEG whose EXIF, big-endian, has a UserComment.
func withComment(t testing.TB, comment []byte) []byte {
	be := binary.BigEndian
	b := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01")
	b = be.AppendUint32(append(b, 0x87, 0x69, 0, 4, 0, 0, 0, 1), 26) // where EXIF's own directory lies
	b = append(b, 0, 0, 0, 0, 0, 1, 0x92, 0x86, 0, 7)
	b = be.AppendUint32(be.AppendUint32(b, uint32(len(comment))), 44) // behind that directory
	b = append(append(b, 0, 0, 0, 0), comment...)
	return withSegment(jpegAt(t, 16, 16, 75), 0xe1, b)
}

func TestACommentInUnicodeIsRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		comment []byte
		want    string
	}{
		"Chinese":                         {wide("中文網頁被入侵，截圖於三月", binary.BigEndian), "中文網頁被入侵，截圖於三月"},
		"Chinese as Windows writes it":    {wide("中文網頁被入侵，截圖於三月", binary.LittleEndian), "中文網頁被入侵，截圖於三月"},
		"Latin":                           {wide("Screenshot", binary.BigEndian), "Screenshot"},
		"Latin as Windows writes it":      {append(wide("Screenshot", binary.LittleEndian), 0, 0, 0, 0), "Screenshot"},
		"with a mark of its order":        {append([]byte("\xff\xfe"), wide("зима", binary.LittleEndian)...), "зима"},
		"with the other":                  {append([]byte("\xfe\xff"), wide("зима", binary.BigEndian)...), "зима"},
		"letters beyond the first 65,536": {wide("𠀀𠀁 截圖", binary.BigEndian), "𠀀𠀁 截圖"},
		"nothing":                         {nil, ""},
		"half a letter":                   {[]byte{0}, ""},
	} {
		f := read(t, withComment(t, append([]byte("UNICODE\x00"), c.comment...)))
		if got := tag(metadata.EXIF, "UserComment")(f); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if f := read(t, withComment(t, []byte("ASCII\x00\x00\x00plain"))); tag(metadata.EXIF, "UserComment")(f) != "plain" {
		t.Errorf("ASCII: %v", f.Tags)
	}
}

// withXMP is a GIF whose XMP extension holds data.
func withXMP(data string) []byte {
	const head, picture = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff", ",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00"
	return []byte(head + "!\xff\x0bXMP DataXMP" + data + picture + "!\xfe\x05after\x00;")
}

// plainXMP is a packet as the specification puts it into a GIF.
func plainXMP(packet string) string {
	var b strings.Builder
	b.WriteString(packet + "\x01")
	for c := 255; c >= 0; c-- {
		b.WriteByte(byte(c))
	}
	return b.String() + "\x00"
}

func TestXMPInAGIFIsRead(t *testing.T) {
	t.Parallel()
	inside := packet(strings.Repeat("<junk:a>y</junk:a>", 40) + "<xmp:CreatorTool>Adobe Photoshop 26</xmp:CreatorTool>")
	var blocks strings.Builder
	for rest := inside; rest != ""; {
		n := min(len(rest), 255)
		blocks.WriteString(string([]byte{byte(n)}) + rest[:n])
		rest = rest[n:]
	}
	for name, data := range map[string][]byte{
		"as it is":                 withXMP(plainXMP(inside)),
		"behind a mark":            withXMP(plainXMP("\xef\xbb\xbf" + inside)),
		"with its usual beginning": withXMP(plainXMP(`<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>` + inside + `<?xpacket end="w"?>`)),
		"in blocks":                withXMP(blocks.String() + "\x00"),
	} {
		f := read(t, data)
		found, _ := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditor)
		if found.Software != "Adobe Photoshop" || len(f.Notes) > 0 || tag(metadata.Comment, "GIF comment")(f) != "after" || f.Trailing != 0 {
			t.Errorf("%s: %+v, %q", name, found, f.Notes)
		}
	}
}

// TestXMPThatExifToolPutsIntoAGIFIsRead asks an independent writer.
func TestXMPThatExifToolPutsIntoAGIFIsRead(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("exiftool"); err != nil {
		t.Skip("skipped: exiftool is not installed")
	}
	file := filepath.Join(t.TempDir(), "a.gif")
	if err := os.WriteFile(file, withXMP(plainXMP(packet(""))), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "exiftool", "-XMP-xmp:CreatorTool=Adobe Photoshop 26", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if f := read(t, data); tag(metadata.XMP, "xmp:CreatorTool")(f) != "Adobe Photoshop 26" || len(f.Notes) > 0 {
		t.Errorf("%v, %q", f.Tags, f.Notes)
	}
}
