package trace

import (
	"context"
	"image"
)

// Fringe finds, among the parts that are asked about, those whose letters are
// smoothed for the sub-pixels of a screen, with coloured fringes, where the rest of
// the page is smoothed alike in all colours; and the reverse. It is our own measure;
// what it looks for are the displaced colour channels of Platt, Optimal filtering for
// patterned displays (2000), and Gibson, Sub-pixel font rendering technology (1998).
type Fringe struct{}

// Name implements Method.
func (Fringe) Name() string { return "fringe" }

// Find implements Method.
func (Fringe) Find(ctx context.Context, s *Subject) ([]Finding, error) {
	if len(s.Asked) == 0 {
		return nil, nil
	}
	f, err := findFringes(ctx, s.img)
	if err != nil {
		return nil, err
	}
	page := s.within(s.img.Rect.Size())
	for _, p := range s.Pictures {
		f.mask(p)
	}
	all := f.in(page)
	var found []Finding
	for _, part := range s.Asked {
		if f := f.differs(part.Intersect(page), all); f != nil {
			found = append(found, *f)
		}
	}
	return found, nil
}

const (
	leastStrokes = 24 // stems without which nothing is said of a part: a word or two
	leastPlain   = 40 // of those in grey, where the rest is not: two small drawn arrows have over 20

	// Shares of stems smoothed for sub-pixels. Whole pages are, or are not, but for
	// icons and what a browser lays over the page by itself.
	fringedPart, unfringedRest = 0.6, 0.03
	fringedRest, unfringedPart = 0.8, 0.15

	fringeChance = -2 // log10 of the false alarms a picture, as measured: see the package comment
)

// differs holds a part against the rest of the page.
func (f *fringes) differs(part image.Rectangle, all strokes) *Finding {
	in := f.in(part)
	out := all.less(in)
	if in.sum() < leastStrokes || out.sum() < 4*leastStrokes {
		return nil
	}
	found := &Finding{At: part, Asked: true, Chance: fringeChance}
	switch {
	case in.fringed() >= fringedPart && out.fringed() <= unfringedRest:
		found.Kind = Fringed
		found.Sentence = "The letters in this part have the coloured fringes of smoothing for a screen's sub-pixels, and those in the rest of the page have none: another program painted them, or the same one at another time."
	case in.fringed() <= unfringedPart && in.plain() >= fringedPart && in[plainStroke] >= leastPlain && out.fringed() >= fringedRest:
		found.Kind = Unfringed
		found.Sentence = "The letters in the rest of the page have the coloured fringes of smoothing for a screen's sub-pixels, and those in this part have none. A picture that the page shows, and what a browser moves or lays over the page, can look the same."
	default:
		return nil
	}
	return found
}
