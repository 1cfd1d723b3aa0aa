package metadata_test

import (
	"encoding/binary"
	"testing"
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
