package align

import (
	"fmt"
	"image"
	"math"
)

// TileSize is the side of the squares that evidence is counted and pictures are
// compared in, in pixels of a picture at page size: about two lines of body
// text, so that a tile holds letters enough to be told from other letters.
const TileSize = 32

// When a picture counts as located. On pairs of different pages chance gives up
// to minInliers/2 inliers; see the package documentation for what was measured.
// A sparse page (one line on black) cannot give many, and is located when
// nearly all that could be matched agrees.
const (
	minInliers      = 40
	minSpread       = 14
	sparseInliers   = 14
	sparseSpread    = 5
	sparseShare     = 0.5 // of the clear matches
	minConfidence   = 0.2
	maxAlternatives = 3
	minAlternative  = 8 // inliers
	distinctScale   = 0.015
	inliersForHalf  = 35.0 // inliers at which support alone gives a confidence of 1/2
	spreadForHalf   = 8.0
	minRivals       = 4    // points that must agree on another offset for it to count as a rival
	rivalShare      = 0.02 // and the share of the support
	maxAmbiguity    = 0.5  // share of the support that another place has as well
	minDescribable  = 20   // points; with fewer on a side there is nothing to locate by
)

// Registration says where a picture lies in a page. The zero value is "not
// located".
type Registration struct {
	Located          bool
	Scale            float64 // picture pixels per page pixel
	OffsetX, OffsetY float64 // picture position of the page's top left corner, in picture px: x = Scale*u + OffsetX
	Groups           []Group // offsets at this scale, the strongest (OffsetX, OffsetY) first
	Inliers          int     // matches that agree with the first group
	Spread           int     // distinct tiles of the picture that they lie in
	Matches          int     // matches in all
	// Confidence is 0 to 1: how much supports this placement (inliers, and tiles
	// they lie in) times how little supports another one (repeating backgrounds,
	// a second scale). It orders registrations; it is not a probability. Located
	// needs 0.2; the package documentation has what was measured at which value.
	Confidence float64
	// Homography is set for a photograph of a screen that was located: it maps the
	// page to the picture. Scale and offset then hold in the middle of what was found only,
	// there is one group, and no hypotheses.
	Homography *Homography
	Photograph bool   // the picture looks like a photograph, found or not: see Photographed
	Why        string // one clause
	Sparse     bool   // located by the rule for pages with little on them
	// Hypotheses are the scales that some of the matches agree on, the strongest
	// first; the first is this registration's own. Pictures that fill the window
	// grow with it and give a second scale beside the text's.
	Hypotheses []Hypothesis
	blind      bool    // too few points on a side
	doubtful   bool    // something was found, but not surely enough
	points     [2]int  // of picture and page
	lean       float64 // of the matches that agree; see leanOf
	textured   [2]int  // tiles that hold something, of both; where it was looked for and not found
}

// Hypothesis is a scale and offset that Inliers matches agree on.
type Hypothesis struct {
	Scale, OffsetX, OffsetY float64
	Inliers                 int
}

// At is the registration of a picture whose place is known, for example two
// captures of one page at one width.
func At(scale, offsetX, offsetY float64) Registration {
	return Registration{Located: true, Scale: scale, OffsetX: offsetX, OffsetY: offsetY, Confidence: 1,
		Groups: []Group{{OffsetX: offsetX, OffsetY: offsetY}}, Why: "placed by the caller"}
}

// Register finds scale and offset of pic within page, which may be larger or
// smaller; of a photograph, perspective as well. It is safe for concurrent use.
func Register(pic, page *Features) Registration {
	r := upright(pic, page)
	if !r.blind && !r.Located && !r.doubtful && pic.again() {
		r.doubtful, r.Why = true, "what is on the picture repeats itself, and fits in many places or none"
	}
	switch {
	case r.blind:
		return r
	case pic.camera:
		return photograph(pic, page, r)
	case !r.Located && !r.doubtful && page.again():
		r.doubtful, r.Why = true, "what is on the page repeats itself, and a picture of it fits in many places or none"
	case !r.Located && !r.doubtful && !page.found():
		r.doubtful, r.Why = true, "the page has too little of its own to be found in a picture of it"
	case !r.Located && !r.doubtful:
		r.textured = [2]int{pic.holds(), page.holds()}
	}
	return r
}

func upright(pic, page *Features) Registration {
	if pic.Len() < minDescribable || page.Len() < minDescribable {
		return Registration{Why: "too little on the picture or the page to find one in the other", blind: true}
	}
	points := [2]int{pic.Len(), page.Len()}
	all := matches(pic, page)
	clear := make([]match, 0, len(all))
	for _, m := range all {
		if m.clear {
			clear = append(clear, m)
		}
	}
	p, in := search(clear)
	if len(in) < 3 {
		return Registration{Matches: len(clear), Why: "no part of the picture was found on the page", points: points}
	}
	groups := grouped(clear, p, in)
	r := Registration{Scale: p.scale, OffsetX: p.dx, OffsetY: p.dy, Groups: groups, Matches: len(clear),
		Inliers: len(in), Spread: groups[0].Spread, points: points, lean: leanOf(p, clear, in)}
	r.Hypotheses = alternatives(clear, p, in)
	r.settle(ambiguity(all, p))
	return r
}

// alternatives lists the scales in the matches that the first placement leaves.
func alternatives(ms []match, p placement, in []int) []Hypothesis {
	out := []Hypothesis{{p.scale, p.dx, p.dy, len(in)}}
	rest := without(ms, in)
	for range maxAlternatives {
		q, in := search(rest)
		if len(in) < minAlternative {
			break
		}
		rest = without(rest, in)
		if math.Abs(q.scale/p.scale-1) > distinctScale {
			out = append(out, Hypothesis{q.scale, q.dx, q.dy, len(in)})
		}
	}
	return out
}

// ambiguity is the share, 0 to 1, of the points agreeing with p that would
// agree with one of a few other offsets as well: near 1 for a background that
// repeats. Letters repeat too, but at no offset in particular.
func ambiguity(all []match, p placement) float64 {
	tally := map[image.Point]int{}
	support := 0
	for i := range all {
		m := all[i]
		other := m
		other.u, other.v = m.ru, m.rv
		switch {
		case p.agrees(&m):
		case m.rival && p.agrees(&other):
			other = m
		default:
			continue
		}
		support++
		if m.rival {
			x, y := other.x-p.scale*other.u-p.dx, other.y-p.scale*other.v-p.dy
			tally[image.Pt(int(math.Round(x/bin)), int(math.Round(y/bin)))]++
		}
	}
	shared := 0
	for _, n := range tally {
		if n >= minRivals && float64(n) >= rivalShare*float64(support) {
			shared += n
		}
	}
	return share(shared, support)
}

// settle decides whether the picture is located, and how surely.
func (r *Registration) settle(ambiguous float64) {
	agreeing := 0
	for _, g := range r.Groups {
		agreeing += g.Inliers
	}
	share := float64(agreeing) / float64(max(r.Matches, 1))
	support := 1 - math.Exp2(-float64(r.Inliers)/inliersForHalf)
	spread := 1 - math.Exp2(-float64(r.Spread)/spreadForHalf)
	r.Confidence = support * spread * (1 - ambiguous)
	r.Sparse = r.Inliers < minInliers || r.Spread < minSpread
	rich := !r.Sparse
	sparse := r.Inliers >= sparseInliers && r.Spread >= sparseSpread && share >= sparseShare
	if sparse && !rich {
		r.Confidence = math.Max(r.Confidence, 0.5*share*(1-ambiguous))
	}
	r.Located = (rich || sparse) && r.Confidence >= minConfidence
	r.doubtful = !r.Located && (ambiguous > maxAmbiguity || r.Inliers >= minInliers/2 && r.Spread >= minSpread/2)
	r.Why = r.reason(ambiguous)
}

func (r *Registration) reason(ambiguous float64) string {
	found := fmt.Sprintf("%d of %d matching points in %d tiles agree on one place", r.Inliers, r.Matches, r.Spread)
	switch {
	case r.Located && r.Sparse:
		return found + "; there is little on the page"
	case r.Located:
		return found
	case ambiguous > maxAmbiguity:
		return found + ", but another place fits as well"
	}
	return found + ": too few to tell it from chance"
}
