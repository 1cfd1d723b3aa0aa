package trace

import (
	"context"
	"fmt"
	"image"
	"math"
	"slices"
)

// Halo finds where plain ground next to drawing is faintly uneven, and on which
// grid of blocks. The grid is told by where the unevenness begins, after the
// block artefact grids of Li, Yuan and Yu, Passive detection of doctored JPEG
// image via block artifact grid extraction (Signal Processing 89, 2009); how
// surprising it is, by the number of false alarms of Desolneux, Moisan and Morel.
type Halo struct{}

// Name implements Method.
func (Halo) Name() string { return "halo" }

// Find implements Method.
func (Halo) Find(ctx context.Context, s *Subject) ([]Finding, error) {
	e, err := findEdges(ctx, s.plane)
	if err != nil {
		return nil, err
	}
	page := s.within(e.size)
	g, is := gridOf(e.phases(page, image.Rectangle{}), wholeChance)
	var found []Finding
	if is {
		found = append(found, Finding{Kind: Compressed, Chance: g.chance, Sentence: historySentence(g)})
	}
	for _, p := range s.Pictures {
		e.mask(p)
	}
	h := held{e, page, e.tally(page), e.phases(page, image.Rectangle{})}
	return append(found, h.local(s.Asked)...), nil
}

// grid is where blocks begin, modulo eight, and how surprising it is.
type grid struct {
	x, y   int
	cx, cy float64 // log10 of what is expected by chance, each axis
	chance float64
}

// The bounds are log10 of expected false alarms by the model, which takes halos
// for independent. On pages they are not: lines of text and rules repeat. So
// they were set on untouched pictures; see the package comment.
const (
	wholeChance  = -12  // each axis, for the whole picture; -9.8 was the most seen on both axes of one that was never compressed, -14.7 the least of one that was
	searchChance = -12  // both axes together, for a part that was searched out; -11 was seen at a soft shadow
	partChance   = -5   // the same, for a part that was asked for
	axisChance   = -1.5 // for the axis on which a part differs from the rest
)

func gridOf(t phases, bound float64) (grid, bool) {
	var g grid
	g.x, g.cx = phase(t.x)
	g.y, g.cy = phase(t.y)
	g.chance = math.Max(g.cx, g.cy)
	return g, g.cx < bound && g.cy < bound
}

func historySentence(g grid) string {
	if g.x == 0 && g.y == 0 {
		return "The picture carries the blocks of a lossy compression such as JPEG, beginning at its corner."
	}
	return fmt.Sprintf("The picture was compressed, as a JPEG is, before it was cut to its size: the blocks begin %d px from its left and %d px from its upper edge.", g.x, g.y)
}

// held is a page of which parts are held against the rest.
type held struct {
	e    *edges
	page image.Rectangle
	all  tally
	rest phases // of all of it, or of what is not asked about
}

// local judges the parts asked for, and searches for others that differ.
func (h held) local(asked []image.Rectangle) []Finding {
	var found []Finding
	for _, r := range asked {
		r = r.Intersect(h.page)
		h.rest = h.e.phases(h.page, r)
		if f := h.differs(r, 0); f != nil {
			f.Asked = true
			found = append(found, *f)
		}
	}
	h.rest = h.e.phases(h.page, image.Rectangle{})
	for _, f := range h.search() {
		if !slices.ContainsFunc(found, func(g Finding) bool { return g.At.Overlaps(f.At) }) {
			found = append(found, f)
		}
	}
	return found
}

// half is the part, or the rest.
type half struct {
	tally
	phases
	lines int // columns and rows of pixels in which drawing begins at once
}

// least is the smallest side of a part that is judged, in pixels.
const least = 24

// differs holds a part against the rest of the page. trials is log10 of how many
// parts were tried to come to this one.
func (h held) differs(r image.Rectangle, trials float64) *Finding {
	if r.Dx() < least || r.Dy() < least {
		return nil
	}
	in := half{h.e.tally(r), h.e.phases(r, image.Rectangle{}), h.e.sharpLines(r)}
	out := half{h.all.less(in.tally), h.rest, 0}
	bound := float64(partChance)
	if trials > 0 {
		bound = searchChance
	}
	for _, test := range []func(in, out half) (Kind, float64, string){otherGrid, uneven, untouched} {
		kind, chance, sentence := test(in, out)
		if chance+trials < bound {
			return &Finding{Kind: kind, At: r, Chance: chance + trials, Sentence: sentence}
		}
	}
	return nil
}

// otherGrid: the rest lies on one grid, the part on another.
func otherGrid(in, out half) (Kind, float64, string) {
	rest, is := gridOf(out.phases, wholeChance)
	if !is {
		return OtherGrid, 0, ""
	}
	chance := 0.0
	for _, a := range []struct {
		in, out [side]int
		rest    int
	}{{in.x, out.x, rest.x}, {in.y, out.y, rest.y}} {
		if c := elsewhere(a.in, a.out, a.rest); c < axisChance {
			chance += c
		}
	}
	return OtherGrid, chance, "This part carries the traces of another grid of JPEG blocks than the rest of the picture: it was compressed at another place, or in another picture."
}

// elsewhere is how surprising it is that the halos of a part begin where those
// of the rest do not. The rest says how often that happens by chance.
func elsewhere(in, out [side]int, rest int) float64 {
	at, _ := phase(in)
	if at == rest {
		return 0
	}
	n, all := 0, 0
	for i := range in {
		n, all = n+in[i], all+out[i]
	}
	if in[rest]*2 > in[at] {
		return 0
	}
	p := math.Max(1.0/side, float64(out[at])/float64(all))
	return 0.9 + tail(float64(n), float64(in[at]), p)
}

const (
	mostPlain  = 0.3 // share of halos in what was never compressed, photographs on it counted
	leastHalo  = 0.5 // share in what was
	leastEnds  = 24  // ends of plain ground without which nothing is said
	fewHalos   = 0.1 // share in an untouched part
	dependence = 2   // lines that are one witness: the two sides of a stroke
)

// uneven: the rest was never compressed, the part lies on a grid.
func uneven(in, out half) (Kind, float64, string) {
	if _, is := gridOf(out.phases, -4); is || out.share() > mostPlain || out.ends() < leastEnds {
		return Uneven, 0, ""
	}
	if in.share() < leastHalo || in.halo < leastEnds {
		return Uneven, 0, ""
	}
	g, _ := gridOf(in.phases, 0)
	return Uneven, math.Min(g.cx, 0) + math.Min(g.cy, 0),
		"This part carries the traces of JPEG compression, and the rest of the picture was never compressed: it comes from another file. A picture that the page itself shows looks the same."
}

// untouched: the rest was compressed, the part has drawing on ground as plain as
// before.
func untouched(in, out half) (Kind, float64, string) {
	if _, is := gridOf(out.phases, wholeChance); !is || out.share() < leastHalo || in.sharp < leastEnds || in.share() > fewHalos {
		return Untouched, 0, ""
	}
	n := float64(in.lines)
	return Untouched, tail(n/dependence/(1-in.share()), n/dependence, 1-out.share()),
		"This part lacks the traces of JPEG compression that the rest of the picture has: it was put in after the picture was compressed."
}
