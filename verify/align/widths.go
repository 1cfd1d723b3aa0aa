package align

import (
	"cmp"
	"math"
	"slices"
)

// PanelFrom is the width in CSS px of the narrowest panel beside a page.
const PanelFrom = 40

// MaxWidths bounds how many widths a picture is re-rendered at: each costs a
// page load.
const MaxWidths = 7

const (
	minWidth   = 240  // CSS px; no browser window in use is narrower
	maxWidth   = 3840 // a 4K screen at one device pixel per CSS pixel
	handWidth  = 600  // CSS px; what is narrower is held in a hand
	deskWidth  = 1280 // CSS px; narrower windows are mostly those of tablets, which have whole ratios
	snap       = 0.012
	sameWidth  = 2   // CSS px
	exactRatio = 0.6 // CSS px by which a width may miss picture width / pixel ratio
	// framing is the widest frame, as a share of the picture's width, that may still
	// be around a picture: then the window is narrower than the picture says.
	framing = 0.1
	// mostSides is how many of the widths between long sides go before the common
	// ones, so that they leave room for these.
	mostSides = 3
)

// common are the window widths in CSS pixels that people have, the commonest
// first: desktops and tablets, then phones.
var common = [...]int{
	1920, 1536, 1366, 1440, 1280, 1600, 1680, 2560, 1024, 768, 820,
	390, 393, 412, 360, 414, 375, 430, 428, 402, 384, 440, 320,
}

// ratios are the device pixel ratios in use on desktops and tablets, phoneRatios those
// on phones, the commonest first.
var (
	ratios      = [...]float64{1, 1.25, 1.5, 2, 3, 1.75, 2.5}
	phoneRatios = [...]float64{3, 2, 2.625, 2.75, 3.5, 1.5, 2.8125, 1}
)

// ratiosOf lists the device pixel ratios in use on one kind of screen.
func ratiosOf(hand bool) []float64 {
	if hand {
		return phoneRatios[:]
	}
	return ratios[:]
}

// NearestRatio is the device pixel ratio in use that lies nearest to scale, on phones
// or on other screens.
func NearestRatio(scale float64, phone bool) float64 {
	in := ratiosOf(phone)
	best := in[0]
	for _, r := range in {
		if math.Abs(r-scale) < math.Abs(best-scale) {
			best = r
		}
	}
	return best
}

// Widths proposes the CSS viewport widths to render the page at so that it is
// laid out as on the picture, the most likely first, at most MaxWidths. reg is of a
// shot with one pixel per CSS px; rendered is the width that it was found at, in CSS
// px, which is never proposed again; a phone's leads to no other kind of window.
//
// Letters keep their CSS size whatever the window's width, so that the picture's
// width divided by the scale is the window's; each scale that the registration
// saw gives one proposal, moved to a common width within 1.2 %. A picture that
// fills the window, and a page that phones shrink, give a scale of their own: so
// the picture's width at each usual pixel ratio is proposed too, where that is a
// common width; and between, the widths that WidthsBetween saw in the picture. A
// picture that was cropped, or still has a border, does not tell its window's width:
// then the common widths follow, for a phone's, which is shown whole, only if there is
// no other. The renderings are compared to choose among them.
func Widths(reg Registration, pictureWidth, rendered int, between ...int) []int {
	if pictureWidth <= 0 {
		return nil
	}
	hand := rendered < handWidth
	p := proposals{rendered: rendered, hand: hand}
	scaled := func(h Hypothesis) {
		if h.Scale <= 0 {
			return
		}
		if w := snapped(float64(pictureWidth) / h.Scale); !hand || slices.Contains(common[:], w) {
			p.add(w)
		}
	}
	first := reg.Hypotheses[:min(2, len(reg.Hypotheses))]
	if reg.Turned() {
		first = nil
	}
	for _, h := range first {
		scaled(h)
	}
	few := min(mostSides, len(between))
	for _, w := range between[:few] {
		p.add(w)
	}
	if !reg.Turned() {
		for _, w := range besidePanel(reg, pictureWidth, rendered) {
			p.add(w)
		}
		for _, w := range exact(pictureWidth, hand, reg) {
			p.add(w)
		}
	}
	shows := 0.0 // nothing, or a camera's picture, says nothing of the window's width
	if reg.Located && reg.Scale > 0 && !reg.Turned() {
		shows = float64(pictureWidth) / reg.Scale
	}
	if hand && len(p.widths) > 0 {
		return p.widths
	}
	for _, w := range wider(shows, hand) {
		p.add(w)
	}
	for _, h := range reg.Hypotheses {
		scaled(h)
	}
	for _, w := range between[few:] {
		p.add(w)
	}
	return p.widths
}

// WidthOf is the CSS width of the window that fills a picture of the given width, in
// px, with scale px to a CSS pixel: a common width where one lies within 1.2 %. It is 0
// where no desktop's window has it.
func WidthOf(pictureWidth int, scale float64) int {
	if scale <= 0 {
		return 0
	}
	if w := snapped(float64(pictureWidth) / scale); w >= handWidth && w <= maxWidth {
		return w
	}
	return 0
}

// proposals gathers widths.
type proposals struct {
	rendered int
	hand     bool
	widths   []int
}

func (p *proposals) add(w int) {
	if w < minWidth || w > maxWidth || p.hand && w >= handWidth || len(p.widths) == MaxWidths || SameWidth(w, p.rendered) {
		return
	}
	if !slices.ContainsFunc(p.widths, func(o int) bool { return SameWidth(w, o) }) {
		p.widths = append(p.widths, w)
	}
}

// besidePanel lists the common widths of windows that a panel leaves of the
// picture, by where the content rendered at the given width lies: on the left of
// the page or in its middle, right of a panel; or in its middle, left of one.
func besidePanel(reg Registration, pictureWidth, rendered int) []int {
	if reg.Scale <= 0 {
		return nil
	}
	all := float64(pictureWidth) / reg.Scale
	var out []int
	for _, g := range reg.Groups {
		at := g.OffsetX / reg.Scale
		for _, w := range []float64{all - at, 2*(all-at) - float64(rendered), 2*at + float64(rendered)} {
			if v := snapped(w); all-w >= PanelFrom && all-w <= panelShare*all && slices.Contains(common[:], v) && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}

// ExactWidths lists the common widths of windows, in CSS pixels, that a picture so wide
// shows at a device pixel ratio in use, the commonest ratio first: of phones or of others.
func ExactWidths(pictureWidth int, phone bool) []int {
	return exact(pictureWidth, phone, Registration{})
}

// exact lists the common widths that the picture's is a usual ratio of, those of
// ratios near the registration's scale first.
func exact(pictureWidth int, hand bool, reg Registration) []int {
	near := slices.Clone(ratiosOf(hand))
	if reg.Located && reg.Scale > 0 {
		slices.SortStableFunc(near, func(a, b float64) int {
			return cmp.Compare(ratioGap(a, reg.Scale), ratioGap(b, reg.Scale))
		})
	}
	var out []int
	for _, r := range near {
		w := float64(pictureWidth) / r
		for _, c := range common {
			tablet := c >= handWidth && c < deskWidth
			if (c < handWidth) == hand && math.Abs(w-float64(c)) <= exactRatio && !(tablet && r != math.Trunc(r)) {
				out = append(out, c)
			}
		}
	}
	return out
}

// wider lists the common widths of windows of which w CSS pixels show a piece, or
// all and a border: the one just below w, then those above, the commonest first.
func wider(w float64, hand bool) []int {
	var out []int
	below := 0
	for _, c := range common {
		switch {
		case (c < handWidth) != hand:
		case float64(c) >= w:
			out = append(out, c)
		case float64(c) >= (1-framing)*w:
			below = max(below, c)
		}
	}
	if below > 0 {
		out = slices.Insert(out, 0, below)
	}
	return out
}

// ratioGap is how far a ratio is from 1, either way.
func ratioGap(a, b float64) float64 { return math.Abs(math.Log(a / b)) }

// SameWidth says whether two windows, in CSS px, are so nearly as wide that lines break
// alike in both.
func SameWidth(a, b int) bool { return a-b <= sameWidth && b-a <= sameWidth }

// snapped is the nearest common width within reach, or w itself. A width is
// exact to a pixel or two where the registration is good, so that 390 and 393
// stay apart.
func snapped(w float64) int {
	best, gap := int(math.Round(w)), snap
	for _, c := range common {
		if d := math.Abs(w/float64(c) - 1); d < gap {
			best, gap = c, d
		}
	}
	return best
}
