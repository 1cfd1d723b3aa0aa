package address

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// glyph is a connected piece of ink, mostly a letter, and how strong that is.
type glyph struct {
	box    image.Rectangle
	pixels []image.Point
	ink    float64
}

// groundOf is a pixel of the bar's most frequent colour, in steps of 16.
func groundOf(img *image.NRGBA, bar image.Rectangle) (x, y int) {
	count, at := map[[3]uint8]int{}, map[[3]uint8]image.Point{}
	var best [3]uint8
	for y := bar.Min.Y; y < bar.Max.Y; y++ {
		for x := bar.Min.X; x < bar.Max.X; x++ {
			p := img.Pix[img.PixOffset(x, y):]
			key := [3]uint8{p[0] >> 4, p[1] >> 4, p[2] >> 4}
			if count[key]++; count[key] == 1 {
				at[key] = image.Pt(x, y)
			}
			if count[key] > count[best] {
				best = key
			}
		}
	}
	return at[best].X, at[best].Y
}

// glyphs are the connected pieces of ink from left to right. What is wider than the
// bar is high is a rule, a button or letters grown together, and of no one ink.
func glyphs(img *image.NRGBA, bar image.Rectangle, base color.NRGBA) []glyph {
	inks := inkMap{bar, make([]uint8, bar.Dx()*bar.Dy())}
	for y := bar.Min.Y; y < bar.Max.Y; y++ {
		for x := bar.Min.X; x < bar.Max.X; x++ {
			if d := inkAt(img, x, y, base); d >= inkLeast {
				*inks.at(image.Pt(x, y)) = uint8(d)
			}
		}
	}
	var all []glyph
	for x := bar.Min.X; x < bar.Max.X; x++ { // in order, so that the same picture gives the same
		for y := bar.Min.Y; y < bar.Max.Y; y++ {
			if g := connected(inks, image.Pt(x, y)); len(g.pixels) > 0 && g.box.Dx() <= bar.Dy() {
				all = append(all, g)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b glyph) int {
		return cmp.Compare(a.box.Min.X+a.box.Max.X, b.box.Min.X+b.box.Max.X)
	})
	return all
}

func inkAt(img *image.NRGBA, x, y int, base color.NRGBA) float64 {
	p := img.NRGBAAt(x, y)
	apart := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	return float64(max(apart(p.R, base.R), apart(p.G, base.G), apart(p.B, base.B)))
}

// inkMap is the ink of each pixel of a bar, 0 for none.
type inkMap struct {
	bar image.Rectangle
	ink []uint8
}

// at is the ink of a pixel, nil outside of the bar.
func (m inkMap) at(p image.Point) *uint8 {
	if !p.In(m.bar) {
		return nil
	}
	return &m.ink[(p.Y-m.bar.Min.Y)*m.bar.Dx()+p.X-m.bar.Min.X]
}

// connected takes the piece of ink that holds a pixel out of inks.
func connected(inks inkMap, at image.Point) glyph {
	var g glyph
	var strokes []float64
	todo := []image.Point{at}
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		ink := inks.at(p)
		if ink == nil || *ink == 0 {
			continue
		}
		g.pixels, strokes = append(g.pixels, p), append(strokes, float64(*ink))
		*ink = 0
		g.box = g.box.Union(image.Rect(p.X, p.Y, p.X+1, p.Y+1))
		todo = append(todo, image.Pt(p.X-1, p.Y), image.Pt(p.X+1, p.Y), image.Pt(p.X, p.Y-1), image.Pt(p.X, p.Y+1))
	}
	if len(strokes) > 0 {
		g.ink = upper(strokes)
	}
	return g
}

// upper is the mean of the upper quarter: the strokes' own ink, without their
// softened edges.
func upper(all []float64) float64 {
	slices.Sort(all)
	top := all[len(all)*3/4:]
	sum := 0.0
	for _, v := range top {
		sum += v
	}
	return sum / float64(len(top))
}
