package alignment

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"os/exec"

	xdraw "golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/capture"
)

// specimen is a picture on its way from the claimant's browser to the file that
// is posted, and the truth about it.
type specimen struct {
	img   *image.RGBA
	lines []capture.TextBox // in pixels of the shot
	per   float64           // pixels of the shot per CSS pixel of its layout
	at    func(x, y float64) (float64, float64)
	mask  []image.Rectangle // replaced regions, in pixels of the picture
	hole  image.Rectangle   // where the page lies in its frame, in pixels of the picture; empty without a frame
	file  []byte
	ext   string
}

func newSpecimen(s shot) (*specimen, error) {
	img, err := decode(s.PNG)
	if err != nil {
		return nil, err
	}
	return &specimen{img: img, lines: s.Lines, per: s.PerCSS, at: func(x, y float64) (float64, float64) { return x, y }}, nil
}

func decode(data []byte) (*image.RGBA, error) {
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode shot: %w", err)
	}
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out, nil
}

// moved adds a step to the map from shot to picture.
func (s *specimen) moved(k, dx, dy float64) {
	before := s.at
	s.at = func(x, y float64) (float64, float64) {
		x, y = before(x, y)
		return x*k + dx, y*k + dy
	}
	f := func(v int, d float64) int { return int(math.Round(float64(v)*k + d)) }
	step := func(m image.Rectangle) image.Rectangle {
		return image.Rect(f(m.Min.X, dx), f(m.Min.Y, dy), f(m.Max.X, dx), f(m.Max.Y, dy))
	}
	for i, m := range s.mask {
		s.mask[i] = step(m)
	}
	if !s.hole.Empty() {
		s.hole = step(s.hole)
	}
}

func (s *specimen) crop(r image.Rectangle) {
	out := image.NewRGBA(image.Rectangle{Max: r.Size()})
	draw.Draw(out, out.Rect, s.img, r.Min, draw.Src)
	s.img = out
	s.moved(1, float64(-r.Min.X), float64(-r.Min.Y))
	for i, m := range s.mask {
		s.mask[i] = m.Intersect(out.Rect)
	}
}

// resize scales to k times the size, as a good program does.
func (s *specimen) resize(k float64) {
	w, h := int(math.Round(float64(s.img.Rect.Dx())*k)), int(math.Round(float64(s.img.Rect.Dy())*k))
	out := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	xdraw.CatmullRom.Scale(out, out.Rect, s.img, s.img.Rect, draw.Src, nil)
	s.img = out
	s.moved(k, 0, 0)
}

// reduce makes the longest side at most n.
func (s *specimen) reduce(n int) {
	if long := max(s.img.Rect.Dx(), s.img.Rect.Dy()); long > n {
		s.resize(float64(n) / float64(long))
	}
}

// into puts the picture into a larger one with its corner at p.
func (s *specimen) into(around *image.RGBA, p image.Point) {
	at := image.Rectangle{Min: p, Max: p.Add(s.img.Rect.Size())}
	draw.Draw(around, at, s.img, image.Point{}, draw.Src)
	s.img = around
	s.moved(1, float64(p.X), float64(p.Y))
	s.hole = at
}

// paste replaces a region.
func (s *specimen) paste(patch image.Image, r image.Rectangle) {
	draw.Draw(s.img, r, patch, patch.Bounds().Min, draw.Src)
	s.mask = append(s.mask, r.Intersect(s.img.Rect))
}

func (s *specimen) jpeg(quality int) error {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, s.img, &jpeg.Options{Quality: quality}); err != nil {
		return err
	}
	img, err := jpeg.Decode(bytes.NewReader(b.Bytes()))
	if err != nil {
		return err
	}
	s.file, s.ext = b.Bytes(), ".jpg"
	draw.Draw(s.img, s.img.Rect, img, img.Bounds().Min, draw.Src)
	return nil
}

func (s *specimen) png() (err error) {
	s.file, err = encoded(s.img)
	s.ext = ".png"
	return err
}

// webp encodes with cwebp, Debian's package webp.
func (s *specimen) webp(ctx context.Context, quality int) error {
	if err := s.png(); err != nil {
		return err
	}
	c := exec.CommandContext(ctx, "cwebp", "-quiet", "-q", fmt.Sprint(quality), "-o", "-", "--", "-")
	c.Stdin = bytes.NewReader(s.file)
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("encode webp with cwebp: %w", err)
	}
	s.file, s.ext = out, ".webp"
	return nil
}

func filled(w, h int, c color.Color) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return out
}
