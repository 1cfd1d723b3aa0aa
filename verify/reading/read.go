package reading

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strconv"
	"strings"

	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// layout is what Tesseract is told about the arrangement of the text (its page
// segmentation mode).
type layout int

const (
	columnsOfText layout = 3 // find blocks and columns
	oneBlock      layout = 6 // lines below each other
	oneLine       layout = 7
)

// recognise runs Tesseract on a grey picture, dark on light. Boxes are in the
// pixels of that picture.
func (e *Engine) recognise(ctx context.Context, img *image.Gray, how layout, languages []string, set ...string) ([]Word, error) {
	args := []string{"stdin", "stdout", "-l", strings.Join(languages, "+"), "--psm", strconv.Itoa(int(how)), "--dpi", "300"}
	for _, s := range append([]string{"tessedit_create_tsv=1"}, set...) {
		args = append(args, "-c", s)
	}
	out, err := e.program(args...).Execute(ctx, portable(img), confine.Limits{
		Memory: e.cfg.Memory, CPU: e.cfg.Time, Wall: 2 * e.cfg.Time, Output: maxOutput,
	})
	if err != nil {
		if ended := ctx.Err(); ended != nil && errors.Is(err, ended) {
			return nil, fmt.Errorf("read text: %w", err)
		}
		return nil, fmt.Errorf("read text: %w: %w", ErrFailed, err)
	}
	words, err := parseTable(string(out), img.Rect)
	if err != nil {
		return nil, fmt.Errorf("read text: %w", err)
	}
	return words, nil
}

// minSide is the least side in pixels of a picture that holds a letter one can
// read.
const minSide = 8

func roomy(r image.Rectangle) error {
	if r.Dx() < minSide || r.Dy() < minSide {
		return fmt.Errorf("read text: %d x %d pixels: %w", r.Dx(), r.Dy(), ErrSmall)
	}
	return nil
}

// portable writes img as a portable greymap (PGM), the plainest format that
// Tesseract reads: a line of numbers, then the pixels. Nothing of the bytes
// that the claimant gave is in it.
func portable(img *image.Gray) []byte {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := make([]byte, 0, w*h+32)
	out = append(out, fmt.Sprintf("P5\n%d %d\n255\n", w, h)...)
	for y := range h {
		out = append(out, img.Pix[y*img.Stride:][:w]...)
	}
	return out
}
