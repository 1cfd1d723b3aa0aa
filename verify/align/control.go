package align

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// The positive control: that a picture was not found on a page says that it shows another
// only if a picture of this page would have been found. A page of a few words, or of tiles
// that fit everywhere, is not found in its own picture either.
const (
	controlShape = 0.6 // height to width of the window shown, as most have it
	controlShare = 0.5 // of the page's size, as messengers leave of a large screen
)

// findable says whether a picture of the page's first window, as messengers reduce it, is
// found on the page.
func (f *Features) findable() bool {
	view := image.Rect(0, 0, f.size.X, min(f.size.Y, int(controlShape*float64(f.size.X))))
	shown := raster.Luma(f.luma.SubImage(view))
	return upright(Describe(shrunk(shown, controlShare), Options{Upright: true}), f).Located
}
