package picture

import (
	"encoding/binary"
	"fmt"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// maxPNGSide is what the format allows (2^31 - 1).
const maxPNGSide = 1<<31 - 1

// pngHeader reads IHDR, which must come first, and looks for the declared
// number of frames of an animation (acTL) among the chunks before the pixels.
func pngHeader(data []byte) (Header, error) {
	if len(data) < 33 {
		return Header{}, ErrTruncated
	}
	if binary.BigEndian.Uint32(data[8:]) != 13 || string(data[12:16]) != "IHDR" {
		return Header{}, fmt.Errorf("does not begin with IHDR: %w", ErrDamaged)
	}
	w, h := binary.BigEndian.Uint32(data[16:]), binary.BigEndian.Uint32(data[20:])
	if w > maxPNGSide || h > maxPNGSide {
		return Header{}, fmt.Errorf("declared size %d x %d: %w", w, h, ErrDamaged)
	}
	return Header{Width: int(w), Height: int(h), Frames: apngFrames(data[33:])}, nil
}

// pngEndsEarly says whether the chunks run out before IEND.
func pngEndsEarly(chunks []byte) bool {
	for len(chunks) >= 12 {
		n := uint64(binary.BigEndian.Uint32(chunks))
		if string(chunks[4:8]) == "IEND" {
			return false
		}
		if n+12 > uint64(len(chunks)) {
			return true
		}
		chunks = chunks[n+12:]
	}
	return true
}

// apngFrames returns what acTL declares, 1 when there is none.
func apngFrames(chunks []byte) int {
	for len(chunks) >= 8 {
		n, name := uint64(binary.BigEndian.Uint32(chunks)), string(chunks[4:8])
		if name == "IDAT" || name == "IEND" || n+12 > uint64(len(chunks)) {
			return 1
		}
		if name == "acTL" && n >= 4 {
			return int(min(binary.BigEndian.Uint32(chunks[8:]), maxPNGSide))
		}
		chunks = chunks[n+12:]
	}
	return 1
}
