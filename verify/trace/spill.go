package trace

import (
	"context"
	"image"
)

// Spill finds, among the parts that are asked about, those that had been
// compressed before, on other blocks, when the whole was. What JPEG leaves ends
// with the block that a letter touches; a block without a letter is then plain. Of
// material that comes from another JPEG the earlier unevenness reaches into blocks
// that no letter touches. It is our own measure of what Qu, Luo and Huang, A
// convolutive mixing model for shifted double JPEG compression (2008), find in
// coefficients, which the white of a page saturates.
type Spill struct{}

// Name implements Method.
func (Spill) Name() string { return "spill" }

// Find implements Method.
func (Spill) Find(ctx context.Context, s *Subject) ([]Finding, error) {
	if len(s.Asked) == 0 {
		return nil, nil
	}
	e, err := s.ends(ctx)
	if err != nil {
		return nil, err
	}
	page, e := s.within(e.size), e.without(s.Pictures)
	g, is := gridOf(e.phases(page, image.Rectangle{}), wholeChance)
	if !is {
		return nil, nil
	}
	b, err := readBlocks(ctx, s.plane, g.x, g.y)
	if err != nil {
		return nil, err
	}
	for _, p := range s.Pictures {
		b.mask(p)
	}
	all := b.beside(page)
	var found []Finding
	for _, part := range s.Asked {
		part = part.Intersect(page)
		if f := spilled(b.beside(part.Inset(side)), all); f != nil {
			f.At = part
			found = append(found, *f)
		}
	}
	return found, nil
}

const (
	leastBlocks   = 16   // blocks beside letters without which nothing is said
	leastSpilled  = 0.55 // by how much the share of uneven ones is larger in the part
	mostSpilled   = 0.2  // their share in the rest; where it is larger, shadows or photographs make it so
	spillChance   = -7   // log10 of the chance of such a share if the part were like the rest
	leastExpected = 0.05
)

// spilled compares the blocks beside the letters of a part with those of all.
func spilled(in, all blockCounts) *Finding {
	out := blockCounts{all.uneven - in.uneven, all.plain - in.plain}
	if in.all() < leastBlocks || out.all() < 4*leastBlocks || out.share() > mostSpilled || in.share()-out.share() < leastSpilled {
		return nil
	}
	chance := tail(float64(in.all())/dependence, float64(in.uneven)/dependence, max(out.share(), leastExpected))
	if chance > spillChance {
		return nil
	}
	return &Finding{Kind: Twice, Asked: true, Chance: chance,
		Sentence: "The ground in this part is uneven beyond the blocks that its letters lie in, and in the rest it is not: this part had been compressed before the picture was. A picture that the page itself shows looks the same."}
}

// blockCounts are blocks beside one with drawing in it.
type blockCounts struct{ uneven, plain int }

func (c blockCounts) all() int { return c.uneven + c.plain }

func (c blockCounts) share() float64 { return float64(c.uneven) / float64(max(1, c.all())) }
