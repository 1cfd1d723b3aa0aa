package picture

import (
	"encoding/binary"
	"fmt"
)

// The JPEG markers that matter here (ITU T.81, table B.1).
const (
	jpegSOF0 = 0xc0
	jpegDHT  = 0xc4
	jpegJPG  = 0xc8
	jpegDAC  = 0xcc
	jpegRST0 = 0xd0
	jpegSOI  = 0xd8
	jpegEOI  = 0xd9
	jpegSOS  = 0xda
	jpegAPP1 = 0xe1
	jpegTEM  = 0x01
)

// jpegSegments calls each for every marker segment up to the first scan, with
// the segment's payload; it stops when each returns false. A broken walk is an
// error.
func jpegSegments(data []byte, each func(marker byte, payload []byte) bool) error {
	for i := 2; ; {
		if i >= len(data) {
			return ErrTruncated
		}
		if data[i] != 0xff {
			i++ // stray bytes between segments: decoders skip them, too
			continue
		}
		for i < len(data) && data[i] == 0xff {
			i++
		}
		if i >= len(data) {
			return ErrTruncated
		}
		m := data[i]
		i++
		if m == 0 || m == jpegTEM || m >= jpegRST0 && m <= jpegSOI {
			continue // no payload
		}
		if m == jpegEOI {
			return fmt.Errorf("ends before its picture: %w", ErrDamaged)
		}
		if i+2 > len(data) {
			return ErrTruncated
		}
		n := int(binary.BigEndian.Uint16(data[i:]))
		if n < 2 {
			return fmt.Errorf("segment of length %d: %w", n, ErrDamaged)
		}
		if i+n > len(data) {
			return ErrTruncated
		}
		if !each(m, data[i+2:i+n]) {
			return nil
		}
		i += n
	}
}

func isSOF(m byte) bool {
	return m >= jpegSOF0 && m <= 0xcf && m != jpegDHT && m != jpegJPG && m != jpegDAC
}

// jpegHeader reads the size from the frame header.
func jpegHeader(data []byte) (Header, error) {
	var h Header
	bad := fmt.Errorf("no frame header before the first scan: %w", ErrDamaged)
	err := jpegSegments(data, func(m byte, p []byte) bool {
		switch {
		case isSOF(m) && len(p) >= 6:
			h.Height, h.Width = int(binary.BigEndian.Uint16(p[1:])), int(binary.BigEndian.Uint16(p[3:]))
			bad = nil
			return false
		case isSOF(m), m == jpegSOS:
			return false
		}
		return true
	})
	if err != nil {
		return Header{}, err
	}
	return h, bad
}
