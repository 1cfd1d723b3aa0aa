package reuse

import (
	"fmt"
	"image"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// Finding is what two pictures are to one another.
type Finding struct {
	Relation verify.Relation
	Page     bool   // what lies within the frames agrees
	Address  bool   // both show the address bar, and it is the same to the letter
	Clock    bool   // the same of the clock
	Why      string // one clause
}

// Compare says what two pictures are to one another. It takes about a second.
func Compare(a, b *picture.Picture) Finding { return compare(subjectOf(a), subjectOf(b)) }

func compare(a, b *subject) Finding {
	if a.sha256 == b.sha256 {
		return identical(a)
	}
	reg := align.Register(a.described(), b.described())
	if !reg.Located {
		return unlocated(a, b, reg)
	}
	if reg.Turned() {
		return Finding{Relation: verify.CannotTell, Why: "one is a photograph of a screen"}
	}
	coarse, fine, at := a, b, place{reg.Scale, reg.OffsetX, reg.OffsetY}
	if reg.Scale > 1 {
		coarse, fine, at = b, a, at.inverse()
	}
	if f, ok := contents(coarse, fine, at); !ok {
		return f
	}
	f := frames(coarse, fine, at)
	f.Page = true
	return f
}

// identical is what a file is to itself: its frame, where it has one, says of what moment
// it is.
func identical(a *subject) Finding {
	f := Finding{Relation: verify.IdenticalFile, Page: true, Why: "byte for byte the same, without a frame that would say of which moment"}
	f.Address, f.Clock = legible(a.luma, a.frame.Address), legible(a.luma, a.frame.Clock)
	if f.Address || f.Clock {
		f.Why = "byte for byte the same, with its frame"
	}
	return f
}

func unlocated(a, b *subject, reg align.Registration) Finding {
	if min(a.described().Len(), b.described().Len()) < fewestPoints {
		return Finding{Relation: verify.CannotTell, Why: "there is too little in them to tell"}
	}
	return Finding{Relation: verify.Different, Why: reg.Why}
}

// fewestPoints is how many recognisable points a picture needs before not to be found
// in another says something.
const fewestPoints = 100

// place says where one picture lies in another: x = scale*u + dx.
type place struct{ scale, dx, dy float64 }

func (p place) inverse() place { return place{1 / p.scale, -p.dx / p.scale, -p.dy / p.scale} }

// rect is where a rectangle of the fine picture lies in the coarse one.
func (p place) rect(r image.Rectangle) image.Rectangle {
	return image.Rect(round(p.scale*float64(r.Min.X)+p.dx), round(p.scale*float64(r.Min.Y)+p.dy),
		round(p.scale*float64(r.Max.X)+p.dx), round(p.scale*float64(r.Max.Y)+p.dy))
}

// contents compares what lies within the frames. It is true where nothing differs that
// could be told from a recompression.
func contents(coarse, fine *subject, at place) (Finding, bool) {
	r := coarse.frame.Content.Intersect(at.rect(fine.frame.Content))
	if r.Empty() {
		return Finding{Relation: verify.CannotTell, Why: "they overlap in their frames only"}, false
	}
	page := drawn(fine.img, at, r)
	c := align.Compare(coarse.img.SubImage(r), page, align.At(1, 0, 0), align.CompareOptions{})
	switch c.State {
	case align.Same:
		return Finding{}, true
	case align.Uninformative:
		return Finding{Relation: verify.CannotTell, Why: c.Why}, false
	}
	return Finding{Relation: verify.Different, Why: fmt.Sprintf("what the pages show differs: %s", c.Why)}, false
}
