package picture

import (
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"io"

	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// jobDecode is the name of the child's job.
const jobDecode = "picture.decode"

// Jobs are what the children of this package do; the program hands them to
// confine.Serve.
func Jobs() []confine.Job { return []confine.Job{{Name: jobDecode, Run: decodeJob}} }

// wireHead is the length of what precedes the pixels on the way back: width,
// height and orientation, 4 bytes each, big endian.
const wireHead = 12

// decodeJob writes the upright picture as rows of NRGBA.
func decodeJob(data []byte, out io.Writer) error {
	img, h, err := decode(data)
	if err != nil {
		return toJobError(err)
	}
	o := orientation(h.Format, data)
	w, ht := h.Width, h.Height
	if swaps(o) {
		w, ht = ht, w
	}
	head := make([]byte, wireHead)
	binary.BigEndian.PutUint32(head, uint32(w))
	binary.BigEndian.PutUint32(head[4:], uint32(ht))
	binary.BigEndian.PutUint32(head[8:], uint32(o))
	if _, err := out.Write(head); err != nil {
		return err
	}
	return writeRows(out, img, o, w, ht)
}

func writeRows(out io.Writer, img *image.NRGBA, o, w, h int) error {
	row := make([]byte, 4*w)
	for y := range h {
		if o == upright {
			row = img.Pix[y*img.Stride:][:4*w]
		} else {
			for x := range w {
				sx, sy := source(o, x, y, img.Rect.Dx(), img.Rect.Dy())
				copy(row[4*x:4*x+4], img.Pix[sy*img.Stride+4*sx:])
			}
		}
		if _, err := out.Write(row); err != nil {
			return err
		}
	}
	return nil
}

const (
	// memoryBase is what a decoder needs for a picture of no size: tables,
	// buffers, and the granules in which Go asks for memory.
	memoryBase = 192 << 20
	// memoryPerPixel covers the hungriest honest case, a progressive JPEG of
	// four channels: 16 bytes of coefficients, 4 of samples, 4 of pixels; the
	// rest is for a second copy while 16-bit rows are interlaced.
	memoryPerPixel = 40
)

// inChild decodes data, whose header is h, in a child.
func inChild(ctx context.Context, data []byte, h Header, l Limits) (*image.NRGBA, int, error) {
	pixels := int64(h.Width) * int64(h.Height)
	out, err := confine.Run(ctx, jobDecode, data, confine.Limits{
		Memory: memoryBase + memoryPerPixel*pixels,
		CPU:    l.Time, Wall: l.Time,
		Output: wireHead + 4*pixels, Expect: wireHead + 4*pixels,
	})
	if err != nil {
		return nil, 0, fromChild(err)
	}
	return fromWire(out, h)
}

// fromWire believes the child only where it agrees with the header.
func fromWire(out []byte, h Header) (*image.NRGBA, int, error) {
	if len(out) < wireHead {
		return nil, 0, fmt.Errorf("%w: the child said too little", ErrKilled)
	}
	w, ht := int(binary.BigEndian.Uint32(out)), int(binary.BigEndian.Uint32(out[4:]))
	o := int(binary.BigEndian.Uint32(out[8:]))
	wantW, wantH := h.Width, h.Height
	if swaps(o) {
		wantW, wantH = wantH, wantW
	}
	pix := out[wireHead:]
	if o < 1 || o > 8 || w != wantW || ht != wantH || len(pix) != 4*w*ht {
		return nil, 0, fmt.Errorf("%w: the child's picture has not the declared size", ErrKilled)
	}
	return &image.NRGBA{Pix: pix, Stride: 4 * w, Rect: image.Rect(0, 0, w, ht)}, o, nil
}
