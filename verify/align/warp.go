package align

import (
	"image"
	"image/draw"
	"math"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// Warp lays the page into the picture's frame by the registration's first
// group, for a report to show the two side by side. Where the page does not
// reach, the result is transparent; it is all transparent when reg is not
// located. picBounds gives the result's bounds.
func Warp(page image.Image, reg Registration, picBounds image.Rectangle) *image.NRGBA {
	out := image.NewNRGBA(picBounds)
	if !reg.Located || picBounds.Empty() {
		return out
	}
	if reg.Turned() {
		back := reg.Homography.Inverse()
		placed := raster.Project(raster.Flatten(page), back.Apply, picBounds.Size(), 1)
		draw.Draw(out, picBounds, placed, image.Point{}, draw.Src)
		return out
	}
	s, x, y := reg.straight()
	placed := raster.Place(raster.Flatten(page), s, x, y, picBounds.Size())
	draw.Draw(out, picBounds, placed, image.Point{}, draw.Src)
	return out
}

// Reduce shrinks a shot to share, in (0, 1], of its size, as Compare shrinks
// pictures: both then lose detail alike.
func Reduce(shot image.Image, share float64) *image.RGBA {
	src := raster.Flatten(shot)
	w, h := math.Round(float64(src.Rect.Dx())*share), math.Round(float64(src.Rect.Dy())*share)
	return raster.Place(src, share, 0, 0, image.Pt(max(1, int(w)), max(1, int(h))))
}
