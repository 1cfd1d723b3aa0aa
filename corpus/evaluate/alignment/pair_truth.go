package alignment

import (
	"image"
	"math"
	"slices"

	"github.com/defacecheck/defacecheck/verify/align"
)

const (
	// linesShared is how many different lines of text must lie where a registration
	// says for it to be right; one that stands once on the page is enough by itself.
	linesShared = 2
	// cellsShared is how many cells of drawing must agree there, to the detail. With
	// six, a menu of three icons beside other words was taken for nothing.
	cellsShared = 3
	// cell is the side of such a cell in pixels of the page.
	cell = 32
	// cellAlike is the correlation from which two cells show the same: recompressed
	// and rescaled drawings have more, and others in the same lines 0.2.
	cellAlike = 0.8
	// cellDetail is the least deviation of the detail in a cell, in grey levels.
	cellDetail = 8
)

// shares says what picture and page have in common at the place: the truth of a
// registration between two pages. Neither uses the points that it was found by.
func (s *sheet) shares(g *glimpse, content *image.NRGBA, r align.Registration) string {
	switch {
	case s.linesAt(g, r) >= linesShared:
		return sharedWords
	case cellsAt(content, s.shot, r) >= cellsShared:
		return sharedDrawing
	}
	return sharedNothing
}

// linesAt counts the different lines of the window that also stand on the page,
// where the registration says. Those that stand once on it count for as many as
// are needed.
func (s *sheet) linesAt(g *glimpse, r align.Registration) int {
	k, found := s.view.density(), map[string]int{}
	for _, l := range g.lines {
		x, y := g.at(l.X+l.W/2, l.Y+l.H/2)
		if g.replaced(image.Pt(int(x), int(y))) {
			continue
		}
		x, y = x-float64(g.content.Min.X), y-float64(g.content.Min.Y)
		for _, t := range s.texts[short(l.Text)] {
			if slices.ContainsFunc(places(r), func(p place) bool {
				px, py := p.at((t.X+t.W/2)*k, (t.Y+t.H/2)*k)
				return math.Hypot(px-x, py-y) <= nearEnough*p.scale
			}) {
				found[l.Text] = 1
				if len(s.texts[short(l.Text)]) == 1 {
					found[l.Text] = linesShared
				}
			}
		}
	}
	n := 0
	for _, k := range found {
		n += k
	}
	return n
}

// places are where a registration lays the page.
func places(r align.Registration) (out []place) {
	if r.Homography != nil {
		return []place{{scale: r.Scale, seen: (*[9]float64)(r.Homography)}}
	}
	for _, g := range r.Groups {
		out = append(out, place{scale: r.Scale, x: g.OffsetX, y: g.OffsetY})
	}
	return out
}

// cellsAt counts the cells in which picture and page show the same drawing.
func cellsAt(content *image.NRGBA, shot image.Image, r align.Registration) int {
	n, side := 0, max(cell/2, int(math.Round(cell*r.Scale)))
	pic := align.Luma(content)
	for _, p := range places(r) {
		at := r
		at.OffsetX, at.OffsetY = p.x, p.y
		if p.seen == nil {
			at = align.At(p.scale, p.x, p.y)
		}
		page := align.Luma(align.Warp(shot, at, content.Rect))
		for y := 0; y+side <= content.Rect.Dy(); y += side {
			for x := 0; x+side <= content.Rect.Dx(); x += side {
				if detailAlike(pic, page, image.Rect(x, y, x+side, y+side)) {
					n++
				}
			}
		}
	}
	return n
}

// detailAlike correlates two cells without the means of their rows and columns,
// which leaves letters and drawing and takes away lines and edges.
func detailAlike(a, b *image.Gray, r image.Rectangle) bool {
	x, y := detail(a, r), detail(b, r)
	var xx, yy, xy float64
	for i := range x {
		xx, yy, xy = xx+x[i]*x[i], yy+y[i]*y[i], xy+x[i]*y[i]
	}
	least := float64(len(x)) * cellDetail * cellDetail
	return xx >= least && yy >= least && xy >= cellAlike*math.Sqrt(xx*yy)
}

// detail is a cell's brightness less the means of its rows and of its columns.
func detail(img *image.Gray, r image.Rectangle) []float64 {
	w, h := r.Dx(), r.Dy()
	out, rows, cols, all := make([]float64, w*h), make([]float64, h), make([]float64, w), 0.0
	for y := range h {
		for x := range w {
			v := float64(img.GrayAt(r.Min.X+x, r.Min.Y+y).Y)
			out[y*w+x] = v
			rows[y] += v / float64(w)
			cols[x] += v / float64(h)
			all += v / float64(w*h)
		}
	}
	for i := range out {
		out[i] += all - rows[i/w] - cols[i%w]
	}
	return out
}
