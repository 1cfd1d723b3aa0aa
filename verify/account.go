package verify

import (
	"image"
	"math"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

// account is how well one rendering of a page accounts for the picture, in measures
// that mean the same whatever width and pixel ratio it was rendered at: tiles do
// not, they are small on a rendering at three device pixels per CSS pixel.
type account struct {
	located    bool
	agrees     int  // squares of the picture, a tile of a CSS pixel each, in which detail agrees
	differs    int  // and in which it does not
	inliers    int  // points that lie where the placement says
	consistent bool // the scale of the picture leads back to the width that was rendered
	usual      bool // and is a pixel ratio in use
	open       bool // the picture shows something beyond the page
}

const (
	// muchMore is how many more squares of the picture a rendering must explain
	// to be preferred whatever else is said of it.
	muchMore = 1.3
	// clearlyFewer is how many squares fewer must differ to prefer a rendering: less
	// than that comes and goes with the letters' anti-aliasing.
	clearlyFewer = 3
	// mostly is how many times as many tiles of a square must agree as differ for
	// the square to count as agreeing.
	mostly = 3
	// widthSlack is by how much, as a share, the width that a scale leads back to
	// may miss the rendered one.
	widthSlack = 0.01
	// phoneSlack is the same for phones, of which 390 and 393 are widths.
	phoneSlack = 0.005
)

// accountOf measures a placement of a picture of the given width, in pixels, in a
// shot of a window.
func accountOf(r align.Registration, c align.Comparison, width int, v capture.Viewport) account {
	f := account{located: r.Located, inliers: r.Inliers}
	if !r.Located || r.Scale <= 0 {
		return f
	}
	scale := perCSS(r, width, v)
	f.consistent = !r.Turned() && (consistent(r, width, v) || besidePanel(r, width, scale, v))
	f.usual = f.consistent && fromUsual(scale, v.Mobile) <= exactScale
	side := math.Max(1, scale*align.TileSize)
	match, miss := map[image.Point]int{}, map[image.Point]int{}
	for _, t := range c.Tiles {
		centre := t.Rect.Min.Add(t.Rect.Max).Div(2)
		at := image.Pt(int(float64(centre.X)/side), int(float64(centre.Y)/side))
		switch {
		case t.State == align.TileMatch:
			match[at]++
		case t.State == align.TileMismatch && !t.Frame:
			miss[at]++
		}
	}
	for at, n := range match {
		if n >= mostly*miss[at] {
			f.agrees++
		}
	}
	for at, n := range miss {
		if n > match[at] {
			f.differs++
		}
	}
	return f
}

// perCSS is how many pixels of a picture of this width a CSS pixel of the window
// has, in a shot of which r places the picture. A phone's screen fills the
// picture, and shows pages that were not made for it at a scale of their own.
func perCSS(r align.Registration, width int, v capture.Viewport) float64 {
	if v.Mobile {
		return float64(width) / float64(v.Width)
	}
	return r.Scale * sight(v)
}

// consistent says whether the scale at which r found a picture of this width leads back
// to the width of v, the window rendered. Widths of phones lie close together.
func consistent(r align.Registration, width int, v capture.Viewport) bool {
	slack := widthSlack
	if v.Mobile {
		slack = phoneSlack
	}
	return math.Abs(float64(width)/(r.Scale*sight(v))/float64(v.Width)-1) <= slack
}

// besidePanel says whether the page begins right of a panel in the picture and
// fills the rest of it.
func besidePanel(r align.Registration, width int, scale float64, v capture.Viewport) bool {
	return r.OffsetX > align.PanelFrom*scale && !v.Mobile &&
		math.Abs((float64(width)-r.OffsetX)/scale/float64(v.Width)-1) <= widthSlack
}

// over says whether rendering a explains the picture better than b: clearly
// more of it; or else as much with next to nothing that differs, as a piece cut out of
// a wider window is; or else of two such the one that does not reach beyond the page,
// or was rendered at a pixel ratio in use; or else by the width that fits the scale; or
// else with clearly less that differs. The match state must not decide: a page laid out for
// another window can agree in all of the little that lies alike.
func (a account) over(b account) bool {
	x, y := float64(a.agrees), float64(b.agrees)
	switch {
	case a.located != b.located:
		return a.located
	case x > muchMore*y || y > muchMore*x:
		return x > y
	case a.whole() != b.whole() && (a.whole() == (a.agrees >= b.agrees)):
		return a.whole()
	case a.open != b.open && a.whole() && b.whole():
		return b.open
	case a.usual != b.usual && a.whole() && b.whole():
		return a.usual
	case a.consistent != b.consistent:
		return a.consistent
	case a.differs+clearlyFewer <= b.differs || b.differs+clearlyFewer <= a.differs:
		return a.differs < b.differs
	case a.agrees != b.agrees:
		return a.agrees > b.agrees
	}
	return a.inliers > b.inliers
}

// spoils says whether rendering a, in the window that the picture is thought to
// be taken in, shows so much less of the picture than b that it cannot be the
// same content.
func (a account) spoils(b account) bool {
	return b.located && (!a.located || float64(b.agrees) > muchMore*float64(a.agrees))
}

// whole says whether next to nothing differs.
func (a account) whole() bool {
	return a.located && a.agrees > 0 && float64(a.differs) <= strayDiffers*float64(a.agrees)
}

// strayDiffers is how many squares may differ, of those that agree, in a
// rendering that leaves nothing to look for.
const strayDiffers = 0.03
