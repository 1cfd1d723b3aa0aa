package picture

import "encoding/binary"

// gifHeader reads the logical screen and counts the frames by walking the
// blocks, which costs a step for every 255 bytes. Where the walk breaks off,
// the frames seen so far are the count: only the first is decoded.
func gifHeader(data []byte) (Header, error) {
	if len(data) < 13 {
		return Header{}, ErrTruncated
	}
	h := Header{
		Width:  int(binary.LittleEndian.Uint16(data[6:])),
		Height: int(binary.LittleEndian.Uint16(data[8:])),
	}
	rest := skip(data, 13+colourTable(data[10]))
	for len(rest) > 0 {
		switch rest[0] {
		case 0x21: // extension: a label, then sub-blocks
			rest = skipSubBlocks(skip(rest, 2))
		case 0x2c: // image descriptor
			if len(rest) < 10 {
				return h, nil
			}
			h.Frames++
			rest = skipSubBlocks(skip(rest, 10+colourTable(rest[9])+1))
		default: // the trailer, or something broken
			return h, nil
		}
	}
	return h, nil
}

// colourTable is the length in bytes of the colour table that flags announce.
func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

func skip(b []byte, n int) []byte {
	if n >= len(b) {
		return nil
	}
	return b[n:]
}

func skipSubBlocks(b []byte) []byte {
	for len(b) > 0 {
		n := int(b[0])
		b = skip(b, 1+n)
		if n == 0 {
			return b
		}
	}
	return nil
}
