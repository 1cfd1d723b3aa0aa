package verify

import (
	"context"
	"fmt"
	"image"
	"math"
	"strings"

	"github.com/defacecheck/defacecheck/verify/align"
)

const (
	// fullSlack is by how much, as a share, a rendering's width may miss the one that
	// the whole picture would show.
	fullSlack = 0.013
	// explainedBeside is the share of what lies beside a window that may be as on the
	// page rendered for the whole picture: more, and it may be the page's own margin.
	explainedBeside = 0.4
	// movedAside is how many CSS pixels to one side a part of a page must lie to be laid
	// out otherwise.
	movedAside = 8
	// differsMore is how many times as many tiles of a window must differ in the layout
	// that is not its own.
	differsMore = 8
)

// uncover takes off the picture what surrounds the page's window in it, once the
// best rendering says where that is: a panel, or the border of a messenger or a
// viewer. It returns the sighting to go on with.
//
// What is taken off is not compared with anything, so a block put over the page must
// not be taken off with it: what is of one colour hides nothing, and of the rest see
// surrounds. Where it may have happened, the page is compared as if it filled the picture, if that explains
// about as much.
func (o *observer) uncover(ctx context.Context, best *Sighting) (*Sighting, error) {
	if !best.account.located || best.registration.Turned() || best.Capture.Viewport.Mobile {
		return best, nil
	}
	shot, err := best.shotOf(best.Capture, o.eye.shots)
	if err != nil {
		return nil, err
	}
	out, ok := align.OutlineOf(o.eye.luma, best.registration, shot.image.Bounds().Size(), sight(best.Capture.Viewport), best.aligned)
	if !ok {
		return best, nil
	}
	if out.Plain {
		return best, o.takeOff(out, best)
	}
	full, err := o.filling(ctx, best)
	if err != nil {
		return nil, err
	}
	if !surrounds(out, best, full, o.eye.frame.Content.Min) {
		if full.account.located && !full.account.spoils(best.account) {
			return full, nil
		}
		return best, nil
	}
	return best, o.takeOff(out, best)
}

// filling is the rendering at the width that the page would have if it filled the
// picture at the scale of s.
func (o *observer) filling(ctx context.Context, s *Sighting) (*Sighting, error) {
	width := float64(o.eye.size.X) / perCSS(s.registration, o.eye.size.X, s.Capture.Viewport)
	for _, t := range o.tried {
		if math.Abs(float64(t.Capture.Viewport.Width)/width-1) <= fullSlack {
			return t, nil
		}
	}
	return o.oneMore(ctx, s, o.windowOf(int(math.Round(width)), s))
}

// surrounds says whether what lies outside of an outline is no part of the page: it
// looks like a program's bars and panels; and on the left alone, the page begins
// right of it; or else the page as it would be if it filled the picture shows
// other things there, and either is laid out otherwise or something lies above or
// below as well, and goes on beyond the page's sides.
func surrounds(out align.Outline, best, full *Sighting, corner image.Point) bool {
	if !out.Quiet {
		return false
	}
	if out.Left() && !out.Right() {
		return true
	}
	if full.account.located && beside(out, full, corner) > explainedBeside {
		return false
	}
	return out.Left() && (out.Above() || out.Below()) || laidOutFor(out, best, full, corner)
}

// laidOutFor says whether the page in the outline's window is laid out for that
// window and not for the whole picture: of the page that would fill the picture much
// less is found, or more differs in the window, or a part of it lies to one side of
// where it would be.
func laidOutFor(out align.Outline, best, full *Sighting, corner image.Point) bool {
	if !full.account.located || float64(best.account.agrees) > muchMore*float64(full.account.agrees) {
		return true
	}
	scale := full.registration.Scale
	if sideways(full.registration) > movedAside*scale && sideways(best.registration) <= movedAside*scale {
		return true
	}
	w := out.Window.Add(corner)
	return differingIn(w, full) >= differsMore*(1+differingIn(w, best))
}

// sideways is how far to one side of where the picture would fill the page some part
// of it lies, in pixels.
func sideways(r align.Registration) float64 {
	most := 0.0
	for _, g := range r.Groups {
		most = math.Max(most, math.Abs(g.OffsetX-r.OffsetX))
	}
	return most
}

// differingIn counts the tiles in a rectangle of the picture that differ.
func differingIn(w image.Rectangle, s *Sighting) int {
	n := 0
	for _, t := range s.Tiles {
		if t.State == TileMismatch && image.Pt(t.X+t.W/2, t.Y+t.H/2).In(w) {
			n++
		}
	}
	return n
}

// beside is the share of what lies left and right of the outline's window that
// agrees with a sighting. corner is where the outline's picture begins in the claim's.
func beside(out align.Outline, s *Sighting, corner image.Point) float64 {
	w := out.Window.Add(corner)
	area, agrees := (out.Size.X-w.Dx())*w.Dy(), 0
	for _, t := range s.Tiles {
		r := t.image()
		r.Min.Y, r.Max.Y = max(r.Min.Y, w.Min.Y), min(r.Max.Y, w.Max.Y)
		within := r.Intersect(w)
		if r.Empty() || t.State != TileMatch && t.State != TileFlat {
			continue
		}
		agrees += r.Dx()*r.Dy() - within.Dx()*within.Dy()
	}
	return float64(agrees) / float64(max(area, 1))
}

// takeOff cuts what surrounds the page's window off the picture, and lays what was
// seen over the rest.
func (o *observer) takeOff(out align.Outline, best *Sighting) error {
	from := o.eye.frame.Content.Min
	around := o.eye.frame.Within(out.Window.Add(from), o.c.Picture.Image)
	o.c.Frame, o.c.Beyond = around, sidesOf(out)
	o.eye = newEye(o.c.Picture, around, o.opts.Shots)
	by := around.Content.Min.Sub(from)
	done := map[*Sighting]bool{}
	for _, s := range append([]*Sighting{best}, o.c.Sightings...) {
		if done[s] || !s.registration.Located {
			continue
		}
		done[s] = true
		s.registration = s.registration.Moved(-float64(by.X), -float64(by.Y))
		if err := o.eye.again(s, nil); err != nil {
			return err
		}
	}
	return nil
}

// sidesOf names the sides on which something was taken off.
func sidesOf(out align.Outline) string {
	var names []string
	for _, s := range []struct {
		there bool
		name  string
	}{{out.Left(), "left of"}, {out.Right(), "right of"}, {out.Above(), "above"}, {out.Below(), "below"}} {
		if s.there {
			names = append(names, s.name)
		}
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// beyondCaveat says that something around the page was taken off, and why, and that
// nobody compared it.
func (c *Case) beyondCaveat() string {
	if c.Beyond == "" {
		return ""
	}
	return fmt.Sprintf(" What the picture shows %s the page was left out of the comparison: the page ends there along straight sides, and what lies beyond is plain with small signs, as a program's bars, panels and borders are.", c.Beyond)
}
