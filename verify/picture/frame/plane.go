package frame

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// plane is the picture's luma, row by row from 0, 0. Bars are told from their
// surroundings by brightness alone: every theme that people can read differs in
// it, and JPEG keeps it best.
type plane struct {
	w, h int
	pix  []uint8
	src  image.Image // for the few places that ask for a colour; nil in a part
	tol  int         // how far two lumas of one plain surface may lie apart
}

func newPlane(img image.Image) *plane {
	b := img.Bounds()
	p := &plane{w: b.Dx(), h: b.Dy(), pix: make([]uint8, b.Dx()*b.Dy()), src: img, tol: exact}
	if src, ok := img.(*image.YCbCr); ok {
		for y := range p.h {
			copy(p.row(y), src.Y[src.YOffset(b.Min.X, b.Min.Y+y):])
		}
		return p
	}
	src := picture.ToNRGBA(img)
	for y := range p.h {
		from, to := src.Pix[y*src.Stride:][:4*p.w], p.row(y)
		for x := range to {
			c := from[4*x : 4*x+3]
			to[x] = uint8((299*int(c[0]) + 587*int(c[1]) + 114*int(c[2])) / 1000)
		}
	}
	return p
}

func (p *plane) bounds() image.Rectangle { return image.Rect(0, 0, p.w, p.h) }
func (p *plane) row(y int) []uint8       { return p.pix[y*p.w:][:p.w] }

// share is how much of row y, from x0 to x1, has the given luma.
func (p *plane) share(y, x0, x1, luma int) float64 {
	return p.within(y, x0, x1, luma, p.tol)
}

// free is how much of row y has no ink on a ground of the given luma: more than
// share has, by what JPEG spreads around text.
func (p *plane) free(y, x0, x1, luma int) float64 {
	return p.within(y, x0, x1, luma, inkStep)
}

func (p *plane) within(y, x0, x1, luma, by int) float64 {
	if y < 0 || y >= p.h || x1 <= x0 {
		return 0
	}
	n := 0
	for _, v := range p.row(y)[x0:x1] {
		if near(int(v), luma, by) {
			n++
		}
	}
	return float64(n) / float64(x1-x0)
}

// stepped is how much of the border between rows y-1 and y, from x0 to x1, is
// an edge.
func (p *plane) stepped(y, x0, x1 int) float64 {
	if y < 1 || y >= p.h || x1 <= x0 {
		return 0
	}
	n, up, at := 0, p.row(y-1), p.row(y)
	for x := x0; x < x1; x++ {
		if !near(int(up[x]), int(at[x]), p.tol) {
			n++
		}
	}
	return float64(n) / float64(x1-x0)
}

// Tolerances in levels of 256. The faintest field that a browser draws on its
// bar (Firefox, light) is 9 levels away.
const (
	exact = 4 // pictures as a browser drew them, and good copies
	rough = 6 // JPEG at quality 60, away from text
	// coarse is JPEG close to text, as in the low bars of a phone's picture that a
	// messenger has reduced.
	coarse = 8
)

// faint is the least step in luma between a field and its bar.
func (p *plane) faint() int { return p.tol/2 + 4 }

func near(a, b, by int) bool { return a-b <= by && b-a <= by }

// run is a stretch of one row in one luma: from x0 up to, not including, x1.
type run struct{ x0, x1, luma int }

func (r run) covers(o run) bool { return r.x0 <= o.x0 && r.x1 >= o.x1 }
func (r run) length() int       { return r.x1 - r.x0 }

// runs lists the stretches of row y that are at least least long.
func (p *plane) runs(y, least int, out []run) []run {
	row := p.row(y)
	start, mean := 0, int(row[0])<<4
	for x := 1; x <= len(row); x++ {
		if x < len(row) && near(int(row[x])<<4, mean, p.tol<<4) {
			mean += (int(row[x])<<4 - mean) >> 4
			continue
		}
		if x-start >= least {
			out = append(out, run{start, x, (mean + 8) >> 4})
		}
		if x < len(row) {
			start, mean = x, int(row[x])<<4
		}
	}
	return out
}

// around is the longest stretch of one luma in row y that holds x0 to x1; ok
// says whether there is one.
func (p *plane) around(runs []run, x0, x1, luma int) (best run, ok bool) {
	for _, r := range runs {
		if r.x0 <= x0 && r.x1 >= x1 && near(r.luma, luma, p.tol) && r.length() > best.length() {
			best, ok = r, true
		}
	}
	return best, ok
}
