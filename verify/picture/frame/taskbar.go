package frame

import "image"

// Heights of a task bar in heights of the address field: 24 CSS px of a panel
// to 60 of a dock, against 28 to 36 of a field.
const taskLow, taskHigh = 0.6, 2.2

// taskBar is the row where a desktop's task bar begins, 0 when there is none: a
// strip at the bottom across the whole picture, plain at its upper and lower
// rim, with at least three icons of a size, evenly spaced, and a clock at its
// right end. A page's footer or cookie notice has not all of these. field is the
// height of an address field in the same picture, in pixels.
func (p *plane) taskBar(field int) int {
	low, high := int(taskLow*float64(field)), int(taskHigh*float64(field))
	for y := p.h - low; y >= max(1, p.h-high); y-- {
		if p.stepped(y, 0, p.w) < 0.8 {
			continue
		}
		if p.taskLike(image.Rect(0, y, p.w, p.h)) {
			return y
		}
	}
	return 0
}

func (p *plane) taskLike(r image.Rectangle) bool {
	if !p.level(r) {
		return false
	}
	ground, rim := p.ground(r), max(1, r.Dy()/12)
	in := image.Rect(0, r.Min.Y+rim, p.w, r.Max.Y-rim)
	return p.iconRow(in, ground) && !p.clockRight(r).Empty()
}

// iconRow says whether three neighbours in r are icons: each higher than 0.35
// of r, about square, and at one pitch.
func (p *plane) iconRow(r image.Rectangle, ground int) bool {
	var at []int
	for _, b := range p.blobs(r, ground, max(2, r.Dy()/10)) {
		if 100*b.Dy() < 35*r.Dy() || 10*b.Dx() > 16*b.Dy() || 10*b.Dy() > 16*b.Dx() {
			at = at[:0]
			continue
		}
		at = append(at, (b.Min.X+b.Max.X)/2)
		if n := len(at); n >= 3 && at[n-1]-at[n-3] < 5*r.Dy() && near(at[n-1]-at[n-2], at[n-2]-at[n-3], 2+r.Dy()/12) {
			return true
		}
	}
	return false
}

// ground is the most frequent luma of r.
func (p *plane) ground(r image.Rectangle) int {
	r = r.Intersect(p.bounds())
	var hist [256]int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range p.row(y)[r.Min.X:r.Max.X] {
			hist[v]++
		}
	}
	luma, _ := p.mode(&hist)
	return luma
}

// clockRight is the last group of text in a horizontal bar, when it stands in
// the last eighth of it or within six heights of its end: the clock of a task
// bar, with what may follow it there. Empty when the end of the bar is bare.
func (p *plane) clockRight(r image.Rectangle) image.Rectangle {
	reach := min(r.Dx()/3, max(r.Dx()/8, 6*r.Dy()))
	end := image.Rect(r.Max.X-reach, r.Min.Y+1, r.Max.X, r.Max.Y-1)
	bs := p.blobs(end, p.ground(r), max(4, r.Dy()/2))
	for i := len(bs) - 1; i >= 0; i-- {
		if b := bs[i]; b.Dx() >= r.Dy()/2 && b.Dy() >= r.Dy()/6 && b.Dx() < reach {
			return b.Inset(-2).Intersect(r)
		}
	}
	return image.Rectangle{}
}
