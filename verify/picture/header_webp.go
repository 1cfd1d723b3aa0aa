package picture

import (
	"encoding/binary"
	"fmt"
)

// webpAnimated is the animation bit of VP8X.
const webpAnimated = 1 << 1

// webpChunks calls each for every chunk of a RIFF body, until it returns false
// or the body ends; it says whether the last chunk was whole.
func webpChunks(body []byte, each func(name string, payload []byte) bool) bool {
	for len(body) >= 8 {
		n := uint64(binary.LittleEndian.Uint32(body[4:]))
		whole := 8+n <= uint64(len(body))
		payload := body[8:min(8+n, uint64(len(body)))]
		if !each(string(body[:4]), payload) {
			return true
		}
		if !whole {
			return false
		}
		body = skip(body, int(8+n+n&1))
	}
	return true
}

// webpHeader reads the canvas of VP8X, or the size of the one frame.
func webpHeader(data []byte) (Header, error) {
	var h Header
	err := fmt.Errorf("holds no picture: %w", ErrDamaged)
	whole := webpChunks(data[12:], func(name string, p []byte) bool {
		switch {
		case name == "VP8X" && h.Width == 0:
			h.Width, h.Height, err = vp8xSize(p)
			return err == nil && p[0]&webpAnimated != 0
		case name == "VP8 " && h.Width == 0:
			h.Width, h.Height, err = vp8Size(p)
			return false
		case name == "VP8L" && h.Width == 0:
			h.Width, h.Height, err = vp8lSize(p)
			return false
		case name == "ANMF":
			h.Frames++
		}
		return true
	})
	if err != nil && !whole {
		return Header{}, ErrTruncated
	}
	return h, err
}

func vp8xSize(p []byte) (w, h int, err error) {
	if len(p) < 10 {
		return 0, 0, ErrTruncated
	}
	return 1 + uint24(p[4:]), 1 + uint24(p[7:]), nil
}

func vp8Size(p []byte) (w, h int, err error) {
	if len(p) < 10 {
		return 0, 0, ErrTruncated
	}
	if p[3] != 0x9d || p[4] != 0x01 || p[5] != 0x2a {
		return 0, 0, fmt.Errorf("no key frame: %w", ErrDamaged)
	}
	return int(binary.LittleEndian.Uint16(p[6:])) & 0x3fff, int(binary.LittleEndian.Uint16(p[8:])) & 0x3fff, nil
}

func vp8lSize(p []byte) (w, h int, err error) {
	if len(p) < 5 {
		return 0, 0, ErrTruncated
	}
	bits := binary.LittleEndian.Uint32(p[1:])
	return 1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff), nil
}

func uint24(p []byte) int { return int(p[0]) | int(p[1])<<8 | int(p[2])<<16 }
