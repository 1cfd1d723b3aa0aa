package clock

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

// The heights that a clock's lines are read at. Larger letters gain nothing.
const (
	fine   reading.LineHeight = 56
	coarse reading.LineHeight = 42
	small  reading.LineHeight = 34
)

// Read reads a clock twice, at two sizes, and at a third where the two give no
// date of which both are sure. languages are those that it may be written in
// besides English. Errors are those of the reader.
func Read(ctx context.Context, l Liner, img *image.NRGBA, at image.Rectangle, languages ...string) ([]Shown, error) {
	n := rows(img, at)
	var all []Shown
	for _, high := range []reading.LineHeight{fine, coarse, small} {
		words, err := l.Lines(ctx, img, at, high, n, languages...)
		if err != nil {
			return nil, fmt.Errorf("read clock: %w", err)
		}
		all = append(all, parse(words))
		if _, ok := agreed(all); ok || len(all) == 2 && len(all[0].Dates)+len(all[1].Dates) == 0 {
			break
		}
	}
	return all, nil
}

// mostLines is how many lines a clock has at most: time, date and day.
const mostLines = 3

// rows counts the lines of text in a part of the picture: runs of rows that hold
// anything, of which rows of a pixel or two are specks.
func rows(img *image.NRGBA, r image.Rectangle) int {
	r = r.Intersect(img.Rect)
	n, run := 0, 0
	for y := r.Min.Y; y <= r.Max.Y; y++ {
		if y < r.Max.Y && !plain(img, r, y) {
			run++
			continue
		}
		if run > r.Dy()/8 {
			n++
		}
		run = 0
	}
	return min(max(n, 1), mostLines)
}

// inkRange is the range of brightness, of 255, in a row from which it holds
// letters and not what JPEG leaves between them.
const inkRange = 60

func plain(img *image.NRGBA, r image.Rectangle, y int) bool {
	low, high := 255, 0
	for x := r.Min.X; x < r.Max.X; x++ {
		p := img.Pix[img.PixOffset(x, y):]
		v := (2*int(p[0]) + 5*int(p[1]) + int(p[2])) / 8
		low, high = min(low, v), max(high, v)
	}
	return high-low < inkRange
}
