package picture

import (
	"bytes"
	"encoding/binary"
)

// endsEarly says whether a file that would not decode stops before its format's
// own end: PNG's IEND, JPEG's EOI after the first scan, GIF's trailer, the
// length that RIFF declares. It is asked only after a decoder has failed, since
// viewers show pictures that lack nothing but the end.
func endsEarly(f Format, data []byte) bool {
	switch f {
	case PNG:
		return len(data) < 33 || pngEndsEarly(data[8:])
	case JPEG:
		return !bytes.Contains(data[scanStart(data):], []byte{0xff, jpegEOI})
	case GIF:
		return !bytes.HasSuffix(bytes.TrimRight(data, "\x00"), []byte{0x3b})
	case WebP:
		return uint64(binary.LittleEndian.Uint32(data[4:]))+8 > uint64(len(data))
	}
	return false
}

// scanStart is where the last segment before the first scan ends, so that an
// EOI of a thumbnail within the metadata is not taken for the picture's.
func scanStart(data []byte) int {
	at := 0
	_ = jpegSegments(data, func(m byte, p []byte) bool {
		at = cap(data) - cap(p) + len(p) // p is a slice of data
		return m != jpegSOS
	})
	return min(at, len(data))
}
