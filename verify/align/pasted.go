package align

import (
	"image"
	"math"
)

// A pasted block ends where its maker put it; a part of a page ends where the
// page's own columns and sections do. So the border of a replaced region severs
// what runs across it on the page: lines of text, photographs. Where two pages
// of a site differ, the border follows the page: nothing runs across it.
const (
	probeLength = 32  // px along the border: a line of text and its gap
	probeStep   = 8   // px between probes
	probeDepth  = 6   // px on either side of the border that a profile is the mean of
	probeGap    = 2   // px on either side of the border that softening mixes
	runsAcross  = 0.6 // correlation of the page's profiles on either side from which its content runs across
	stillThere  = 0.8 // the same of picture and page outside, where nothing was changed
	gone        = 0.5 // and inside, where the block lies, at most
)

// What a region must show to be called pasted. On 12 made-up sites every block
// that replaced 25 to 50 % of a picture severed content at 18 probes and more,
// and no difference between two pages of one site at any.
const (
	minSevered  = 10   // probes: about 100 px of lines of text
	cleanShare  = 0.7  // of the probes: all outside is as it was
	sharpShare  = 0.85 // of those: inside nothing goes on
	minBeside   = 12   // tiles that must match beside it
	otherStrays = 0.05 // changed tiles outside pasted regions, of all outside
)

// border is what the probes along a region's border say.
type border struct {
	probes  int
	clean   int // outside, picture and page agree
	goes    int // and go on agreeing inside, where the page holds something
	sharp   int // or differ inside
	severed int // and what the page holds outside runs on inside
}

func (b border) pasted() bool {
	return b.severed >= minSevered && share(b.clean, b.probes) >= cleanShare && share(b.sharp, b.sharp+b.goes) >= sharpShare
}

// profile is the mean over probeDepth pixels on one side of a border, of picture
// and page.
type profile struct{ picture, page []float64 }

// pasted says whether all that differs was pasted over the page, but for strayed,
// a share of the tiles outside what was pasted.
func (c *Comparison) pasted(g *grid, f *frame, regions []region, strayed float64) bool {
	inside := 0
	for _, r := range regions {
		if !g.solid(r) {
			continue
		}
		if b := f.along(r.rect); b.pasted() {
			inside += len(r.tiles)
		}
	}
	strays := c.Mismatch - inside
	return inside > 0 && c.Match >= minBeside && share(strays, strays+c.Match) <= strayed
}

// along walks along the border of r, where the picture goes on beyond it.
func (f *frame) along(r image.Rectangle) border {
	var b border
	whole := image.Rectangle{Max: f.size}
	for side := range 4 {
		for at := 0; ; at += probeStep {
			in, out, ok := probe(r, side, at)
			if !ok {
				break
			}
			if in.In(whole) && out.In(whole) {
				f.probe(&b, in, out, side)
			}
		}
	}
	return b
}

// probe is the pair of blocks, inside and outside of r, at a place along one of
// its sides: left, right, top, bottom.
func probe(r image.Rectangle, side, at int) (in, out image.Rectangle, ok bool) {
	const near, far = probeGap, probeGap + probeDepth
	if side < 2 {
		y := r.Min.Y + at
		in, out = image.Rect(r.Min.X+near, y, r.Min.X+far, y+probeLength), image.Rect(r.Min.X-far, y, r.Min.X-near, y+probeLength)
		if side == 1 {
			in, out = image.Rect(r.Max.X-far, y, r.Max.X-near, y+probeLength), image.Rect(r.Max.X+near, y, r.Max.X+far, y+probeLength)
		}
		return in, out, y+probeLength <= r.Max.Y
	}
	x := r.Min.X + at
	in, out = image.Rect(x, r.Min.Y+near, x+probeLength, r.Min.Y+far), image.Rect(x, r.Min.Y-far, x+probeLength, r.Min.Y-near)
	if side == 3 {
		in, out = image.Rect(x, r.Max.Y-far, x+probeLength, r.Max.Y-near), image.Rect(x, r.Max.Y+near, x+probeLength, r.Max.Y+far)
	}
	return in, out, x+probeLength <= r.Max.X
}

// probe looks at one place of the border.
func (f *frame) probe(b *border, in, out image.Rectangle, side int) {
	b.probes++
	for _, k := range f.groups(in.Union(out)) {
		l := f.layer(k)
		o := profile{project(f.soft, out, 0, side), project(l.soft, out, drift, side)}
		i := profile{project(f.soft, in, 0, side), project(l.soft, in, drift, side)}
		if !o.agrees(f.limits) {
			continue
		}
		b.clean++
		_, d := spreadOf(o.page)
		_, e := spreadOf(i.page)
		switch {
		case i.differs(f.limits, o.lighter()):
			b.sharp++
			if min(d, e) >= f.limits.profiled && alike(o.page, i.page) >= runsAcross {
				b.severed++
			}
		case e >= f.limits.profiled:
			b.goes++
		}
		return
	}
}

// lighter is how much lighter the picture is than the page.
func (p profile) lighter() float64 {
	m, _ := spreadOf(p.picture)
	n, _ := spreadOf(p.page)
	return m - n
}

// agrees says whether picture and page are alike on this side.
func (p profile) agrees(l *limits) bool {
	if math.Abs(p.lighter()) > l.level {
		return false
	}
	_, d := spreadOf(p.picture)
	_, e := spreadOf(p.page)
	if max(d, e) < l.profiled {
		return true
	}
	return min(d, e) > max(d, e)/l.contrastRatio && alike(p.picture, p.page) >= stillThere
}

// differs says whether they are not, where the other side is lighter by light
// levels already.
func (p profile) differs(l *limits, light float64) bool {
	if math.Abs(p.lighter()-light) > sameGround {
		return true
	}
	_, d := spreadOf(p.picture)
	_, e := spreadOf(p.page)
	if max(d, e) < l.profiled {
		return false
	}
	return min(d, e) < max(d, e)/l.contrastRatio || alike(p.picture, p.page) < gone
}

// project is the mean of block r of g, moved by drift, across the border.
func project(g *image.Gray, r image.Rectangle, move, side int) []float64 {
	r = r.Add(image.Pt(move, move))
	n := r.Dy()
	if side >= 2 {
		n = r.Dx()
	}
	out := make([]float64, n)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x, v := range g.Pix[y*g.Stride+r.Min.X:][:r.Dx()] {
			k := x
			if side < 2 {
				k = y - r.Min.Y
			}
			out[k] += float64(v) / probeDepth
		}
	}
	return out
}

func spreadOf(p []float64) (mean, deviation float64) {
	for _, v := range p {
		mean += v
	}
	mean /= float64(len(p))
	for _, v := range p {
		deviation += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(deviation / float64(len(p)))
}

// alike is the normalised correlation of two profiles.
func alike(p, q []float64) float64 {
	m, d := spreadOf(p)
	n, e := spreadOf(q)
	sum := 0.0
	for i := range p {
		sum += (p[i] - m) * (q[i] - n)
	}
	return sum / math.Max(float64(len(p))*d*e, 1e-9)
}
