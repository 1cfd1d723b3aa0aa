package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/bmp"
	"golang.org/x/image/webp"
)

// decode is what runs in the child: the first frame of data on the canvas that
// the header declares. Errors wrap ErrUnsupported, ErrTruncated or ErrDamaged.
func decode(data []byte) (*image.NRGBA, Header, error) {
	h, err := readHeader(data)
	if err != nil {
		return nil, h, err
	}
	img, err := firstFrame(data, h)
	if err != nil {
		return nil, h, fmt.Errorf("decode %s: %w", h.Format, decoderError(err, h.Format, data))
	}
	canvas := image.Rect(0, 0, h.Width, h.Height)
	if img.Bounds() == canvas {
		return ToNRGBA(img), h, nil
	}
	if h.Format != GIF && h.Format != WebP { // the two whose frames may be smaller
		return nil, h, fmt.Errorf("decode %s: %v pixels where %v were declared: %w", h.Format, img.Bounds().Size(), canvas.Size(), ErrDamaged)
	}
	return place(img, canvas), h, nil
}

func firstFrame(data []byte, h Header) (image.Image, error) {
	r := bytes.NewReader(data)
	switch h.Format {
	case PNG:
		return png.Decode(r)
	case JPEG:
		return jpeg.Decode(r)
	case GIF:
		return gif.Decode(r)
	case WebP:
		return firstWebP(data)
	}
	return bmp.Decode(r)
}

// place puts a frame that is smaller than its canvas where it belongs; the
// rest stays transparent.
func place(frame image.Image, canvas image.Rectangle) *image.NRGBA {
	dst := image.NewNRGBA(canvas)
	at := frame.Bounds().Intersect(canvas)
	src, from := ToNRGBA(frame), frame.Bounds().Min
	for y := at.Min.Y; y < at.Max.Y; y++ {
		copy(dst.Pix[dst.PixOffset(at.Min.X, y):dst.PixOffset(at.Max.X-1, y)+4],
			src.Pix[src.PixOffset(at.Min.X-from.X, y-from.Y):])
	}
	return dst
}

// decoderError gives the error of a decoder of data one of our kinds. Decoders
// call many things damaged that are merely cut off, so the end of the file is
// looked at as well.
func decoderError(err error, f Format, data []byte) error {
	var pngUn png.UnsupportedError
	var jpegUn jpeg.UnsupportedError
	switch {
	case errors.Is(err, ErrTruncated), errors.Is(err, ErrDamaged):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), endsEarly(f, data):
		return fmt.Errorf("%w (%w)", ErrTruncated, err)
	case errors.As(err, &pngUn), errors.As(err, &jpegUn), errors.Is(err, bmp.ErrUnsupported):
		return fmt.Errorf("%w (%w)", ErrUnsupported, err)
	}
	return fmt.Errorf("%w (%w)", ErrDamaged, err)
}

// firstWebP decodes a still, or the first frame of an animation, which it hands
// to the decoder as a still of its own.
func firstWebP(data []byte) (image.Image, error) {
	var frame []byte
	webpChunks(data[12:], func(name string, p []byte) bool {
		if name == "ANMF" && len(p) >= 16 {
			frame = p
		}
		return frame == nil
	})
	if frame == nil {
		img, err := webp.Decode(bytes.NewReader(data))
		return fromVideo(img), err
	}
	img, err := webp.Decode(bytes.NewReader(stillOf(frame)))
	if err != nil {
		return nil, err
	}
	at := image.Pt(2*uint24(frame), 2*uint24(frame[3:]))
	still := ToNRGBA(fromVideo(img))
	still.Rect = still.Rect.Add(at)
	return still, nil
}

// stillOf wraps the chunks of an ANMF payload (position, size, duration and
// flags in 16 bytes, then ALPH and VP8, or VP8L) in a file of their own.
func stillOf(frame []byte) []byte {
	const alpha = 1 << 4
	var flags byte
	webpChunks(frame[16:], func(name string, _ []byte) bool {
		if name == "ALPH" {
			flags = alpha
		}
		return true
	})
	head := []byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00")
	head = append(head, flags, 0, 0, 0)
	head = append(head, frame[6:12]...)
	out := append(head, frame[16:]...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}
