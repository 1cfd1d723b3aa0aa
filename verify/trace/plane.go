package trace

import (
	"context"
	"image"
)

// plane is the brightness of a picture, a byte a pixel.
type plane struct {
	w, h int
	pix  []uint8
}

func planeOf(ctx context.Context, img *image.NRGBA) (*plane, error) {
	p := &plane{w: img.Rect.Dx(), h: img.Rect.Dy()}
	p.pix = make([]uint8, p.w*p.h)
	for y := range p.h {
		if y%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		in, out := img.Pix[y*img.Stride:], p.row(y)
		for x := range out {
			q := in[4*x : 4*x+3 : 4*x+3]
			out[x] = uint8((19595*uint32(q[0]) + 38470*uint32(q[1]) + 7471*uint32(q[2]) + 1<<15) >> 16)
		}
	}
	return p, nil
}

func (p *plane) row(y int) []uint8 { return p.pix[y*p.w : (y+1)*p.w] }

func (p *plane) column(x int, into []uint8) {
	for y := range into {
		into[y] = p.pix[y*p.w+x]
	}
}
