package address

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
)

// emphasis is the part of an address bar that is drawn in stronger ink than the
// rest: browsers grey the scheme and the path, and some all but the registrable
// domain.
type emphasis struct {
	img    *image.NRGBA    // the bar with everything else painted over
	whole  *image.NRGBA    // the picture that the bar is part of
	before image.Rectangle // the faint text that touches it on its left; empty for none
}

const (
	// inkLeast is the distance from the ground, of 255, that ink has at least: above
	// what JPEG leaves around letters, and above the edges at which letters touch.
	inkLeast = 64
	// leastStrong and leastFaint are how many glyphs either ink needs.
	leastStrong, leastFaint = 4, 2
	// stronger is how much more ink the strong part has at least: browsers draw the
	// faint part at 0.6 to 0.75 of it.
	stronger = 1.18
	// maxBar and maxGlyphs bound what is looked at, in pixels and pieces: a bar four
	// times as wide as common ones on a fine screen, and twice what text fills it with.
	maxBar, maxGlyphs = 600_000, 500
	// wordGap is the widest gap within a word, in heights of the bar.
	wordGap = 0.2
)

// emphasised finds the part in stronger ink: the cut of the glyphs into faint,
// strong and faint whose inks spread least (the two change points of least
// squares). ok is false where the whole bar is in one ink.
func emphasised(img *image.NRGBA, bar image.Rectangle) (emphasis, bool) {
	bar = bar.Intersect(img.Rect)
	if bar.Empty() || bar.Dx()*bar.Dy() > maxBar {
		return emphasis{}, false
	}
	base := img.NRGBAAt(groundOf(img, bar))
	all := glyphs(img, bar, base)
	from, to, ok := strongest(all)
	if !ok {
		return emphasis{}, false
	}
	e := emphasis{img: without(img, bar, base, all[:from], all[to:], all[from:to]), whole: img}
	gap := int(wordGap * float64(bar.Dy()))
	begin := from
	for begin > 0 && all[begin].box.Min.X-all[begin-1].box.Max.X <= gap {
		begin--
	}
	if begin < from {
		e.before = image.Rect(all[begin].box.Min.X-1, bar.Min.Y, all[from].box.Min.X, bar.Max.Y).Intersect(bar)
	}
	return e, true
}

// without paints over the faint glyphs on both sides with their softened edges,
// and leaves the strong ones as they are.
func without(img *image.NRGBA, bar image.Rectangle, base color.NRGBA, left, right, strong []glyph) *image.NRGBA {
	out := image.NewNRGBA(bar)
	draw.Draw(out, bar, img, bar.Min, draw.Src)
	keep := map[image.Point]bool{}
	for _, g := range strong {
		for _, p := range g.pixels {
			keep[p] = true
		}
	}
	const edge = 1
	for _, g := range slices.Concat(left, right) {
		for _, p := range g.pixels {
			for y := p.Y - edge; y <= p.Y+edge; y++ {
				for x := p.X - edge; x <= p.X+edge; x++ {
					if at := image.Pt(x, y); at.In(bar) && !keep[at] {
						out.SetNRGBA(x, y, base)
					}
				}
			}
		}
	}
	return out
}

// strongest finds the glyphs from, up to but not including to, in stronger ink.
func strongest(all []glyph) (from, to int, ok bool) {
	n := len(all)
	if n > maxGlyphs {
		return 0, 0, false
	}
	sum, square := make([]float64, n+1), make([]float64, n+1)
	for i, g := range all {
		sum[i+1], square[i+1] = sum[i]+g.ink, square[i]+g.ink*g.ink
	}
	least := square[n] - sum[n]*sum[n]/float64(max(n, 1))
	for i := 0; i+leastStrong <= n; i++ {
		for j := i + leastStrong; j <= n; j++ {
			in, out := sum[j]-sum[i], sum[n]-sum[j]+sum[i]
			k, m := float64(j-i), float64(n-j+i)
			if n-j+i < leastFaint || in/k < stronger*out/m {
				continue
			}
			if spread := square[n] - in*in/k - out*out/m; spread < least {
				least, from, to, ok = spread, i, j, true
			}
		}
	}
	return from, to, ok
}
