package picture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/png"
)

// Picture is the first frame of a file as pixels, and what the file is.
type Picture struct {
	Image       *image.NRGBA // opaque, origin at 0, 0, upright; transparency laid on white
	Mask        *image.Alpha // where the file was transparent; nil when it was opaque
	Format      Format
	Width       int    // of Image
	Height      int    // of Image
	Frames      int    // in the file; only the first is in Image
	Orientation int    // EXIF orientation as stored, 1 to 8
	Oriented    bool   // Image was turned or mirrored to honour it
	SHA256      string // of the file, lower-case hexadecimal
	Bytes       int64  // length of the file
}

// Read checks data against the default limits and decodes its first frame in a
// child process. It is ReadWithin with the zero Limits.
func Read(ctx context.Context, data []byte) (*Picture, error) {
	return ReadWithin(ctx, data, Limits{})
}

// ReadWithin is Read with other limits. Errors wrap one of the kinds of this
// package, the context's error, or confine.ErrNotServed when the program does
// not call confine.Serve with Jobs at its start.
func ReadWithin(ctx context.Context, data []byte, limits Limits) (*Picture, error) {
	l := limits.withDefaults()
	h, err := Check(data, l)
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	img, o, err := inChild(ctx, data, h, l)
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	sum := sha256.Sum256(data)
	return &Picture{
		Mask: flatten(img), Image: img,
		Format: h.Format, Width: img.Rect.Dx(), Height: img.Rect.Dy(), Frames: h.Frames,
		Orientation: o, Oriented: o != upright,
		SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(data)),
	}, nil
}

// Notes are the sentences that a report owes its reader about how the file
// became the picture; none for a plain still.
func (p *Picture) Notes() []string {
	var n []string
	if p.Frames > 1 {
		n = append(n, fmt.Sprintf("The file is an animation of %d frames; only the first was judged.", p.Frames))
	}
	if p.Oriented {
		n = append(n, "The picture was turned as its EXIF orientation asks, as a browser would show it.")
	}
	if p.Mask != nil {
		n = append(n, "Parts of the picture are transparent; they were laid on white.")
	}
	return n
}

// DecodeCapture decodes a PNG that our own browser made. It runs in this
// process, because the bytes come from Chrome's encoder and not from a
// stranger, but the header is held against the default limits first. The
// result is opaque.
func DecodeCapture(data []byte) (*image.NRGBA, error) {
	h, err := Check(data, Limits{Bytes: maxShot})
	if err != nil {
		return nil, fmt.Errorf("decode capture: %w", err)
	}
	if h.Format != PNG {
		return nil, fmt.Errorf("decode capture: %s where PNG was expected: %w", h.Format, ErrDamaged)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode capture: %w", decoderError(err, PNG, data))
	}
	out := ToNRGBA(img)
	flatten(out)
	return out, nil
}

// maxShot is the byte cap of our own shots: noise at the pixel cap.
const maxShot = 4 * DefaultPixels
