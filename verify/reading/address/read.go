package address

import (
	"context"
	"fmt"
	"image"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// Liner reads one line of a picture; *reading.Engine is one.
type Liner interface {
	Line(ctx context.Context, img *image.NRGBA, r image.Rectangle, high reading.LineHeight) ([]reading.Word, error)
}

// Read reads an address bar twice, at two sizes, and gives the hosts of each
// reading. Errors are those of the reader.
func Read(ctx context.Context, l Liner, img *image.NRGBA, bar image.Rectangle) (one, two []Host, err error) {
	fine, err := l.Line(ctx, img, bar, reading.Fine)
	if err != nil {
		return nil, nil, fmt.Errorf("read address bar: %w", err)
	}
	coarse, err := l.Line(ctx, img, bar, reading.Coarse)
	if err != nil {
		return nil, nil, fmt.Errorf("read address bar: %w", err)
	}
	return hostsIn(fine), hostsIn(coarse), nil
}
