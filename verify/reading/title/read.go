package title

import (
	"context"
	"fmt"
	"image"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// Liner reads a few lines of a picture; *reading.Engine is one.
type Liner interface {
	Lines(ctx context.Context, img *image.NRGBA, r image.Rectangle, high reading.LineHeight, count int, languages ...string) ([]reading.Word, error)
}

// Read reads a tab twice, at two sizes. languages are those that the title may be
// written in besides English. Errors are those of the reader.
func Read(ctx context.Context, l Liner, img *image.NRGBA, tab image.Rectangle, languages ...string) (one, two []reading.Word, err error) {
	if one, err = l.Lines(ctx, img, tab, reading.Fine, 1, languages...); err != nil {
		return nil, nil, fmt.Errorf("read tab: %w", err)
	}
	if two, err = l.Lines(ctx, img, tab, reading.Coarse, 1, languages...); err != nil {
		return nil, nil, fmt.Errorf("read tab: %w", err)
	}
	return one, two, nil
}
