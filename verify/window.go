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
	// tallestWindow is the height, in CSS pixels, of the tallest windows in use.
	tallestWindow = 2160
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
// window whose rendering explains most of the picture; ok is false when nothing
// was found to fit again for.
//
// That a rendering's scale leads back to its own width proves nothing: a header
// picture that fills the window does so at every width. So the proposals are
// tried even then, and the comparison decides.
func (o *observer) findWindow(ctx context.Context) (window, bool, error) {
	best := o.bestLocated()
	if best == nil {
		best = o.likeliest()
	}
	if best == nil {
		return window{}, false, nil
	}
	for _, width := range align.Widths(best.registration, o.eye.size.X, o.windows.view.Width) {
		if best.State == Same && best.Match.TilesDiff == 0 {
			break
		}
		o.addTotal(1)
		s, err := o.look(ctx, subject{best.Memento}, o.windowOf(width, best))
		if err != nil {
			return window{}, false, err
		}
		if closer(s, best) {
			best = s
		}
	}
	if !best.registration.Located && best.State != Same {
		return window{}, false, nil
	}
	return o.fitted(best), true, nil
}

// windowOf is the first window at another width, as high as the picture would
// be in it if it showed the page alone.
func (o *observer) windowOf(width int, s *Sighting) window {
	w := o.windows
	w.view.Width = width
	w.view.Height = windowHeight(float64(o.eye.size.Y*width) / float64(o.eye.size.X))
	return w.scrolledFor(s)
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

// fitted is the window of the sighting, as high as the picture, at the device
// pixel ratio nearest to the picture's.
func (o *observer) fitted(s *Sighting) window {
	w := window{view: s.Capture.Viewport, full: true}
	if !s.registration.Located {
		return w
	}
	perCSS := s.registration.Scale * s.scale()
	w.view.Height = windowHeight(float64(o.eye.size.Y) / perCSS)
	w.view.Scale = nearestRatio(perCSS)
	w.full = w.view.Scale == 1
	return w
}

// windowHeight keeps the height of a window, in CSS pixels, within what windows
// have: a higher picture is one of a whole page, which the full-page shot shows.
func windowHeight(height float64) int {
	return min(max(int(math.Round(height)), 1), tallestWindow)
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
