package align

import (
	"image"
	"math"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// frame is where picture and page are compared: the picture at page size, or
// smaller if it is. Pictures are never enlarged and pages never either, so that
// both lose detail only once and alike.
type frame struct {
	zoom   float64 // picture pixels per frame pixel, at least 1
	size   image.Point
	colour *image.RGBA
	soft   *image.Gray // luma, softened
	tint   *image.Gray // colour that luma does not see, softened
	page   *image.RGBA
	reg    Registration
	limits *limits
	view   *rectified // of a photograph
	layers []*layer   // one a group, made when first needed
	nearby []map[image.Point]bool
	inPage []image.Rectangle // what the page covers in the frame, by group
	goesOn bool              // the page goes on below that
	goesUp bool              // and above it
	perCSS float64           // pixels of the shot to a CSS pixel
}

// layer is the page laid into the frame by one group, with a margin of drift on
// every side.
type layer struct {
	colour     *image.RGBA
	soft, tint *image.Gray
	sums       *sums // of soft
}

// drift is how far, in frame px, the best place of a tile is searched around
// where the registration puts it: a line of text in another font moves by up to
// that.
const drift = 4

// hold is how far from a group's inliers, in tiles, the group may explain a tile.
const hold = 3

func newFrame(pic, page image.Image, reg Registration) *frame {
	f := &frame{reg: reg, page: raster.Flatten(page), limits: &drawn, perCSS: 1}
	f.zoom = math.Max(1, reg.Scale)
	if math.Abs(reg.Scale-1) < snapScale {
		f.zoom = 1
	}
	flat := raster.Flatten(pic)
	f.size = image.Pt(int(float64(flat.Rect.Dx())/f.zoom), int(float64(flat.Rect.Dy())/f.zoom))
	f.colour = flat
	if f.zoom != 1 {
		f.colour = raster.Place(flat, 1/f.zoom, 0, 0, f.size)
	}
	f.soft, f.tint = raster.Soften(raster.Luma(f.colour)), raster.Soften(raster.Tint(f.colour))
	f.layers = make([]*layer, len(reg.Groups))
	for k := range reg.Groups {
		f.nearby = append(f.nearby, f.reach(reg.Groups[k]))
		f.inPage = append(f.inPage, f.extent(k))
	}
	return f
}

// snapScale and snapOffset are how near to 1, and to a whole pixel, a placement
// must be to be taken as exactly so: then no pixel need be interpolated.
const (
	snapScale  = 0.0006
	snapOffset = 0.3
)

// straight is the placement of the first group, made exact where it is nearly.
func (r Registration) straight() (scale, x, y float64) {
	return straightened(r.Scale, r.OffsetX, r.OffsetY)
}

func straightened(scale, x, y float64) (float64, float64, float64) {
	if math.Abs(scale-1) >= snapScale {
		return scale, x, y
	}
	if d := math.Round(x); math.Abs(x-d) < snapOffset {
		x = d
	}
	if d := math.Round(y); math.Abs(y-d) < snapOffset {
		y = d
	}
	return 1, x, y
}

// into is group k's placement of the page in the frame.
func (f *frame) into(k int) (scale, x, y float64) {
	g := &f.reg.Groups[k]
	return straightened(f.reg.Scale/f.zoom, g.OffsetX/f.zoom, g.OffsetY/f.zoom)
}

// extent is the rectangle of whole frame pixels that the page covers by group k.
func (f *frame) extent(k int) image.Rectangle {
	s, x, y := f.into(k)
	b := f.page.Rect
	const slack = 0.51 // half a pixel of page missing at the edge does no harm
	return image.Rect(int(math.Ceil(x-slack)), int(math.Ceil(y-slack)),
		int(math.Floor(x+s*float64(b.Dx())+slack)), int(math.Floor(y+s*float64(b.Dy())+slack)))
}

// whole is what the page would cover in the frame if the shot did not end before
// it.
func (f *frame) whole() image.Rectangle {
	r := f.inPage[0]
	if f.goesOn {
		r.Max.Y = max(r.Max.Y, f.size.Y+TileSize)
	}
	return r
}

// beneath is the same where the page may go on above the shot as well.
func (f *frame) beneath() image.Rectangle {
	r := f.whole()
	if f.goesUp {
		r.Min.Y = min(r.Min.Y, -TileSize)
	}
	return r
}

func (f *frame) layer(k int) *layer {
	if f.layers[k] == nil {
		s, x, y := f.into(k)
		c := raster.Place(f.page, s, x+drift, y+drift, f.size.Add(image.Pt(2*drift, 2*drift)))
		raster.Extend(c, f.inPage[k].Add(image.Pt(drift, drift)))
		soft := raster.Soften(raster.Luma(c))
		f.layers[k] = &layer{colour: c, soft: soft, tint: raster.Soften(raster.Tint(c)), sums: newSums(soft)}
	}
	return f.layers[k]
}

// reach is the set of tiles that a group may explain: those within hold of an
// inlier, and for a group that is a band or a column, as sticky headers and side
// bars are, its whole length.
func (f *frame) reach(g Group) map[image.Point]bool {
	out := map[image.Point]bool{}
	if len(g.anchors) == 0 {
		return out
	}
	for _, a := range g.anchors {
		c := image.Pt(int(float64(a.X)/f.zoom), int(float64(a.Y)/f.zoom)).Div(TileSize)
		for dy := -hold; dy <= hold; dy++ {
			for dx := -hold; dx <= hold; dx++ {
				out[c.Add(image.Pt(dx, dy))] = true
			}
		}
	}
	b := scaled(g.Bounds, 1/f.zoom, 0, 0).Inset(-2 * TileSize)
	whole := image.Rectangle{Max: f.size}
	switch {
	case 3*b.Dy() <= whole.Dy():
		b.Min.X, b.Max.X = 0, whole.Max.X
	case 3*b.Dx() <= whole.Dx():
		b.Min.Y, b.Max.Y = 0, whole.Max.Y
	default:
		return out
	}
	for y := max(0, b.Min.Y) / TileSize; y <= b.Max.Y/TileSize; y++ {
		for x := max(0, b.Min.X) / TileSize; x <= b.Max.X/TileSize; x++ {
			out[image.Pt(x, y)] = true
		}
	}
	return out
}

// groups lists the groups that may explain the tile: those with inliers near
// it, and the first, which holds where nothing else does.
func (f *frame) groups(tile image.Rectangle) []int {
	at := tile.Min.Add(tile.Max).Div(2 * TileSize)
	out := make([]int, 0, 4)
	for k := range f.reg.Groups {
		if (k == 0 || f.nearby[k][at]) && tile.In(f.inPage[k]) {
			out = append(out, k)
		}
	}
	return out
}

// toPicture is the rectangle of the picture around a rectangle of the frame.
func (f *frame) toPicture(r image.Rectangle) image.Rectangle {
	if f.view != nil {
		return bounds(f.view.h.outline(f.view.page(r)))
	}
	return scaled(r, f.zoom, 0, 0)
}

// outline is a rectangle of the frame as a polygon on the picture.
func (f *frame) outline(r image.Rectangle) []image.Point {
	if f.view != nil {
		return f.view.h.outline(f.view.page(r))
	}
	r = f.toPicture(r)
	return []image.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}}
}

// fromPicture is the rectangle of the frame around a rectangle of the picture.
func (f *frame) fromPicture(r image.Rectangle) image.Rectangle {
	if f.view != nil {
		page := bounds(f.view.back.outline(r))
		return scaled(page, halved, 0, 0).Sub(f.view.frame.Min)
	}
	return scaled(r, 1/f.zoom, 0, 0)
}
