package metadata

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// A JPEG's segment holds 64 KiB, so that a long packet lies in several (XMP
// specification part 3, section 1.1.3): the main one, and pieces of an extended
// one, each with the GUID by which the main one names it, the length of the
// whole, and where in it the piece lies.
const (
	xmpHead      = "http://ns.adobe.com/xap/1.0/\x00"
	extendedHead = "http://ns.adobe.com/xmp/extension/\x00"
	guidLength   = 32
	// extendedName is the statement in which a main packet names its extension.
	extendedName = "xmpNote:HasExtendedXMP"
	// maxPieces is three times what the longest packet that is read needs.
	maxPieces = 200
)

// xmpParts gathers the XMP of a JPEG or a PNG.
type xmpParts struct {
	main   map[[sha256.Size]byte]bool // digests of what was read already
	pieces []xmpPiece
}

// xmpPiece is a piece of an extended packet.
type xmpPiece struct {
	guid   string
	length uint32 // of the whole packet
	offset uint32
	data   []byte
}

// segment takes the payload of an APP1 segment that is not EXIF's.
func (x *xmpParts) segment(f *Facts, body []byte) {
	if rest, ok := bytes.CutPrefix(body, []byte(extendedHead)); ok {
		x.piece(f, rest)
		return
	}
	packet, ok := bytes.CutPrefix(body, []byte(xmpHead))
	if !ok {
		// Some writers mangle the header that announces XMP, and readers that
		// go by it see nothing.
		i := bytes.Index(body, []byte("<x:xmpmeta"))
		if i < 0 {
			return
		}
		packet = body[i:]
	}
	x.packet(f, packet)
}

// packet reads a main packet. One that is written twice says nothing twice.
func (x *xmpParts) packet(f *Facts, packet []byte) {
	sum := sha256.Sum256(packet)
	if x.main[sum] {
		return
	}
	if x.main == nil {
		x.main = map[[sha256.Size]byte]bool{}
	}
	x.main[sum] = true
	readXMP(f, packet)
}

func (x *xmpParts) piece(f *Facts, b []byte) {
	if len(b) < guidLength+8 {
		return
	}
	if len(x.pieces) == maxPieces {
		f.note("The extended XMP lies in more pieces than are read.")
		return
	}
	x.pieces = append(x.pieces, xmpPiece{guid: string(b[:guidLength]), data: b[guidLength+8:],
		length: binary.BigEndian.Uint32(b[guidLength:]), offset: binary.BigEndian.Uint32(b[guidLength+4:])})
}

// readExtended reads the extended packets that a main one names. Others were
// left by a program that wrote the main one anew, and speak of an earlier file.
func (x *xmpParts) readExtended(f *Facts) {
	slices.SortStableFunc(x.pieces, func(a, b xmpPiece) int {
		return cmp.Or(cmp.Compare(a.guid, b.guid), cmp.Compare(a.offset, b.offset))
	})
	for from := 0; from < len(x.pieces); {
		to := from + 1
		for to < len(x.pieces) && x.pieces[to].guid == x.pieces[from].guid {
			to++
		}
		named := slices.Contains(f.Tags, Tag{XMP, extendedName, x.pieces[from].guid})
		if named {
			readXMP(f, joined(f, x.pieces[from:to]))
		} else {
			f.note("The file holds extended XMP that its main XMP does not name; it was not read.")
		}
		from = to
	}
}

// joined puts the pieces of one packet, sorted by offset, together, up to the
// first that is missing. What two pieces hold alike is taken from the first.
func joined(f *Facts, pieces []xmpPiece) (packet []byte) {
	for _, p := range pieces {
		at := uint64(len(packet))
		if uint64(p.offset) > at || at > maxXMP {
			break
		}
		if end := uint64(p.offset) + uint64(len(p.data)); end > at {
			packet = append(packet, p.data[at-uint64(p.offset):]...)
		}
	}
	if whole := uint64(pieces[0].length); uint64(len(packet)) < whole && len(packet) <= maxXMP {
		f.note(fmt.Sprintf("Of the extended XMP of %d bytes only the first %d are there.", whole, len(packet)))
		f.atLeast()
	}
	return packet
}
