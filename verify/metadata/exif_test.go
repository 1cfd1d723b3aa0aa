package metadata_test

import (
	"encoding/binary"
	"testing"

	"github.com/defacecheck/defacecheck/verify/metadata"
)

// entry is a tag of an EXIF directory.
type entry struct {
	id, kind uint16
	count    int
	value    []byte
}

func ascii(id uint16, s string) entry { return entry{id, 2, len(s) + 1, append([]byte(s), 0)} }

func undefined(id uint16, s string) entry { return entry{id, 7, len(s), []byte(s)} }

func short(id, v uint16) entry { return entry{id, 3, 1, binary.BigEndian.AppendUint16(nil, v)} }

// fractions are pairs of whole numbers.
func fractions(id uint16, v ...uint32) entry {
	var b []byte
	for _, n := range v {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return entry{id, 5, len(v) / 2, b}
}

// exifDirs are the directories of an EXIF block: those that the main one points
// to, and the one of the preview behind it.
type exifDirs struct{ main, exif, gps, interop, preview []entry }

// exifOf is a block of EXIF, big-endian, as it follows "Exif\0\0".
func exifOf(d exifDirs) []byte {
	be := binary.BigEndian
	b := []byte("MM\x00*\x00\x00\x00\x08")
	put := func(dir []entry) (next int) { // where the offset of the following directory stands
		at := len(b)
		b = be.AppendUint16(b, uint16(len(dir)))
		far := at + 2 + 12*len(dir) + 4
		var behind []byte
		for _, e := range dir {
			b = be.AppendUint32(be.AppendUint16(be.AppendUint16(b, e.id), e.kind), uint32(e.count))
			if len(e.value) <= 4 {
				b = append(append(b, e.value...), make([]byte, 4-len(e.value))...)
				continue
			}
			b = be.AppendUint32(b, uint32(far+len(behind)))
			behind = append(behind, e.value...)
		}
		next = len(b)
		b = append(be.AppendUint32(b, 0), behind...)
		return next
	}
	pointer := func(dir []entry, id uint16, to []entry) []entry {
		if to == nil {
			return dir
		}
		return append(dir, entry{id, 4, 1, make([]byte, 4)})
	}
	main := pointer(pointer(append([]entry{}, d.main...), 0x8769, d.exif), 0x8825, d.gps)
	next := put(main)
	follow := func(dir []entry, at, id int) { // fills in the pointer to a directory
		if dir == nil {
			return
		}
		for i := range int(be.Uint16(b[at:])) {
			if e := at + 2 + 12*i; int(be.Uint16(b[e:])) == id {
				be.PutUint32(b[e+8:], uint32(len(b)))
			}
		}
		put(dir)
	}
	at := len(b)
	follow(pointer(d.exif, 0xa005, d.interop), 8, 0x8769)
	if d.exif != nil {
		follow(d.interop, at, 0xa005)
	}
	follow(d.gps, 8, 0x8825)
	if d.preview != nil {
		be.PutUint32(b[next:], uint32(len(b)))
		put(d.preview)
	}
	return b
}

// withEXIF puts blocks of EXIF into a JPEG, in their order.
func withEXIF(t testing.TB, blocks ...[]byte) []byte {
	data := jpegAt(t, 16, 16, 75)
	for i := len(blocks) - 1; i >= 0; i-- {
		data = withSegment(data, 0xe1, append([]byte("Exif\x00\x00"), blocks[i]...))
	}
	return data
}

// TestWhatOneReaderOfEXIFNamesIsKept: each of the two knows tags that the other
// does not, and none is told twice.
func TestWhatOneReaderOfEXIFNamesIsKept(t *testing.T) {
	t.Parallel()
	block := exifOf(exifDirs{
		main: []entry{ascii(0x0b, "Adobe Photoshop"), ascii(0x10f, "Make"), ascii(0x132, "2025:03:10 12:00:00"), ascii(0x13c, "host"), short(0x4746, 5)},
		exif: []entry{short(0x8827, 200), undefined(0x9000, "0232"), ascii(0x9004, "2025:03:10 11:00:00"), undefined(0x9101, "\x01\x02\x03\x00"),
			undefined(0x927c, "\x00maker's own, and longer than numbers"), short(0xa002, 16), ascii(0xa430, "owner"), ascii(0xa431, "serial"), fractions(0xa432, 24, 1, 105, 1, 0, 0, 0, 0)},
		gps:     []entry{ascii(0x01, "N"), ascii(0x08, "05"), undefined(0x1b, "ASCII\x00\x00\x00GPS"), fractions(0x1f, 5, 1)},
		interop: []entry{ascii(0x01, "R98"), undefined(0x02, "0100")},
		preview: []entry{short(0x103, 6), ascii(0x131, "of the preview"), fractions(0x11a, 72, 1)},
	})
	for name, data := range map[string][]byte{"JPEG": withEXIF(t, block), "JPEG, behind another": withEXIF(t, exifOf(exifDirs{main: []entry{ascii(0x10f, "Make")}}), block),
		"PNG": pngWith(t, chunk("eXIf", string(block)))} {
		wholly(t, name, read(t, data))
	}
}

// wholly looks for all tags of a block of EXIF, each once.
func wholly(t *testing.T, name string, f *metadata.Facts) {
	t.Helper()
	want := map[string]string{
		"ProcessingSoftware": "Adobe Photoshop", "Make": "Make", "DateTime": "2025:03:10 12:00:00", "HostComputer": "host", "Rating": "5",
		"ISOSpeedRatings": "200", "ExifVersion": "0232", "DateTimeDigitized": "2025:03:10 11:00:00", "ComponentsConfiguration": "1 2 3 0", "MakerNote": "(37 bytes)",
		"PixelXDimension": "16", "CameraOwnerName": "owner", "BodySerialNumber": "serial", "LensSpecification": "24 105 undef undef",
		"GPSLatitudeRef": "N", "GPSSatellites": "05", "GPSProcessingMethod": "GPS", "GPSHPositioningError": "5", "InteroperabilityIndex": "R98", "InteroperabilityVersion": "0100",
		"ThumbCompression": "6", "ThumbXResolution": "72", "ThumbSoftware": "of the preview",
	}
	for _, tag := range f.Tags {
		switch value, ok := want[tag.Name]; {
		case tag.Name == "ExifIFDPointer" || tag.Name == "GPSInfoIFDPointer" || tag.Name == "InteroperabilityIFDPointer":
		case !ok || value != tag.Value:
			t.Errorf("%s: %+v", name, tag)
		default:
			delete(want, tag.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("%s: lost: %v", name, want)
	}
	if _, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditor); !ok {
		t.Errorf("%s: the editor is not found", name)
	}
}

// TestEveryBlockOfEXIFIsRead: what one program skips another reads.
func TestEveryBlockOfEXIFIsRead(t *testing.T) {
	t.Parallel()
	empty := []byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	plain := exifOf(exifDirs{main: []entry{ascii(0x10f, "Make")}})
	edited := exifOf(exifDirs{main: []entry{ascii(0x131, "Adobe Photoshop 26"), short(0x4746, 5)}})
	for name, blocks := range map[string][][]byte{
		"behind an empty one": {empty, edited}, "behind many": {empty, empty, empty, empty, empty, empty, edited}, "behind a plain one": {plain, edited},
		"before a plain one": {edited, plain}, "behind none at all": {[]byte("no TIFF"), edited}, "twice": {edited, edited},
	} {
		f := read(t, withEXIF(t, blocks...))
		if _, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditor); !ok || all(metadata.EXIF, "Software")(f) != "Adobe Photoshop 26" || all(metadata.EXIF, "Rating")(f) != "5" {
			t.Errorf("%s: %+v, %q", name, f.Tags, f.Notes)
		}
	}
	for name, data := range map[string][]byte{
		"PNG":  pngWith(t, chunk("eXIf", string(empty)), chunk("eXIf", string(edited))),
		"WebP": webpWith("EXIF", edited),
	} {
		if f := read(t, data); tag(metadata.EXIF, "Software")(f) != "Adobe Photoshop 26" {
			t.Errorf("%s: %+v, %q", name, f.Tags, f.Notes)
		}
	}
	if f := read(t, withEXIF(t, plain, plain, plain, plain, edited)); len(f.Notes) != 1 || tag(metadata.EXIF, "Software")(f) != "" {
		t.Errorf("more blocks than are read: %q", f.Notes)
	}
}
