package verify

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"math"
	"slices"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// window is how a capture is asked for.
type window struct {
	view   capture.Viewport
	scroll int  // CSS px
	full   bool // the whole page as well as the viewport
	moved  int  // CSS px by which content lies lower than in the window before
}

const (
	// phoneShape is the height to width from which a picture is taken to show a
	// phone's screen; a desktop window is wider than high.
	phoneShape = 1.5
	// phoneWidth and phoneHeight are the commonest phone window, in CSS pixels.
	phoneWidth, phoneHeight = 390, 844
	// finePhone is the width, in pixels, from which a picture of a phone's screen
	// may show letters that one pixel per CSS pixel does not: phones shrink pages
	// that were not made for them.
	finePhone = 600
	// tallPicture is the height, in widths, from which a picture is a shot of a
	// whole page and not of a screen.
	tallPicture = 2.4
	// tallestWindow is the height, in CSS pixels, of the tallest windows in use.
	tallestWindow = 2160
	// fewWidths is how many widths are tried at most for a picture that was found in no
	// capture, because most such pictures show another page, or at the very width of the
	// first rendering.
	fewWidths = 3
	// exactScale is how near, as a share, a scale must be to a usual pixel ratio to
	// be taken for it.
	exactScale = 0.004
	// nearRatio is the same where the scale may be a little off.
	nearRatio = 0.015
	// aboveThePage is how many CSS pixels of a picture must lie above the page's top
	// to be a frame, which is no part of the window.
	aboveThePage = 8
	// exactWidth is how many CSS pixels the picture's width at a pixel ratio may miss the
	// window's.
	exactWidth = 1
	// otherLetters is by how much, as a share, letters may be wider at one pixel ratio
	// than at another.
	otherLetters = 0.03
	// largestScale bounds the device pixel ratio of our own captures: beyond it
	// they cost memory and show nothing more.
	largestScale = 3
)

// firstWindow is the window that a picture's content of this size most likely shows:
// one of those of which it has the exact width at some pixel ratio, where there is one,
// or else the commonest.
func firstWindow(size image.Point, phone bool) window {
	shape := float64(size.Y) / float64(size.X)
	phone = phone || shape >= phoneShape && shape < tallPicture
	w := window{view: capture.DefaultViewport(), full: true}
	if phone {
		w.view = capture.Viewport{Width: phoneWidth, Height: phoneHeight, Scale: 1, Mobile: true}
		if size.X >= finePhone {
			w.view.Scale = phoneSight
		}
	}
	if exact := align.ExactWidths(size.X, phone); len(exact) > 0 {
		w.view.Width = exact[0]
		if phone || size.Y < size.X { // what is higher is a shot of a whole page
			w.view.Height = windowHeight(float64(size.Y*exact[0]) / float64(size.X))
		}
	}
	return w
}

func request(url string, w window) capture.Request {
	return capture.Request{URL: url, Viewport: w.view, ScrollY: w.scroll, FullPage: w.full}
}

// findWindow tries the widths that the best sighting proposes and returns the
// window whose rendering explains most of the picture, and the sighting that this is of;
// nil when nothing was found to fit again for.
//
// That a rendering's scale leads back to its own width proves nothing: a header
// picture that fills the window does so at every width. So the proposals are
// tried until one leaves nothing to look for, and the comparison decides.
func (o *observer) findWindow(ctx context.Context) (window, *Sighting, error) {
	before, most := o.bestLocated(), align.MaxWidths
	if before == nil {
		before, most = o.likeliest(), o.worthTrying()
	}
	if before == nil {
		return window{}, nil, nil
	}
	start, err := o.onDesktop(ctx, before)
	if err != nil {
		return window{}, nil, err
	}
	switch {
	case start.account.usual:
		most = o.worthTrying()
	case start != before:
		most = align.MaxWidths
	}
	best, err := o.tryWidths(ctx, start, most)
	if err != nil || !best.account.located {
		return window{}, nil, err
	}
	if best, err = o.uncover(ctx, best); err != nil {
		return window{}, nil, err
	}
	if best, err = o.finer(ctx, best); err != nil {
		return window{}, nil, err
	}
	win := o.fitted(best).movedBy(before, best)
	*before = *best
	return win, before, nil
}

// worthTrying is how many widths are worth trying for a picture that was found in no
// capture, or at the very width that was rendered. Of one that came without its window's
// frame the width may be that of a piece; of any other it is the window's.
func (o *observer) worthTrying() int {
	phone := o.windows.view.Mobile
	exact := len(align.ExactWidths(o.eye.size.X, phone))
	if exact == 0 || o.eye.frame.Kind == frame.None {
		return fewWidths
	}
	return min(fewWidths, exact-1)
}

// onDesktop looks at a capture in a desktop's window, where the picture is as high
// as a phone's and was not found in one: it may be of a long page. What explains
// the picture better is where to start from.
func (o *observer) onDesktop(ctx context.Context, s *Sighting) (*Sighting, error) {
	if s.account.located || !o.windows.view.Mobile || o.eye.frame.Kind == frame.Phone {
		return s, nil
	}
	o.windows = window{view: capture.DefaultViewport(), full: true}
	desk, err := o.oneMore(ctx, s, o.windows)
	if err != nil || !desk.account.over(s.account) {
		return s, err
	}
	return desk, nil
}

// tryWidths renders what start shows at its own width, where it may be the right one,
// and at the widths that it proposes, at most so many and until one leaves no doubt, and
// returns the best rendering. What explains more of the picture than all before knows
// its scale better: the width that this leads back to comes next.
func (o *observer) tryWidths(ctx context.Context, start *Sighting, most int) (*Sighting, error) {
	best := start
	o.tried = append(o.tried, start)
	widths, least, err := o.eye.widths(start, o.windows.view.Width)
	if err != nil {
		return nil, err
	}
	own := o.ownWindow(start)
	if next, ok := nextOf(widths, 0, own.view.Width); ok {
		widths, least = next, least+1
	}
	for i := 0; i < min(len(widths), max(most, least)); i++ {
		if o.settled(best) && (best.State == Same || i >= least) {
			break
		}
		win := own
		if widths[i] != own.view.Width {
			win = o.windowOf(widths[i], start)
		}
		s, err := o.oneMore(ctx, start, win)
		if err != nil {
			return nil, err
		}
		o.tried = append(o.tried, s)
		if !s.account.over(best.account) {
			continue
		}
		best = s
		if next, ok := nextOf(widths, i+1, o.eye.leadsBack(s)); ok {
			widths, least = next, least+1
		}
	}
	return best, nil
}

// ownWindow is the window to look at start in once more at its own width, where the
// picture may have been taken at that and the first look could not tell: further down,
// because backgrounds that stand still are drawn where the window is; or at the picture's
// pixel ratio, because letters are wider or narrower at some. It has no width where neither
// is so.
func (o *observer) ownWindow(start *Sighting) window {
	y, ok := start.shown()
	v := start.Capture.Viewport
	if !ok || v.Mobile || start.registration.Turned() {
		return window{}
	}
	w := o.windowOf(v.Width, start)
	scale := perCSS(start.registration, o.eye.size.X, v)
	ratio := align.NearestRatio(scale, false)
	if start.account.consistent {
		if y > start.scroll+aboveThePage {
			return w
		}
		return window{}
	}
	if fromUsual(scale, false) > otherLetters || math.Abs(float64(o.eye.size.X)/ratio-float64(v.Width)) > exactWidth {
		return window{}
	}
	w.view.Scale, w.full = ratio, false
	return w
}

// nextOf puts a width behind the first n, unless it is one of those or none.
func nextOf(widths []int, n, width int) ([]int, bool) {
	like := func(w int) bool { return align.SameWidth(w, width) }
	if width == 0 || slices.ContainsFunc(widths[:n], like) {
		return widths, false
	}
	later := slices.DeleteFunc(slices.Clone(widths[n:]), like)
	return slices.Concat(widths[:n], []int{width}, later), true
}

// oneMore looks once more, in another window, at what a sighting shows.
func (o *observer) oneMore(ctx context.Context, s *Sighting, win window) (*Sighting, error) {
	o.addTotal(1)
	return o.look(ctx, subject{s.Memento}, win)
}

// finer tries the rendering of a sighting at two device pixels per CSS pixel,
// where the picture has fewer than one and differs: what was reduced may have
// been taken on a finer screen, which spaces letters otherwise.
func (o *observer) finer(ctx context.Context, s *Sighting) (*Sighting, error) {
	scale := perCSS(s.registration, o.eye.size.X, s.Capture.Viewport)
	if s.registration.Turned() || scale >= 1-exactScale || s.account.whole() || s.Capture.Viewport.Mobile {
		return s, nil
	}
	win := o.fitted(s).scrolledFor(s)
	win.view.Scale, win.full = 2, false
	fine, err := o.oneMore(ctx, s, win)
	if err != nil || !fine.account.over(s.account) {
		return s, err
	}
	return fine, nil
}

// movedBy is the window for sightings in the layout of before, when what the
// picture shows has moved on the page in the layout of after.
func (w window) movedBy(before, after *Sighting) window {
	was, ok := before.shown()
	is, _ := after.shown()
	if ok {
		w.moved = is - was
	}
	return w
}

// settled says whether the rendering of a sighting leaves no doubt of the
// window: its width is the one that the scale leads back to, and either nothing
// differs, or the scale is a usual pixel ratio and what differs was replaced. What
// differs a little and was not replaced may be a panel beside the page. A piece of a page can have the width of a window by chance; then much
// differs, all over.
func (o *observer) settled(s *Sighting) bool {
	if s.registration.Turned() {
		return s.State == Same && s.account.whole() // a photograph's scale leads nowhere
	}
	return s.account.consistent && (s.State == Same && s.account.whole() || s.account.usual && s.State == Altered)
}

// windowOf is the first window at another width, as high as the picture would
// be in it if it showed the page alone.
func (o *observer) windowOf(width int, s *Sighting) window {
	w := o.windows
	w.view.Width = width
	w.view.Height = windowHeight(float64(o.eye.size.Y*width) / float64(o.eye.size.X))
	return w.scrolledFor(s)
}

// explained says whether the window that the sighting was taken in shows all of the
// picture as it is: then the others need not be looked at in one that is nearer to the
// picture's height or pixel ratio. That the whole page shows it is not enough: the others
// must be looked at where it lies.
func (s *Sighting) explained() bool {
	return s.State == Same && !s.full && s.aligned.Covered == 1 && s.account.consistent && s.account.whole()
}

// own is the window that the sighting was taken in.
func (s *Sighting) own() window {
	return window{view: s.Capture.Viewport, scroll: s.scroll, full: s.Capture.FullPage != nil}
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

// fitted is the window of the sighting, as high as the picture below the page's
// top, at the picture's device pixel ratio. A photograph has neither.
func (o *observer) fitted(s *Sighting) window {
	w := window{view: s.Capture.Viewport, full: true}
	if !s.registration.Located || s.registration.Turned() {
		return w // a photograph's own pixels are not the page's
	}
	scale := perCSS(s.registration, o.eye.size.X, s.Capture.Viewport)
	height := float64(o.eye.size.Y) / scale
	if above := s.down / scale; above > aboveThePage && s.top() == 0 {
		height -= above
	}
	w.view.Height = windowHeight(height)
	if w.view.Mobile && scaleOf(w.view) >= phoneSight {
		return w // a finer one would be reduced to this
	}
	w.view.Scale = max(ratioOf(scale, w.view.Mobile), scaleIfFiner(s, scale))
	w.full = w.view.Scale <= scaleOf(o.windows.view)
	return w
}

// scaleIfFiner is the sighting's own pixel ratio if it explained a reduced picture
// better than the next, and else nothing.
func scaleIfFiner(s *Sighting, scale float64) float64 {
	if scale < 1 {
		return scaleOf(s.Capture.Viewport)
	}
	return 0
}

// ratioOf is the device pixel ratio of the screen that a picture with so many
// pixels per CSS pixel was taken on: the usual one that it is, or else, because
// pictures are reduced and not enlarged on their way, the next whole one above.
func ratioOf(scale float64, phone bool) float64 {
	if fromUsual(scale, phone) <= nearRatio {
		return align.NearestRatio(scale, phone)
	}
	return min(math.Ceil(scale), largestScale)
}

// fromUsual is how far, as a share, a scale is from the nearest pixel ratio in use.
func fromUsual(scale float64, phone bool) float64 {
	return math.Abs(scale/align.NearestRatio(scale, phone) - 1)
}

// windowHeight keeps the height of a window, in CSS pixels, within what windows
// have: a higher picture is one of a whole page, which the full-page shot shows.
func windowHeight(height float64) int {
	return min(max(int(math.Round(height)), 1), tallestWindow)
}

// scrolledFor is the window scrolled to where the picture lies in a sighting.
func (w window) scrolledFor(s *Sighting) window {
	y, ok := s.shown()
	if !ok {
		return w
	}
	if s.Capture.Viewport.Width != w.view.Width {
		y += w.moved
	}
	w.scroll = max(0, y)
	return w
}

// shown is where on the page the top of the picture lies, in CSS pixels of the
// layout that the sighting was rendered in; below zero is above the page.
func (s *Sighting) shown() (y int, ok bool) {
	if !s.registration.Located {
		return 0, false
	}
	down := -s.down / s.registration.Scale / sight(s.Capture.Viewport)
	return s.top() + int(math.Round(down*s.layoutPerCSS())), true
}

// top is where the shot that the picture was compared with begins on the page,
// in CSS pixels.
func (s *Sighting) top() int {
	if s.full {
		return 0
	}
	return max(0, min(s.scroll, s.Capture.PageHeight-s.Capture.Viewport.Height))
}

// layoutPerCSS is how many pixels of the page's layout one CSS pixel of the shot
// shows: more than one where a phone shrinks a page that was not made for it.
func (s *Sighting) layoutPerCSS() float64 {
	c := s.Capture
	if !c.Viewport.Mobile || !s.full || c.Clipped {
		return 1
	}
	shot, err := png.DecodeConfig(bytes.NewReader(c.FullPage))
	if err != nil || shot.Height == 0 {
		return 1
	}
	return float64(c.PageHeight) * scaleOf(c.Viewport) / float64(shot.Height)
}
