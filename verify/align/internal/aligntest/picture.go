package aligntest

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"

	xdraw "golang.org/x/image/draw"
)

// Cut copies a window out of a page.
func Cut(page image.Image, r image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: r.Size()})
	draw.Draw(out, out.Rect, page, r.Min, draw.Src)
	return out
}

// Resize scales a picture with a cubic filter, as viewers and messengers do.
func Resize(img image.Image, factor float64) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(b.Dx())*factor+.5)), max(1, int(float64(b.Dy())*factor+.5))))
	xdraw.CatmullRom.Scale(out, out.Rect, img, b, draw.Src, nil)
	return out
}

// Recompress passes a picture through JPEG.
func Recompress(img image.Image, quality int) (image.Image, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	return jpeg.Decode(&b)
}

// Framed puts browser bars of the given heights above and below.
func Framed(a *Artist, img image.Image, top, bottom int) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()+top+bottom))
	Fill(out, out.Rect, color.RGBA{222, 225, 230, 255})
	Bars(a, out, top, bottom)
	draw.Draw(out, image.Rect(0, top, b.Dx(), top+b.Dy()), img, b.Min, draw.Src)
	return out
}

// Bars paints browser bars over the edges of a picture.
func Bars(a *Artist, out *image.RGBA, top, bottom int) {
	w, h := out.Rect.Dx(), out.Rect.Dy()
	Fill(out, image.Rect(0, 0, w, top), color.RGBA{222, 225, 230, 255})
	if top > 40 {
		Fill(out, image.Rect(8, 8, 250, 40), color.RGBA{255, 255, 255, 255})
		a.Text(out, "Welcome - a page", 40, 30, 13, false, color.Black)
		Fill(out, image.Rect(120, top-34, w-90, top-8), color.RGBA{241, 243, 244, 255})
		a.Text(out, "https://www.example.org/path/to/page", 140, top-16, 13, false, color.Black)
		a.Text(out, "< > o", 20, top-14, 18, true, color.Black)
		a.Text(out, "* = :", w-70, top-14, 18, true, color.Black)
	}
	if bottom == 0 {
		return
	}
	Fill(out, image.Rect(0, h-bottom, w, h), color.RGBA{32, 32, 40, 255})
	for x := 10; x < w-100; x += 48 {
		Fill(out, image.Rect(x, h-bottom+6, x+24, h-bottom+30), color.RGBA{uint8(x * 7), uint8(x * 3), 180, 255})
	}
	a.Text(out, "12:34", w-80, h-bottom/2, 12, false, color.White)
}

// Deface replaces r of a picture by a defacement.
func Deface(a *Artist, img *image.RGBA, r image.Rectangle, seed uint64) {
	Fill(img, r, color.RGBA{8, 8, 8, 255})
	rng := rand.New(rand.NewPCG(seed, 4))
	sub := img.SubImage(r).(*image.RGBA)
	for y := r.Min.Y + 36; y < r.Max.Y; y += 44 {
		a.Text(sub, "HACKED BY "+Words(rng, 3), r.Min.X+20, y, 24, true, color.RGBA{240, 30, 30, 255})
	}
}

// Reword replaces one line of text, 420x40 px, whose top left corner is at.
func Reword(a *Artist, img *image.RGBA, at image.Point, paper, ink color.Color) image.Rectangle {
	r := image.Rectangle{at, at.Add(image.Pt(420, 40))}
	Fill(img, r, paper)
	a.Text(img, "HACKED BY NOBODY 2024 greetz", at.X+6, at.Y+28, 22, true, ink)
	return r
}
