package align

import (
	"cmp"
	"fmt"
	"image"
	"math"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// rectified is a frame that shows a photograph as the page lies: page pixels
// reduced by half, because a photograph's own pixels say no more.
type rectified struct {
	h, back Homography
	frame   image.Rectangle // in halved page px
	found   image.Rectangle // of the matching points, in the frame
	screen  image.Rectangle // what is compared, in the frame; see clip
	aside   int             // tiles that differ left and right of it, within the page
	picture image.Point
	shift   int
}

const halved = 0.5

// newRectified is the frame that holds the part of the picture, as far as it lies
// within the page.
func newRectified(h Homography, part image.Rectangle, page image.Point) *rectified {
	v := &rectified{h: h, back: h.Inverse()}
	q, ok := v.back.corners(part)
	if !ok {
		return v
	}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range q {
		x0, y0, x1, y1 = math.Min(x0, p[0]), math.Min(y0, p[1]), math.Max(x1, p[0]), math.Max(y1, p[1])
	}
	x0, y0 = math.Max(x0, 0), math.Max(y0, 0)
	x1, y1 = math.Min(x1, float64(page.X)), math.Min(y1, float64(page.Y))
	v.frame = image.Rect(int(math.Ceil(x0*halved)), int(math.Ceil(y0*halved)), int(x1*halved), int(y1*halved))
	if x1 <= x0 || y1 <= y0 {
		v.frame = image.Rectangle{}
	}
	return v
}

// moved is the frame with a margin on every side.
func (v *rectified) moved(margin int) *rectified {
	m := *v
	m.shift = margin
	return &m
}

func (v *rectified) toPage(x, y float64) (float64, float64, bool) {
	return (x + float64(v.frame.Min.X-v.shift)) / halved, (y + float64(v.frame.Min.Y-v.shift)) / halved, true
}

func (v *rectified) toPicture(x, y float64) (float64, float64, bool) {
	u, w, _ := v.toPage(x, y)
	return v.h.Apply(u, w)
}

// samples is how many picture pixels go into one of the frame each way, 1 to 4.
func (v *rectified) samples(picture image.Point) int {
	u, w, ok := v.back.Apply(float64(picture.X)/2, float64(picture.Y)/2)
	if !ok {
		return 2
	}
	s, _, ok := v.h.scaleAt(u, w)
	if !ok {
		return 2
	}
	return min(max(int(math.Round(s/halved)), 1), 4)
}

// page is a rectangle of the frame in page px.
func (v *rectified) page(r image.Rectangle) image.Rectangle {
	r = r.Add(v.frame.Min)
	return image.Rectangle{Min: r.Min.Mul(2), Max: r.Max.Mul(2)}
}

// shows says whether the picture shows all of tile r.
func (v *rectified) shows(r image.Rectangle) bool {
	q, ok := v.h.corners(v.page(r))
	for _, p := range q {
		ok = ok && p[0] >= 0 && p[1] >= 0 && p[0] <= float64(v.picture.X) && p[1] <= float64(v.picture.Y)
	}
	return ok
}

// clip takes for the screen what lies around the tiles that agree and the points
// that matched; beyond it a photograph shows a window's bars, the monitor and the
// desk, and nothing says where they begin.
func (v *rectified) clip(g *grid) {
	screen := v.found
	for i := range g.cells {
		if g.supported(i) {
			screen = screen.Union(g.rect(i))
		}
	}
	v.screen = g.trimmed(screen)
	beside := v.screen
	beside.Min.X, beside.Max.X = 0, g.size.X
	near := v.screen.Inset(-TileSize)
	for i := range g.cells {
		r := g.rect(i)
		if r.In(beside) && !r.Overlaps(near) && g.cells[i].changed() {
			v.aside++
		}
		if !r.In(v.screen) {
			g.cells[i].outside = true
		}
	}
}

// trimmed takes off a rectangle the outermost lines of tiles in which more than a
// quarter as many differ as agree: the monitor's border lies in them.
func (g *grid) trimmed(r image.Rectangle) image.Rectangle {
	bad := func(line image.Rectangle) bool {
		match, changed := 0, 0
		for i := range g.cells {
			if !g.rect(i).Overlaps(line) || !g.rect(i).In(r) {
				continue
			}
			if g.cells[i].matched() {
				match++
			} else if g.cells[i].changed() {
				changed++
			}
		}
		return 4*changed > match
	}
	for side, last := 0, 0; side-last < 4 && !r.Empty(); side++ {
		line, rest := r, r
		switch side % 4 {
		case 0:
			line.Max.Y, rest.Min.Y = r.Min.Y+TileSize/2, r.Min.Y+TileSize
		case 1:
			line.Min.Y, rest.Max.Y = r.Max.Y-TileSize/2, r.Max.Y-TileSize
		case 2:
			line.Max.X, rest.Min.X = r.Min.X+TileSize/2, r.Min.X+TileSize
		case 3:
			line.Min.X, rest.Max.X = r.Max.X-TileSize/2, r.Max.X-TileSize
		}
		if bad(line) {
			r, last = rest, side
		}
	}
	return r
}

// compareTurned compares a photograph with the page, both as the page lies, at
// half its size, and more leniently.
func compareTurned(pic, page image.Image, reg Registration, o CompareOptions) Comparison {
	v := newRectified(*reg.Homography, image.Rectangle{Max: pic.Bounds().Size()}, page.Bounds().Size())
	v.picture = pic.Bounds().Size()
	size := v.frame.Size()
	if size.X < TileSize || size.Y < TileSize {
		return Comparison{State: Uninformative, Why: "too little of the page shows"}
	}
	for _, a := range reg.Groups[0].anchors {
		if x, y, ok := v.back.Apply(float64(a.X), float64(a.Y)); ok {
			p := image.Pt(int(x*halved), int(y*halved)).Sub(v.frame.Min)
			v.found = v.found.Union(image.Rectangle{Min: p, Max: p.Add(image.Pt(1, 1))})
		}
	}
	straight := raster.Project(raster.Flatten(pic), v.toPicture, size, v.samples(v.picture))
	f := newFrame(onWhite(straight), page, At(halved, float64(-v.frame.Min.X), float64(-v.frame.Min.Y)))
	f.limits, f.view = &photographed, v
	c := f.compare(o)
	if c.State == Same {
		c.State, c.Why = v.wholly(c, pic, page.Bounds().Size(), cmp.Or(o.PerCSS, 1))
	}
	return c
}

// wholly keeps a photograph the same only if what was compared is as good as the
// window: if what it shows beside the page is no more than a browser's bars, because a
// page laid out for a narrower window than the photographed one agrees in what it has and
// says nothing of the rest; and if nothing within the page was left out as if it were the
// monitor, because a message along a side would be.
func (v *rectified) wholly(c Comparison, pic image.Image, page image.Point, perCSS float64) (State, string) {
	s, ok := newScreen(raster.Luma(pic), page, v.h)
	if !ok {
		return Uninformative, "the photograph was taken from too far aside"
	}
	if off := s.beyond(); off > maxBeside {
		return Uninformative, fmt.Sprintf("%.0f %% of what the photograph shows lies beside the page", 100*off)
	}
	if v.aside >= minRegion {
		return Uninformative, "left or right of what agrees the page goes on, and the photograph shows something else"
	}
	css := func(px int) float64 { return float64(px) / halved / perCSS }
	high := css(v.screen.Dy())
	if need := min(windowFrom(float64(page.X)/perCSS), css(s.frame.Dy())-barsHeight); high < need {
		return Uninformative, fmt.Sprintf("a window as wide as this is %.0f CSS px high and more, and only %.0f agree", need, high)
	}
	return c.State, c.Why
}

const (
	// barsHeight is what a browser's bars, a task bar and the two lines of tiles along a
	// screen's edges take of its height, in CSS px. The lowest pages beside 16:9 are 127
	// px lower than the screen.
	barsHeight = 230
	// handBars is the same of a phone.
	handBars = 120
)

// windowFrom is how high the part of a screen of the given width, in CSS px, must at least
// be that shows a page in a window as wide: of 16:9, and a phone's of 16:9 upright.
func windowFrom(width float64) float64 {
	if width < handWidth {
		return width*16/9 - handBars
	}
	return width*9/16 - barsHeight
}

// onWhite makes what a projection did not reach white; nothing looks at it.
func onWhite(img *image.RGBA) *image.RGBA {
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] == 0 {
			copy(img.Pix[i-3:i+1], []uint8{255, 255, 255, 255})
		}
	}
	return img
}
