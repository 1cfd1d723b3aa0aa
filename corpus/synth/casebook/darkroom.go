package casebook

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"

	xdraw "golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/corpus/claimant/photograph"
)

// develop does to a picture what its chain says, and returns the file and how its
// name ends.
func develop(c chain, n *negative) ([]byte, string, error) {
	r := rand.New(rand.NewPCG(c.Draw, 3))
	if c.Crop {
		n.crop(r)
	}
	switch c.Form {
	case "jpeg":
		return n.jpeg(c.JPEG)
	case "messenger":
		if long := max(n.img.Rect.Dx(), n.img.Rect.Dy()); long > c.Length {
			n.resize(float64(c.Length) / float64(long))
		}
		return n.jpeg(c.JPEG)
	case "scaled":
		n.resize(c.Scale)
	case "photograph":
		n.photograph(r)
		return n.jpeg(c.JPEG)
	}
	var b bytes.Buffer
	err := png.Encode(&b, n.img)
	return b.Bytes(), ".png", err
}

// cropped is the most that is cut off a side.
const cropped = 0.2

func (n *negative) crop(r *rand.Rand) {
	w, h := float64(n.img.Rect.Dx()), float64(n.img.Rect.Dy())
	cut := func(of float64) int { return int(r.Float64() * cropped * of) }
	box := image.Rect(cut(w), cut(h), int(w)-cut(w), int(h)-cut(h))
	img := image.NewRGBA(image.Rectangle{Max: box.Size()})
	draw.Draw(img, img.Rect, n.img, box.Min, draw.Src)
	n.img = img
	if n.mask != nil {
		mask := image.NewGray(img.Rect)
		draw.Draw(mask, mask.Rect, n.mask, box.Min, draw.Src)
		n.mask = mask
	}
}

func (n *negative) resize(k float64) {
	w, h := int(math.Round(float64(n.img.Rect.Dx())*k)), int(math.Round(float64(n.img.Rect.Dy())*k))
	img := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	xdraw.CatmullRom.Scale(img, img.Rect, n.img, n.img.Rect, draw.Src, nil)
	n.img = img
	if n.mask == nil {
		return
	}
	// A pixel into which an altered one went is altered. The kernel reaches two
	// pixels of the larger picture for one of the smaller.
	mask := image.NewGray(img.Rect)
	reach := max(1, 2/k)
	for y := range mask.Rect.Dy() {
		for x := range mask.Rect.Dx() {
			cx, cy := (float64(x)+0.5)/k, (float64(y)+0.5)/k
			if any255(n.mask, image.Rect(int(cx-reach), int(cy-reach), int(cx+reach)+1, int(cy+reach)+1)) {
				mask.Pix[mask.PixOffset(x, y)] = 0xff
			}
		}
	}
	n.mask = mask
}

func any255(m *image.Gray, r image.Rectangle) bool {
	r = r.Intersect(m.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		if bytes.IndexByte(m.Pix[m.PixOffset(r.Min.X, y):m.PixOffset(r.Max.X-1, y)+1], 0xff) >= 0 {
			return true
		}
	}
	return false
}

func count255(m *image.Gray, r image.Rectangle) (n float64) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		n += float64(bytes.Count(m.Pix[m.PixOffset(r.Min.X, y):m.PixOffset(r.Max.X-1, y)+1], []byte{0xff}))
	}
	return n
}

func (n *negative) photograph(r *rand.Rand) {
	img, g := photograph.Take(r, n.img, photograph.How{Jitter: 0.03, Room: 0.05, Bend: 0.004, Blur: 0.8})
	n.img = img
	if n.mask == nil {
		return
	}
	mask := image.NewGray(img.Rect)
	for y := range mask.Rect.Dy() {
		for x := range mask.Rect.Dx() {
			u, v := g.Screen(float64(x)+0.5, float64(y)+0.5)
			if any255(n.mask, image.Rect(int(u)-2, int(v)-2, int(u)+3, int(v)+3)) {
				mask.Pix[mask.PixOffset(x, y)] = 0xff
			}
		}
	}
	n.mask = mask
}

func (n *negative) jpeg(quality int) ([]byte, string, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, n.img, &jpeg.Options{Quality: quality})
	return b.Bytes(), ".jpg", err
}

// differing is the mask of the pixels in which two pictures of one size disagree.
func differing(a, b *image.RGBA) *image.Gray {
	mask := image.NewGray(a.Rect)
	for i := range mask.Pix {
		if [4]byte(a.Pix[4*i:]) != [4]byte(b.Pix[4*i:]) {
			mask.Pix[i] = 0xff
		}
	}
	return mask
}
