package picture

import (
	"bytes"
	"encoding/binary"
)

// upright is the EXIF orientation that changes nothing.
const upright = 1

// orientation returns the EXIF orientation of a file, 1 to 8; 1 when there is
// none or it cannot be read. Only JPEG and WebP are asked: of the formats that
// cameras write, these are the ones that browsers turn.
func orientation(f Format, data []byte) int {
	switch f {
	case JPEG:
		return tiffOrientation(jpegEXIF(data))
	case WebP:
		return tiffOrientation(webpEXIF(data))
	}
	return upright
}

func jpegEXIF(data []byte) (tiff []byte) {
	_ = jpegSegments(data, func(m byte, p []byte) bool {
		if m == jpegAPP1 && bytes.HasPrefix(p, []byte("Exif\x00\x00")) {
			tiff = p[6:]
		}
		return tiff == nil && m != jpegSOS
	})
	return tiff
}

func webpEXIF(data []byte) (tiff []byte) {
	webpChunks(data[12:], func(name string, p []byte) bool {
		if name == "EXIF" {
			tiff = bytes.TrimPrefix(p, []byte("Exif\x00\x00"))
		}
		return tiff == nil
	})
	return tiff
}

// tiffOrientation looks for tag 0x0112 in the first directory of a TIFF block.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return upright
	}
	entries := b[at+2:]
	for range order.Uint16(b[at:]) {
		if len(entries) < 12 {
			return upright
		}
		if order.Uint16(entries) == 0x0112 {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return upright
		}
		entries = entries[12:]
	}
	return upright
}

// swaps says whether an orientation exchanges width and height.
func swaps(orientation int) bool { return orientation >= 5 }

// source maps a pixel of the upright picture to the stored one of size w x h.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5: // transposed
		return y, x
	case 6: // to be turned clockwise
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8: // to be turned anticlockwise
		return w - 1 - y, x
	}
	return x, y
}
