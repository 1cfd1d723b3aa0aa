package trace

import (
	"context"
	"fmt"
	"image"
)

// About is what is known of a picture beyond its pixels. The zero value knows
// nothing.
type About struct {
	// Page is where the page lies in the picture; empty is everywhere. What is
	// beside it, a window's bars or a messenger, was drawn by other programs, and
	// differs from the page without anybody's doing.
	Page image.Rectangle
	// Pictures are where the page itself shows pictures. They bring traces of
	// their own, and local tests leave them out.
	Pictures []image.Rectangle
	// Asked are the parts of which it is asked whether they differ from the rest.
	Asked []image.Rectangle
}

// within is the page's place in a picture of a size.
func (a About) within(size image.Point) image.Rectangle {
	all := image.Rectangle{Max: size}
	if a.Page.Empty() {
		return all
	}
	return a.Page.Intersect(all)
}

// Finding is a trace that was found.
type Finding struct {
	Method string
	Kind   Kind
	// At is the part of the picture, in its pixels; empty for the whole of it.
	At image.Rectangle
	// Asked says that the part was asked for, and not searched out.
	Asked bool
	// Chance is log10 of how many findings like this are expected, among all that
	// were tried, where there is nothing to find, by the method's model of chance;
	// of methods without one, the bound of the rate that was measured.
	Chance float64
	// Sentence is plain English, true whatever the cause.
	Sentence string
}

// Kind is what was found.
type Kind string

// The kinds of findings.
const (
	// Compressed: the whole picture was a JPEG once. It is history, not a sign of
	// anything.
	Compressed Kind = "compressed"
	// OtherGrid: a part lies on another grid of JPEG blocks than the rest.
	OtherGrid Kind = "other_grid"
	// Uneven: a part was compressed, and the rest was not.
	Uneven Kind = "uneven"
	// Untouched: a part was not compressed, and the rest was.
	Untouched Kind = "untouched"
	// Rescaled: the letters of a part are blurred against the rest.
	Rescaled Kind = "rescaled"
	// Unsmoothed: the letters of a part are not smoothed, and the others are.
	Unsmoothed Kind = "unsmoothed"
	// Fringed: the letters of a part are smoothed for a screen's sub-pixels, and
	// the others are not.
	Fringed Kind = "fringed"
	// Unfringed: the letters of a part are not, and the others are.
	Unfringed Kind = "unfringed"
)

// Local says whether the kind is about a part against the rest.
func (k Kind) Local() bool { return k != Compressed }

// Subject is a picture as methods look at it. It is used by one goroutine.
type Subject struct {
	About
	img   *image.NRGBA
	plane *plane
}

// NewSubject prepares a decoded picture. It takes one byte a pixel.
func NewSubject(ctx context.Context, img *image.NRGBA, a About) (*Subject, error) {
	p, err := planeOf(ctx, img)
	if err != nil {
		return nil, fmt.Errorf("prepare picture: %w", err)
	}
	return &Subject{About: a, img: img, plane: p}, nil
}

// Method looks for one kind of trace.
type Method interface {
	// Name is a word.
	Name() string
	// Find returns what it found, nothing where there is nothing. The only error
	// is the context's.
	Find(context.Context, *Subject) ([]Finding, error)
}

// Methods are those that earned their place, in the order of their value.
func Methods() []Method { return []Method{Halo{}, Rise{}, Fringe{}} }

// Find runs all methods over a decoded picture.
func Find(ctx context.Context, img *image.NRGBA, a About) ([]Finding, error) {
	s, err := NewSubject(ctx, img, a)
	if err != nil {
		return nil, err
	}
	var all []Finding
	for _, m := range Methods() {
		found, err := m.Find(ctx, s)
		if err != nil {
			return nil, fmt.Errorf("look for traces by %s: %w", m.Name(), err)
		}
		for i := range found {
			found[i].Method = m.Name()
		}
		all = append(all, found...)
	}
	return all, nil
}
