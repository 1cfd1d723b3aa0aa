package metadata

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"unicode/utf16"
)

// maxProfile is above any profile that pictures carry; most have 0.5 to 4 KiB,
// those of printers about 1 MiB.
const maxProfile = 2 << 20

// iccDescription is the name that an ICC profile gives itself: its desc tag, in
// the form of version 2 (textDescriptionType) or 4 (multiLocalizedUnicodeType);
// ICC.1:2022, section 9.2.41. It is "" when there is none.
func iccDescription(profile []byte) string {
	if len(profile) < 132 {
		return ""
	}
	n := binary.BigEndian.Uint32(profile[128:])
	for i := range min(int(min(n, maxEntries)), (len(profile)-132)/12) {
		entry := profile[132+12*i:]
		if string(entry[:4]) != "desc" {
			continue
		}
		from, size := uint64(binary.BigEndian.Uint32(entry[4:])), uint64(binary.BigEndian.Uint32(entry[8:]))
		if from+size > uint64(len(profile)) {
			return ""
		}
		return cut(describe(profile[from:from+size]), maxName)
	}
	return ""
}

// describe reads the value of a desc tag.
func describe(b []byte) string {
	switch {
	case len(b) >= 12 && string(b[:4]) == "desc":
		n := uint64(binary.BigEndian.Uint32(b[8:]))
		text, _ := zeroTerminated(b[12:min(uint64(len(b)), 12+n)])
		return latin1(text)
	case len(b) >= 28 && string(b[:4]) == "mluc":
		n, at := uint64(binary.BigEndian.Uint32(b[20:])), uint64(binary.BigEndian.Uint32(b[24:]))
		if at+n > uint64(len(b)) || n > 2*maxValue {
			return ""
		}
		return utf16BE(b[at : at+n])
	}
	return ""
}

func utf16BE(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// inflated unpacks a profile, as far as it is read at all.
func inflated(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	defer z.Close()
	out, _ := io.ReadAll(io.LimitReader(z, maxProfile)) // what was read till an error serves as well
	return out
}
