package align

import (
	"math"
	"slices"
)

// MaxWidths bounds how many widths a picture is re-rendered at: each costs a
// page load, and trials never needed the fourth.
const MaxWidths = 3

const (
	minWidth  = 240  // CSS px; no browser window in use is narrower
	maxWidth  = 3840 // a 4K screen at one device pixel per CSS pixel
	snap      = 0.012
	sameWidth = 2 // CSS px
)

// common are the window widths in CSS pixels that people have: desktops, then
// phones and tablets.
var common = [...]int{
	1280, 1366, 1440, 1536, 1600, 1680, 1920, 2560,
	360, 375, 390, 393, 412, 414, 428, 430, 768, 820, 1024,
}

// ratios are the device pixel ratios in use, tried in this order when nothing
// is known of the scale.
var ratios = [...]float64{1, 1.25, 1.5, 2, 3, 1.75, 2.5}

// Widths proposes the CSS viewport widths to render the page at so that it is
// laid out as on the picture, the most likely first, at most MaxWidths. Letters
// keep their CSS size whatever the window's width, so that the picture's width
// divided by the scale is the window's; each scale that the registration saw
// gives one proposal, moved to a common width within 1.2 %. Without a scale the
// usual device pixel ratios are tried, and only where they lead to a common
// width. rendered is the width that reg was found at, in CSS px, which is never
// proposed again. A cropped picture tells less than its window's width; then no
// proposal may fit, and the registration at the proposed width says so.
func Widths(reg Registration, pictureWidth, rendered int) []int {
	var out []int
	add := func(w float64) {
		n := snapped(w)
		if n < minWidth || n > maxWidth || within(n, rendered) || len(out) == MaxWidths {
			return
		}
		if !slices.ContainsFunc(out, func(o int) bool { return within(n, o) }) {
			out = append(out, n)
		}
	}
	for _, h := range reg.Hypotheses {
		if h.Scale > 0 {
			add(float64(pictureWidth) / h.Scale)
		}
	}
	if reg.Located {
		return out
	}
	for _, r := range ratios {
		if w := float64(pictureWidth) / r; slices.Contains(common[:], snapped(w)) {
			add(w)
		}
	}
	return out
}

func within(a, b int) bool { return a-b <= sameWidth && b-a <= sameWidth }

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
