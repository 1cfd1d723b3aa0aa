package align

import (
	"image"
	"sync"

	"github.com/defacecheck/defacecheck/verify/align/internal/keypoint"
	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// Options says what a picture is described for. The zero value describes a
// claim's picture; Page describes a capture.
type Options struct {
	Page   bool // a full-page capture: fewer levels, more points
	Points int  // most points to keep; 0 is the default for the size
	// Upright pictures are taken for screenshots and never looked for under
	// perspective. Without it Photographed says what the picture is.
	Upright bool
	// Share in (0, 1] is the size that the picture is described at; 0 is 1. A picture
	// with many device pixels per CSS pixel is found more surely at the size that
	// the page was rendered at. Positions are in pixels of the picture as given.
	Share float64
}

// A picture is searched at quarter octaves and a page at half octaves: between
// them every scale has a pair of levels within 9 %, which is what BRIEF bears,
// at little more than half the cost of fine steps on the larger of the two.
// Eight and five levels together span pictures from a quarter to 3.4 times the
// page's size: from a large screen reduced by a messenger to a phone at three
// device pixels per CSS pixel.
const (
	pictureLevels    = 8
	picturePerOctave = 4
	pageLevels       = 5
	pagePerOctave    = 2
)

// A picture of one window has at most picturePoints points. A page has
// pagePointsPerMegapixel, so that work grows with its height and no faster, and
// at least as many as a picture, at most maxPagePoints (a page 16,384 px high).
const (
	picturePoints          = 3000
	pagePointsPerMegapixel = 1300
	maxPagePoints          = 24000
)

// Features are the recognisable points of one picture or page. They may be kept
// and used for many registrations, at the same time as well; nothing changes
// them.
type Features struct {
	size   image.Point
	luma   *image.Gray
	share  float64 // of the size of luma, that points were found at
	plan   keypoint.Plan
	camera bool        // the picture looks like a photograph
	kinds  [2]pointSet // dark surround, bright surround: one kind never matches the other
	amount int
	again  func() bool // repeats, found out once
	holds  func() int  // texture, the same
	found  func() bool // findable, the same
}

// pointSet keeps descriptors apart from positions: matching walks descriptors only.
type pointSet struct {
	descriptors []keypoint.Descriptor
	points      []point
}

type point struct{ x, y, size float32 }

// Len is the number of points.
func (f *Features) Len() int { return f.amount }

// Size is the size of the picture described.
func (f *Features) Size() image.Point { return f.size }

// Luma returns the brightness of img with its origin at (0, 0), the form that
// Describe takes. Transparent pixels are taken on white.
func Luma(img image.Image) *image.Gray { return raster.Luma(img) }

// Describe finds the recognisable points of a picture. It takes about twice the
// memory of img, and the result keeps img, which must not change. A picture under 37 px wide or high has none.
func Describe(img *image.Gray, o Options) *Features {
	if img.Rect.Min != (image.Point{}) {
		img = raster.Luma(img)
	}
	plan := keypoint.Plan{Levels: pictureLevels, PerOctave: picturePerOctave, Budget: picturePoints}
	if o.Page {
		area := float64(img.Rect.Dx()) * float64(img.Rect.Dy()) / 1e6
		plan = keypoint.Plan{Levels: pageLevels, PerOctave: pagePerOctave,
			Budget: min(max(int(area*pagePointsPerMegapixel), picturePoints), maxPagePoints)}
	}
	if o.Points > 0 {
		plan.Budget = o.Points
	}
	if o.Share <= 0 || o.Share >= 1 {
		o.Share = 1
	}
	f := (&Features{luma: img, share: o.Share}).describe(plan)
	f.again, f.holds, f.found = sync.OnceValue(f.repeats), sync.OnceValue(f.texture), sync.OnceValue(f.findable)
	if !o.Page && !o.Upright {
		f.camera, _ = Photographed(img)
	}
	return f
}

// describe is the features of the same picture at the same share of its size by
// another plan.
func (f *Features) describe(plan keypoint.Plan) *Features {
	out := describe(shrunk(f.luma, f.share), plan)
	out.size, out.luma, out.share = f.luma.Rect.Size(), f.luma, f.share
	out.spread(float32(1 / f.share))
	return out
}

// shrunk is img at a share of its size; a point of it at (x, y) lies on img at
// (x, y) divided by share.
func shrunk(img *image.Gray, share float64) *image.Gray {
	for ; share <= 0.5; share *= 2 {
		img = raster.Half(img)
	}
	if share < 1 {
		img = raster.Reduce(img, 1/share)
	}
	return img
}

// spread moves points that were found on a smaller picture to where they lie on
// the whole.
func (f *Features) spread(by float32) {
	for k := range f.kinds {
		for i, p := range f.kinds[k].points {
			f.kinds[k].points[i] = point{p.x * by, p.y * by, p.size * by}
		}
	}
}

func describe(img *image.Gray, plan keypoint.Plan) *Features {
	f := &Features{size: img.Rect.Size(), luma: img, plan: plan}
	for _, p := range keypoint.Find(img, plan) {
		f.add(p)
	}
	return f
}

func (f *Features) add(p keypoint.Point) {
	s := &f.kinds[0]
	if p.Bright {
		s = &f.kinds[1]
	}
	s.descriptors = append(s.descriptors, p.Descriptor)
	s.points = append(s.points, point{float32(p.X), float32(p.Y), float32(p.Size)})
	f.amount++
}
