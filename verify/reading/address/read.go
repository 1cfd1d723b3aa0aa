package address

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// Liner reads one line of a picture; *reading.Engine is one.
type Liner interface {
	Line(ctx context.Context, img *image.NRGBA, r image.Rectangle, high reading.LineHeight) ([]reading.Word, error)
}

// Reading is what was read in an address bar.
type Reading struct {
	One, Two []Host   // two readings of the whole bar, at two sizes
	Strong   []Host   // of its part in stronger ink; nil where none was needed or none is
	Bare     []string // words of all readings that are no hosts
	// Part is what of the bar holds text; the whole bar where that is not known.
	Part image.Rectangle
}

// Read reads an address bar twice, at two sizes, and where neither gives a claimed
// host, its part in stronger ink by itself. Errors are those of the reader.
func Read(ctx context.Context, l Liner, img *image.NRGBA, bar image.Rectangle, claimed ...string) (Reading, error) {
	fine, err := l.Line(ctx, img, bar, reading.Fine)
	if err != nil {
		return Reading{}, fmt.Errorf("read address bar: %w", err)
	}
	coarse, err := l.Line(ctx, img, bar, reading.Coarse)
	if err != nil {
		return Reading{}, fmt.Errorf("read address bar: %w", err)
	}
	r := Reading{One: hostsIn(fine), Two: hostsIn(coarse), Bare: append(bare(fine), bare(coarse)...), Part: worded(fine, bar)}
	if r.Judge(claimed...).Outcome == Claimed {
		return r, nil
	}
	e, ok := emphasised(img, bar)
	if !ok {
		return r, nil
	}
	return r, r.addStrong(ctx, l, e)
}

// worded is the bar up to the end of its last word: buttons at its right end are
// read as a letter or two.
func worded(words []reading.Word, bar image.Rectangle) image.Rectangle {
	end := bar.Min.X
	for _, w := range words {
		if len(reading.Folded(w.Text)) > 2 {
			end = max(end, w.Box.Max.X)
		}
	}
	if end <= bar.Min.X {
		return bar
	}
	bar.Max.X = min(bar.Max.X, end+bar.Dy()/2)
	return bar
}

// addStrong reads the part in stronger ink. What stands right before it belongs to
// the host unless it is the scheme, and then the part is not the whole host.
func (r *Reading) addStrong(ctx context.Context, l Liner, e emphasis) error {
	words, err := l.Line(ctx, e.img, e.img.Rect, reading.Fine)
	if err != nil {
		return fmt.Errorf("read strong part of address bar: %w", err)
	}
	if !e.before.Empty() {
		before, err := l.Line(ctx, e.whole, e.before, reading.Fine)
		if err != nil && !errors.Is(err, reading.ErrSmall) {
			return fmt.Errorf("read what stands before: %w", err)
		}
		if err == nil && !scheme(before) {
			return nil // what is too small is an edge or an icon
		}
	}
	r.Strong, r.Bare = hostsIn(words), append(r.Bare, bare(words)...)
	return nil
}

// scheme says whether words are http:// or https://, as they are read, small and
// grey.
func scheme(words []reading.Word) bool {
	text := ""
	for _, w := range words {
		text += string(reading.Folded(w.Text))
	}
	return slices.ContainsFunc([]string{"http", "https"}, func(s string) bool { return Distance(text, s) <= 1.2 })
}

// bare are the words that have the letters of a host, and are none.
func bare(words []reading.Word) []string {
	var all []string
	text := ""
	for _, w := range words {
		if !joins(text, w.Text) {
			text = ""
		}
		text += w.Text
		name, _, _ := strings.Cut(strings.Trim(withoutScheme(strings.ToLower(signsRead().Replace(text))), noise), "/")
		ascii, ok := asciiOf(name)
		if _, host := registrable(ascii); !(ok && host) && len(name) > 3 {
			all = append(all, name)
		}
	}
	return all
}
