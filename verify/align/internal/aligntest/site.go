package aligntest

import (
	"image"
	"image/color"
	"math/rand/v2"
)

// Site is what the pages of one site share.
type Site struct {
	seed                     uint64
	name                     string
	ink, paper, accent, band color.RGBA
	body                     float64
	side                     bool
	nav                      []string
	dark                     bool
}

// NewSite makes up a site.
func NewSite(seed uint64) Site {
	rng := rand.New(rand.NewPCG(seed, 1))
	s := Site{seed: seed, name: Words(rng, 2), ink: color.RGBA{40, 40, 44, 255}, paper: color.RGBA{255, 255, 255, 255},
		body: float64(13 + rng.IntN(5)), side: rng.IntN(3) == 0, dark: rng.IntN(5) == 0}
	s.accent = color.RGBA{uint8(rng.IntN(200)), uint8(rng.IntN(160)), uint8(rng.IntN(220)), 255}
	s.band = color.RGBA{uint8(200 + rng.IntN(50)), uint8(200 + rng.IntN(50)), uint8(200 + rng.IntN(50)), 255}
	if s.dark {
		s.ink, s.paper, s.band = color.RGBA{225, 225, 225, 255}, color.RGBA{18, 20, 24, 255}, color.RGBA{40, 44, 52, 255}
	}
	for range 4 + rng.IntN(4) {
		s.nav = append(s.nav, Words(rng, 1))
	}
	return s
}

// HeaderHeight is the height of the band on top of every page.
const HeaderHeight = 96

// Page draws page number n of the site, width px wide and height px high.
func (s Site) Page(a *Artist, n uint64, width, height int) *image.RGBA {
	rng := rand.New(rand.NewPCG(s.seed, 100+n))
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	Fill(img, img.Rect, s.paper)
	s.header(a, img)
	left := (width - min(width-40, 1100)) / 2
	right := width - left
	if s.side {
		s.sidebar(a, img, left)
		left += 260
	}
	y := HeaderHeight + 30
	for y < height-200 {
		y = s.section(a, img, rng, left, right, y) + 28
	}
	Fill(img, image.Rect(0, height-120, width, height), s.band)
	a.Text(img, "(c) "+s.name+" - "+Words(rng, 6), left, height-60, s.body, false, s.ink)
	return img
}

func (s Site) header(a *Artist, img *image.RGBA) {
	w := img.Rect.Dx()
	Fill(img, image.Rect(0, 0, w, HeaderHeight), s.band)
	Fill(img, image.Rect(0, HeaderHeight-4, w, HeaderHeight), s.accent)
	a.Text(img, s.name, 30, 58, 30, true, s.accent)
	x := 420
	for _, n := range s.nav {
		a.Text(img, n, x, 54, 15, false, s.ink)
		x += a.Width(n, 15, false) + 28
	}
}

func (s Site) sidebar(a *Artist, img *image.RGBA, left int) {
	rng := rand.New(rand.NewPCG(s.seed, 2))
	Fill(img, image.Rect(left, HeaderHeight+24, left+220, HeaderHeight+520), s.band)
	for i := range 14 {
		a.Text(img, Words(rng, 2), left+16, HeaderHeight+60+i*32, s.body, false, s.accent)
	}
}

func (s Site) section(a *Artist, img *image.RGBA, rng *rand.Rand, left, right, y int) int {
	switch rng.IntN(6) {
	case 0:
		h := 160 + rng.IntN(200)
		Photo(img, image.Rect(left, y, right, min(y+h, img.Rect.Max.Y-130)), rng)
		return y + h
	case 1:
		return s.cards(a, img, rng, left, right, y)
	case 2:
		h := 200
		r := image.Rect(left, y, left+320, min(y+h, img.Rect.Max.Y-130))
		Photo(img, r, rng)
		return max(s.paragraph(a, img, rng, left+350, right, y, 7), y+h)
	default:
		a.Text(img, Words(rng, 3), left, y+30, 26, true, s.accent)
		return s.paragraph(a, img, rng, left, right, y+48, 4+rng.IntN(7))
	}
}

func (s Site) cards(a *Artist, img *image.RGBA, rng *rand.Rand, left, right, y int) int {
	w := (right - left - 40) / 3
	for i := range 3 {
		x := left + i*(w+20)
		Fill(img, image.Rect(x, y, x+w, y+210), s.band)
		Fill(img, image.Rect(x, y, x+w, y+3), s.accent)
		a.Text(img, Words(rng, 2), x+14, y+36, 18, true, s.ink)
		s.paragraph(a, img, rng, x+14, x+w-14, y+48, 5)
	}
	return y + 210
}

func (s Site) paragraph(a *Artist, img *image.RGBA, rng *rand.Rand, left, right, y, lines int) int {
	step := int(s.body * 1.6)
	for range lines {
		y += step
		line := Words(rng, 2)
		for {
			next := line + " " + Words(rng, 1)
			if left+a.Width(next, s.body, false) > right {
				break
			}
			line = next
		}
		if y > img.Rect.Max.Y-130 {
			break
		}
		a.Text(img, line, left, y, s.body, false, s.ink)
	}
	return y + 10
}

// Defacement draws a sparse defacement: black, a few centred lines, and every
// second time a picture.
func Defacement(a *Artist, seed uint64, width, height int) *image.RGBA {
	rng := rand.New(rand.NewPCG(seed, 3))
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	Fill(img, img.Rect, color.RGBA{0, 0, 0, 255})
	inks := []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {255, 255, 255, 255}, {200, 200, 200, 255}}
	y := height/5 + rng.IntN(60)
	if seed%2 == 0 {
		Photo(img, image.Rect(width/2-120, y, width/2+120, y+180), rng)
		y += 200
	}
	a.centre(img, "Hacked By "+Words(rng, 1), y+60, float64(36+rng.IntN(20)), inks[rng.IntN(4)])
	for i := range 1 + rng.IntN(4) {
		a.centre(img, Words(rng, 3+rng.IntN(5)), y+110+i*30, 18, inks[rng.IntN(4)])
	}
	return img
}

func (a *Artist) centre(img *image.RGBA, s string, y int, size float64, c color.Color) {
	a.Text(img, s, (img.Rect.Dx()-a.Width(s, size, true))/2, y, size, true, c)
}
