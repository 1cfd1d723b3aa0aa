package trace

import (
	"context"
	"image"
)

// Rise finds, among the parts that are asked about, those whose letters begin
// less steeply than the others: enlarged or reduced material, whose edges no
// longer fall on pixels; or only within one pixel, where the others are smoothed.
// It is our own measure; Kirchner and Gloe, On resampling detection in
// re-compressed images (2009), tell why traces of resampling that are finer than
// that do not outlive JPEG.
type Rise struct{}

// Name implements Method.
func (Rise) Name() string { return "rise" }

// Find implements Method.
func (Rise) Find(ctx context.Context, s *Subject) ([]Finding, error) {
	if len(s.Asked) == 0 {
		return nil, nil
	}
	r, err := findRises(ctx, s.plane)
	if err != nil {
		return nil, err
	}
	page := s.within(r.size)
	for _, p := range s.Pictures {
		r.mask(p)
	}
	all := r.in(page)
	var found []Finding
	for _, part := range s.Asked {
		if f := r.differs(part.Intersect(page), all); f != nil {
			found = append(found, *f)
		}
	}
	return found, nil
}

const (
	leastRises = 60   // beginnings of drawing without which nothing is said: a word
	leastLines = 24   // columns and rows of pixels that they lie in: a table's rules lie in few
	softLines  = 64   // the same of slow beginnings: a drawing of soft edges lies in few as well
	usualCrisp = 0.6  // share of beginnings within one pixel in a page that is smoothed
	onlyCrisp  = 0.85 // share in a part that is not
	moreSoft   = 0.35 // by how much the share of slow beginnings is larger in rescaled letters
	riseChance = -2   // log10 of the false alarms a picture, as measured: see the package comment
)

// differs holds a part against the rest of the page.
func (r *rises) differs(part image.Rectangle, all steepness) *Finding {
	in := r.in(part)
	out := all.less(in)
	if in.all() < leastRises || out.all() < 4*leastRises {
		return nil
	}
	f := &Finding{At: part, Asked: true, Chance: riseChance}
	switch {
	case in.crisp() >= onlyCrisp && out.crisp() <= usualCrisp && in.lines[0] >= leastLines && in.lines[1]+in.lines[2] <= in.lines[0]/2:
		f.Kind = Unsmoothed
		f.Sentence = "The letters in this part are painted without smoothing, and those in the rest of the page are smoothed: another program wrote them."
	case in.soft() >= out.soft()+moreSoft && in.crisp() <= out.crisp()/4 && in.lines[2] >= softLines:
		f.Kind = Rescaled
		f.Sentence = "The letters in this part are blurred against those in the rest of the page, as in material that was enlarged or reduced. A picture that the page itself shows looks the same."
	default:
		return nil
	}
	return f
}
