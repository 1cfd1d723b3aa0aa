package trace

import (
	"image"
	"math"
	"slices"
)

// held is a page of which parts are held against the rest.
type held struct {
	e    *edges
	page image.Rectangle
	all  tally
	rest rest
	// asking says that the part is one that was asked for: then a grid is not
	// needed.
	asking bool
}

// rest is what a part is held against: the page without what is asked about, or
// all of it while searching.
type rest struct {
	phases
	grid       grid
	compressed bool // it lies on a grid
	plain      bool // it does not, not even a little
}

func (h *held) against(except image.Rectangle) {
	p := h.e.phases(h.page, except)
	g, is := gridOf(p, wholeChance)
	_, hint := gridOf(p, hintChance)
	h.rest = rest{p, g, is, !hint}
}

// local judges the parts asked for, and searches for others that differ.
func (h *held) local(asked []image.Rectangle) []Finding {
	var found []Finding
	for _, r := range asked {
		r = r.Intersect(h.page)
		h.against(r)
		h.asking = true
		if f := h.differs(r, 0); f != nil {
			f.Asked = true
			found = append(found, *f)
		}
	}
	h.against(image.Rectangle{})
	h.asking = false
	for _, f := range h.search() {
		if !slices.ContainsFunc(found, func(g Finding) bool { return g.At.Overlaps(f.At) }) {
			found = append(found, f)
		}
	}
	return found
}

const (
	least      = 16  // px: the smallest side of a part that is judged
	mostPlain  = 0.3 // share of halos in what was never compressed, photographs on it counted
	leastHalo  = 0.5 // share in what was
	leastEnds  = 24  // ends of plain ground without which nothing is said
	fewHalos   = 0.3 // share in an untouched part: painted over, what is left at its sides has halos
	fewLines   = 16  // lines of sharp ends without which a part may be a table's rule or a column's border
	leastSharp = 8   // sharp ends without which an uneven part may be a photograph
	veryPlain  = 0.15
	usualHalos = 0.3 // share of halos that a part of a plain page may have
	witnesses  = 8   // halos that are one witness
	dependence = 2   // lines that are one witness: the two sides of a stroke
)

// bounds are those of chance for a part that was asked for, and for one that was
// searched out.
func bounds(k Kind, asked bool) float64 {
	switch {
	case k == OtherGrid && asked:
		return askedGrid
	case k == OtherGrid:
		return searchedGrid
	case k == Uneven:
		return unevenChance
	}
	return untouchedChance
}

// differs holds a part against the rest of the page. trials is log10 of how many
// parts were tried to come to this one; 0 says that it was asked for.
func (h *held) differs(r image.Rectangle, trials float64) *Finding {
	if r.Dx() < least || r.Dy() < least {
		return nil
	}
	in := h.e.tally(r)
	if in.ends() < leastEnds {
		return nil
	}
	out := h.all.less(in)
	for _, test := range []func(r image.Rectangle, in, out tally) (Kind, float64, string){h.otherGrid, h.uneven, h.untouched} {
		kind, chance, sentence := test(r, in, out)
		if chance+trials < bounds(kind, trials == 0) {
			return &Finding{Kind: kind, At: r, Chance: chance + trials, Sentence: sentence}
		}
	}
	return nil
}

// otherGrid: the rest lies on one grid, the part on another.
func (h *held) otherGrid(r image.Rectangle, in, out tally) (Kind, float64, string) {
	if !h.rest.compressed || in.halo < leastEnds/2 {
		return OtherGrid, 0, ""
	}
	p := h.e.phases(r, image.Rectangle{})
	chance := 0.0
	for _, c := range []float64{elsewhere(p.x, h.rest.x, h.rest.grid.x), elsewhere(p.y, h.rest.y, h.rest.grid.y)} {
		if c < axisChance {
			chance += c
		}
	}
	return OtherGrid, chance, "This part carries the traces of another grid of JPEG blocks than the rest of the picture: it was compressed at another place, or in another picture."
}

// elsewhere is how surprising it is that the halos of a part begin where those
// of the rest do not. The rest says how often that happens by chance.
func elsewhere(in, out [side]int, rest int) float64 {
	at, _ := phase(in)
	if in[rest]*2 > in[at] {
		return 0
	}
	n, all := 0, 0
	for i := range in {
		n, all = n+in[i], all+out[i]
	}
	p := math.Max(1.0/side, float64(out[at])/float64(max(all, 1)))
	return 0.9 + tail(float64(n), float64(in[at]), p)
}

// uneven: the rest was never compressed, the part lies on a grid.
func (h *held) uneven(r image.Rectangle, in, out tally) (Kind, float64, string) {
	if !h.rest.plain || out.share() > mostPlain || out.ends() < leastEnds || in.share() < leastHalo {
		return Uneven, 0, ""
	}
	g, _ := gridOf(h.e.phases(r, image.Rectangle{}), 0)
	chance := math.Min(g.cx, 0) + math.Min(g.cy, 0)
	if h.asking && in.sharp >= leastSharp && out.share() < veryPlain {
		n := float64(in.ends()) / witnesses
		chance = math.Min(chance, tail(n, float64(in.halo)/witnesses, math.Max(usualHalos, 3*out.share())))
	}
	return Uneven, chance,
		"This part carries the traces of JPEG compression, and the rest of the picture was never compressed: it comes from another file. A picture that the page itself shows looks the same."
}

// untouched: the rest was compressed, the part has drawing on ground as plain as
// before.
func (h *held) untouched(r image.Rectangle, in, out tally) (Kind, float64, string) {
	if !h.rest.compressed || out.share() < leastHalo || in.share() > fewHalos {
		return Untouched, 0, ""
	}
	n := float64(h.e.sharpLines(r))
	if n < fewLines {
		return Untouched, 0, ""
	}
	return Untouched, tail(n/dependence/(1-in.share()), n/dependence, 1-out.share()),
		"This part lacks the traces of JPEG compression that the rest of the picture has: it was put in after the picture was compressed. Letters over a picture that the page itself shows look the same."
}
