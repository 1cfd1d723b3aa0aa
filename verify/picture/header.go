package picture

import (
	"encoding/binary"
	"fmt"
)

// Header is what a file declares of itself before anything is decoded.
type Header struct {
	Format Format
	Width  int // pixels as stored, before any EXIF orientation
	Height int // pixels as stored
	Frames int // 1 or more; as declared by PNG, as counted in GIF and WebP
}

// Check reads the header of data and holds it against the limits. It decodes
// nothing, allocates nothing in proportion to what the file declares, and takes
// time at most in proportion to the length of data. Errors wrap ErrNotPicture,
// ErrUnsupported, ErrTruncated, ErrDamaged, ErrTooManyBytes or
// ErrTooManyPixels.
func Check(data []byte, limits Limits) (Header, error) {
	l := limits.withDefaults()
	if err := l.checkBytes(len(data)); err != nil {
		return Header{}, fmt.Errorf("check picture: %w", err)
	}
	h, err := readHeader(data)
	if err != nil {
		return Header{}, fmt.Errorf("check picture: %w", err)
	}
	if err := l.checkSize(h.Width, h.Height); err != nil {
		return Header{}, fmt.Errorf("check picture: %s: %w", h.Format, err)
	}
	return h, nil
}

func readHeader(data []byte) (Header, error) {
	f, err := Sniff(data)
	if err != nil {
		return Header{}, err
	}
	h, err := headerReader(f)(data)
	if err != nil {
		return Header{}, fmt.Errorf("%s: %w", f, err)
	}
	h.Format, h.Frames = f, max(h.Frames, 1)
	return h, nil
}

func headerReader(f Format) func([]byte) (Header, error) {
	switch f {
	case PNG:
		return pngHeader
	case JPEG:
		return jpegHeader
	case GIF:
		return gifHeader
	case WebP:
		return webpHeader
	}
	return bmpHeader
}

// bmpHeader reads the size from a BITMAPINFOHEADER or a later one; the older
// kinds are not read.
func bmpHeader(data []byte) (Header, error) {
	if len(data) < 26 {
		return Header{}, ErrTruncated
	}
	if binary.LittleEndian.Uint32(data[14:]) < 40 {
		return Header{}, ErrUnsupported
	}
	w := int(int32(binary.LittleEndian.Uint32(data[18:])))
	h := int(int32(binary.LittleEndian.Uint32(data[22:])))
	if h < 0 {
		h = -h // rows from top to bottom
	}
	return Header{Width: w, Height: h}, nil
}
