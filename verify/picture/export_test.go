package picture

import "context"

// DecodeAs decodes data in a child as if its header were h.
func DecodeAs(ctx context.Context, data []byte, h Header) error {
	_, _, err := inChild(ctx, data, h, Limits{}.withDefaults())
	return err
}

// Orientation reads the EXIF orientation of a file.
func Orientation(f Format, data []byte) int { return orientation(f, data) }

// TIFFOrientation reads that of a TIFF block.
func TIFFOrientation(b []byte) int { return tiffOrientation(b) }

// Stored maps a pixel of the upright picture to the stored one of size w x h.
func Stored(orientation, x, y, w, h int) (int, int) { return source(orientation, x, y, w, h) }
