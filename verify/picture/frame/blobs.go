package frame

import "image"

// blobs are the things that stand on a plain ground inside r, from left to
// right: columns with ink, joined over gaps of up to gap columns.
func (p *plane) blobs(r image.Rectangle, ground, gap int) []image.Rectangle {
	r = r.Intersect(p.bounds())
	var out []image.Rectangle
	last := r.Min.X - gap - 2
	for x := r.Min.X; x < r.Max.X; x++ {
		top, end := p.ink(x, r.Min.Y, r.Max.Y, ground)
		if top < 0 {
			continue
		}
		col := image.Rect(x, top, x+1, end)
		if n := len(out); n > 0 && x-last <= gap {
			out[n-1] = out[n-1].Union(col)
		} else {
			out = append(out, col)
		}
		last = x
	}
	return out
}

// ink is the first row and the row after the last one of column x that stand
// out from the ground; -1 when none does.
func (p *plane) ink(x, y0, y1, ground int) (top, end int) {
	top = -1
	for y := y0; y < y1; y++ {
		if !near(int(p.pix[y*p.w+x]), ground, inkStep) {
			if top < 0 {
				top = y
			}
			end = y + 1
		}
	}
	return top, end
}

// inkStep is how far from the ground, in levels, ink must be: above what JPEG
// spreads around it, below a disabled icon.
const inkStep = 24

// icon says whether b is an icon on a bar whose field is h high and has its
// middle at row mid: not larger than the field, centred, and more than a dot. A
// flat arrow, in a reduced picture without its softened rims, is a tenth high.
func icon(b image.Rectangle, h, mid int) bool {
	w, t := b.Dx(), b.Dy()
	off := (b.Min.Y+b.Max.Y)/2 - mid
	return 5*max(w, t) >= h && 10*min(w, t) >= h && 10*w <= 12*h && near(off, 0, 1+h/6)
}

// windowButtons says whether the first three of bs are macOS's: round, evenly
// spaced, red, yellow and green. The grey ones of a window in the background
// are not told from other icons.
func (p *plane) windowButtons(bs []image.Rectangle) bool {
	if len(bs) < 3 || p.src == nil {
		return false
	}
	at := func(i int) int { return (bs[i].Min.X + bs[i].Max.X) / 2 }
	if !near(at(1)-at(0), at(2)-at(1), 2) {
		return false
	}
	for i, want := range []func(r, g, b uint32) bool{
		func(r, g, b uint32) bool { return r > 200 && g < 140 && b < 140 },
		func(r, g, b uint32) bool { return r > 200 && g > 150 && g < 225 && b < 120 },
		func(r, g, b uint32) bool { return r < 140 && g > 150 && b < 130 },
	} {
		c := p.src.Bounds().Min.Add(image.Pt(at(i), middle(bs[i])))
		r, g, b, _ := p.src.At(c.X, c.Y).RGBA()
		if !want(r>>8, g>>8, b>>8) || !near(bs[i].Dx(), bs[i].Dy(), 1+bs[i].Dy()/4) {
			return false
		}
	}
	return true
}
