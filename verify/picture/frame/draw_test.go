package frame_test

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
)

// sheet is a picture drawn in CSS px at a pixel ratio.
type sheet struct {
	*image.NRGBA
	dpr float64
	rnd *rand.Rand
	tab image.Rectangle // the active one drawn last
}

func newSheet(w, h int, dpr float64, seed uint64) *sheet {
	s := &sheet{image.NewNRGBA(image.Rect(0, 0, int(float64(w)*dpr), int(float64(h)*dpr))), dpr, rand.New(rand.NewPCG(seed, 7)), image.Rectangle{}}
	s.fill(s.Rect, grey(255))
	return s
}

func grey(v uint8) color.NRGBA { return color.NRGBA{v, v, v, 255} }

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

func (s *sheet) px(v float64) int { return int(math.Round(v * s.dpr)) }

// at is the rectangle in device pixels of one given in CSS px.
func (s *sheet) at(x, y, w, h float64) image.Rectangle {
	return image.Rect(s.px(x), s.px(y), s.px(x+w), s.px(y+h))
}

func (s *sheet) fill(r image.Rectangle, c color.NRGBA) {
	if r = r.Intersect(s.Rect); r.Empty() {
		return
	}
	first := s.Pix[s.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	for i := 0; i < len(first); i += 4 {
		first[i], first[i+1], first[i+2], first[i+3] = c.R, c.G, c.B, c.A
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(s.Pix[s.PixOffset(r.Min.X, y):], first)
	}
}

// pill draws a rectangle with rounded ends, softened as browsers do.
func (s *sheet) pill(r image.Rectangle, radius float64, c color.NRGBA) {
	k := int(radius + 1)
	s.fill(image.Rect(r.Min.X, r.Min.Y+k, r.Max.X, r.Max.Y-k), c)
	s.fill(image.Rect(r.Min.X+k, r.Min.Y, r.Max.X-k, r.Max.Y), c)
	for y := range min(k, r.Dy()/2) {
		for x := range min(k, r.Dx()/2) {
			a := math.Min(1, math.Max(0, radius-math.Hypot(math.Max(0, radius-float64(x)-.5), math.Max(0, radius-float64(y)-.5))+.5))
			for _, at := range []image.Point{{r.Min.X + x, r.Min.Y + y}, {r.Max.X - 1 - x, r.Min.Y + y}, {r.Min.X + x, r.Max.Y - 1 - y}, {r.Max.X - 1 - x, r.Max.Y - 1 - y}} {
				s.blend(at, c, a)
			}
		}
	}
}

func (s *sheet) blend(at image.Point, c color.NRGBA, a float64) {
	if !at.In(s.Rect) {
		return
	}
	o := s.NRGBAAt(at.X, at.Y)
	mix := func(from, to uint8) uint8 { return uint8(float64(from)*(1-a) + float64(to)*a + .5) }
	s.SetNRGBA(at.X, at.Y, color.NRGBA{mix(o.R, c.R), mix(o.G, c.G), mix(o.B, c.B), 255})
}

// words draws lines like letters: strokes of uneven height, in words.
func (s *sheet) words(x, y, w, size float64, c color.NRGBA) {
	for end := x + w; x < end; x += size * .35 {
		for range 2 + s.rnd.IntN(8) {
			if x > end-size*.6 {
				return
			}
			high := size * (.55 + .45*float64(s.rnd.IntN(2)))
			s.fill(s.at(x, y+size-high, size*.13, high), c)
			if s.rnd.IntN(2) == 0 {
				s.fill(s.at(x, y+size*.5, size*.4, size*.12), c)
			}
			x += size * .55
		}
	}
}

// icon draws a sign of the size given: an outline with a stroke in it.
func (s *sheet) icon(x, y, size float64, c, ground color.NRGBA) {
	s.pill(s.at(x, y, size, size), size*s.dpr/2, c)
	s.pill(s.at(x+2, y+2, size-4, size-4), (size-4)*s.dpr/2, ground)
	s.fill(s.at(x+size/2-1, y, 2, size*.6), c)
}

// picture fills r with something like a photograph.
func (s *sheet) picture(r image.Rectangle) {
	fx, fy, p := .004+.02*s.rnd.Float64(), .004+.02*s.rnd.Float64(), s.rnd.Float64()*6
	across := make([]float64, r.Dx())
	for x := range across {
		across[x] = 110 + 60*math.Sin(fx*float64(x)+p)
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		down, noise := 50*math.Cos(fy*float64(y)), s.rnd.Uint64()
		for x := r.Min.X; x < r.Max.X; x++ {
			noise = noise*6364136223846793005 + 1442695040888963407
			v := across[x-r.Min.X] + down + float64(noise>>60)*.8
			if at := s.PixOffset(x, y); (image.Point{x, y}).In(s.Rect) {
				s.Pix[at], s.Pix[at+1], s.Pix[at+2] = clamp(v), clamp(v*.8), clamp(v*.6)
			}
		}
	}
}

func clamp(v float64) uint8 { return uint8(math.Max(0, math.Min(255, v))) }
