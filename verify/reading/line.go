package reading

import (
	"context"
	"image"
)

// LineHeight is how high, in pixels, a line of the frame (an address bar, a
// clock) is made before it is read.
type LineHeight int

// The heights that bars are read at. Two readings of one bar that agree are
// rarely wrong in the same way.
const (
	Fine   LineHeight = 84
	Coarse LineHeight = 60
)

const (
	// mostLarger bounds how much a line is enlarged: there is no more in it.
	mostLarger = 4
	// maxLine bounds the part of the picture that is read as a line.
	maxLine = 2_000_000
)

// Line reads the part r of img as a single line, without the help of
// dictionaries: host names are in none. The part is enlarged or reduced to the
// height given. Errors are those of Page.
func (e *Engine) Line(ctx context.Context, img *image.NRGBA, r image.Rectangle, high LineHeight) ([]Word, error) {
	return e.part(ctx, img, r, high, oneLine, nil)
}

// Lines is Line for a part that holds several lines, each at most as high as
// the part's height divided by count. languages are those of Page.
func (e *Engine) Lines(ctx context.Context, img *image.NRGBA, r image.Rectangle, high LineHeight, count int, languages ...string) ([]Word, error) {
	return e.part(ctx, img, r, LineHeight(int(high)*max(1, count)), oneBlock, languages)
}

func (e *Engine) part(ctx context.Context, img *image.NRGBA, r image.Rectangle, high LineHeight, how layout, languages []string) ([]Word, error) {
	r = r.Intersect(img.Rect)
	if err := roomy(r); err != nil {
		return nil, err
	}
	r.Max.X = min(r.Max.X, r.Min.X+maxLine/r.Dy())
	factor := min(mostLarger, float64(high)/float64(r.Dy()))
	words, err := e.recognise(ctx, scaled(inked(img, r), factor), how, e.among(languages), "load_system_dawg=0", "load_freq_dawg=0")
	if err != nil {
		return nil, err
	}
	return placed(words, factor, r), nil
}
