package reuse

import (
	"image"

	"github.com/defacecheck/defacecheck/verify"
)

// frames compares what surrounds the page in either picture, where both show that place.
// The contents are known to agree.
func frames(coarse, fine *subject, at place) Finding {
	whole := coarse.img.Rect.Intersect(at.rect(fine.img.Rect).Inset(1))
	strips := stripsOf(coarse, fine, at)
	if len(strips) == 0 {
		return Finding{Relation: verify.CannotTell, Why: "the page is the same, and neither shows a frame"}
	}
	all, read := agrees, false
	for _, s := range strips {
		if s = s.Intersect(whole); s.Dx() < leastSide || s.Dy() < leastSide {
			continue // cut away in one of them
		}
		was, ink := sameIn(coarse, fine, at, s)
		read = read || ink
		if was == differs {
			return Finding{Relation: verify.SamePage, Why: "the page is the same, but not what surrounds it: another screenshot, or one that was edited"}
		}
		all = max(all, was)
	}
	if !read {
		return Finding{Relation: verify.CannotTell, Why: "the page is the same, and one of them lacks the frame"}
	}
	if all == unsure {
		return Finding{Relation: verify.CannotTell, Why: "the page is the same, and what surrounds it cannot be compared to the letter"}
	}
	return agreeing(coarse, fine, at, whole)
}

// agreeing is what pictures are to one another that agree in the page and to the letter in all of the
// frame that both show. Without a clock they may be of two moments.
func agreeing(coarse, fine *subject, at place, whole image.Rectangle) Finding {
	f := Finding{Relation: verify.SameScreenshot, Why: "the page and what surrounds it, with a clock, agree to the letter"}
	f.Address = shown(coarse, whole, coarse.frame.Address, at.rect(fine.frame.Address))
	f.Clock = shown(coarse, whole, coarse.frame.Clock, at.rect(fine.frame.Clock))
	switch {
	case f.Clock:
	case f.Address:
		f.Relation, f.Why = verify.CannotTell, "the page and what surrounds it, with the address, agree to the letter, and there is no clock"
	default:
		f.Relation, f.Why = verify.CannotTell, "the page is the same, and the frame shows neither address nor clock that can be read"
	}
	return f
}

// stripsOf are the strips of both frames, in the coarse picture.
func stripsOf(coarse, fine *subject, at place) (all []image.Rectangle) {
	for _, s := range coarse.frame.Strips {
		all = append(all, s.Rect)
	}
	for _, s := range fine.frame.Strips {
		all = append(all, at.rect(s.Rect))
	}
	return all
}

// lineHigh is the height, in pixels, of what is compared at once: a strip may hold several lines, and lie
// beside a page for all its height.
const lineHigh = 48

func sameIn(coarse, fine *subject, at place, r image.Rectangle) (all agreement, ink bool) {
	all = agrees
	for y := r.Min.Y; y < r.Max.Y; y += lineHigh {
		was, written := sameLetters(coarse, fine, at, image.Rect(r.Min.X, y, r.Max.X, min(y+lineHigh, r.Max.Y)))
		all, ink = max(all, was), ink || written
		if all == differs {
			break
		}
	}
	return all, ink
}

// shown says whether a part of the frame that either picture was found to have lies in both, and
// can be read: all its height, its left end, where a host begins, and half of its width.
func shown(coarse *subject, whole, a, b image.Rectangle) bool {
	for _, r := range []image.Rectangle{a, b} {
		seen := r.Intersect(whole)
		if !r.Empty() && seen.Min == r.Min && seen.Max.Y == r.Max.Y && 2*seen.Dx() >= r.Dx() && legible(coarse.luma, seen) {
			return true
		}
	}
	return false
}
