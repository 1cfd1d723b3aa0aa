package verify

import (
	"context"
	"math"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

// window is how a capture is asked for.
type window struct {
	view   capture.Viewport
	scroll int  // CSS px
	full   bool // the whole page as well as the viewport
}

const (
	// phoneShape is the height to width from which a picture is taken to show a
	// phone's screen; a desktop window is wider than high.
	phoneShape = 1.5
	// phoneWidth and phoneHeight are the commonest phone window, in CSS pixels.
	phoneWidth, phoneHeight = 390, 844
	// tallPicture is the height, in widths, from which a picture is a shot of a
	// whole page and not of a screen.
	tallPicture = 2.4
	// consistent is how closely the picture's width over its scale must give the
	// width that the page was rendered at.
	consistent = 0.01
	// largestScale bounds the device pixel ratio of our own captures: beyond it
	// they cost memory and show nothing more.
	largestScale = 3
)

// firstWindow is the common window that a picture of this size most likely
// shows.
func firstWindow(width, height int) window {
	shape := float64(height) / float64(width)
	if shape >= phoneShape && shape < tallPicture {
		return window{view: capture.Viewport{Width: phoneWidth, Height: phoneHeight, Scale: 1, Mobile: true}, full: true}
	}
	return window{view: capture.DefaultViewport(), full: true}
}

func request(url string, w window) capture.Request {
	return capture.Request{URL: url, Viewport: w.view, ScrollY: w.scroll, FullPage: w.full}
}

// findWindow tries the widths that the best sighting proposes and returns the
// first window whose rendering agrees with itself: the picture's width over the
// scale found in it is its own width. ok is false when the first window already
// was right, or nothing better was found.
func (o *observer) findWindow(ctx context.Context) (window, bool, error) {
	best := o.bestLocated()
	if best != nil && o.agrees(best) {
		return o.fitted(best), true, nil
	}
	if best == nil {
		best = o.likeliest()
	}
	if best == nil {
		return window{}, false, nil
	}
	var found *Sighting
	for _, width := range align.Widths(best.registration, o.c.Picture.Width, o.windows.view.Width) {
		o.addTotal(1)
		win := o.windows
		win.view.Width = width
		win.view.Height = max(1, o.c.Picture.Height*width/o.c.Picture.Width)
		s, err := o.look(ctx, subject{best.Memento}, win)
		if err != nil {
			return window{}, false, err
		}
		if found == nil || closer(s, found) {
			found = s
		}
		if s.registration.Located && o.agrees(s) {
			break
		}
	}
	if found == nil || !closer(found, best) {
		return window{}, false, nil
	}
	return o.fitted(found), true, nil
}

// bestLocated is the sighting that the picture was found in most surely.
func (o *observer) bestLocated() *Sighting {
	var best *Sighting
	for _, s := range o.c.Sightings {
		if s.registration.Located && (best == nil || s.registration.Inliers > best.registration.Inliers) {
			best = s
		}
	}
	return best
}

// likeliest is the sighting to try windows on when the picture was found
// nowhere: the valid one nearest to the claimed time.
func (o *observer) likeliest() *Sighting {
	valid := filter(o.c.Sightings, func(s *Sighting) bool { return s.Capture.Validity == capture.OK })
	if len(valid) == 0 {
		return nil
	}
	return nearest(valid, o.c.time())
}

// agrees says whether the scale found in a rendering leads back to the width
// that it was rendered at.
func (o *observer) agrees(s *Sighting) bool {
	css := float64(o.c.Picture.Width) / s.registration.Scale * s.scale()
	return math.Abs(css/float64(s.Capture.Viewport.Width)-1) <= consistent
}

// fitted is the window of the sighting, as high as the picture, at the device
// pixel ratio nearest to the picture's.
func (o *observer) fitted(s *Sighting) window {
	w := window{view: s.Capture.Viewport, full: true}
	if !s.registration.Located {
		return w
	}
	perCSS := s.registration.Scale * s.scale()
	w.view.Height = max(1, int(math.Round(float64(o.c.Picture.Height)/perCSS)))
	w.view.Scale = nearestRatio(perCSS)
	w.full = w.view.Scale == 1
	return w
}

// nearestRatio is the device pixel ratio in use that lies nearest to scale, 1
// for pictures that were reduced.
func nearestRatio(scale float64) float64 {
	best := 1.0
	for _, r := range []float64{1, 1.25, 1.5, 1.75, 2, 2.5, largestScale} {
		if math.Abs(r-scale) < math.Abs(best-scale) {
			best = r
		}
	}
	return best
}

// scrolledFor is the window scrolled to where the picture lies in a sighting.
func (w window) scrolledFor(s *Sighting) window {
	if s.registration.Located && s.Capture.FullPage != nil {
		w.scroll = max(0, int(math.Round(-s.registration.OffsetY/s.registration.Scale/s.scale())))
	}
	return w
}
