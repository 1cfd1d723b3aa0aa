package tracing

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
)

// work is a picture on its way from the browser to the file that is posted, and
// the truth about it.
type work struct {
	shot     alignment.Shot
	img      *image.NRGBA
	content  image.Rectangle
	pictures []image.Rectangle
	at       image.Rectangle // what was edited; empty when nothing was
	material func() (*image.NRGBA, error)
	rng      *rand.Rand
	tools    *tools
}

var errNotPossible = errors.New("the picture does not lend itself to it")

func newWork(s alignment.Shot) *work {
	return &work{shot: s, img: flat(s.Image), content: s.Content, pictures: append([]image.Rectangle(nil), s.Pictures...)}
}

// flat is the picture as plain pixels with its corner at 0, 0.
func flat(img image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

func cut(img *image.NRGBA, r image.Rectangle) *image.NRGBA { return flat(img.SubImage(r)) }

// put lays a patch over the picture at p: that is the edit.
func (w *work) put(patch image.Image, p image.Point) {
	r := image.Rectangle{Min: p, Max: p.Add(patch.Bounds().Size())}
	draw.Draw(w.img, r, patch, patch.Bounds().Min, draw.Src)
	w.at = w.at.Union(r.Intersect(w.img.Rect))
}

// step moves and scales everything that is known of places.
func (w *work) step(k float64, by image.Point) {
	f := func(r image.Rectangle) image.Rectangle {
		s := func(v, d int) int { return int(float64(v)*k+0.5) + d }
		return image.Rect(s(r.Min.X, by.X), s(r.Min.Y, by.Y), s(r.Max.X, by.X), s(r.Max.Y, by.Y)).Intersect(w.img.Rect)
	}
	w.content, w.at = f(w.content), f(w.at)
	for i := range w.pictures {
		w.pictures[i] = f(w.pictures[i])
	}
}

// tools are the programs that edit and save.
type tools struct {
	dir  string // for files on the way
	gimp bool
}

// magick runs ImageMagick's convert over a picture.
func (t *tools) magick(ctx context.Context, img image.Image, args ...string) (*image.NRGBA, error) {
	dir, err := os.MkdirTemp(t.dir, "magick-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "in.png"), filepath.Join(dir, "out.png")
	if err := writePNG(in, img); err != nil {
		return nil, err
	}
	all := append(append([]string{in}, args...), "-define", "png:compression-level=1", "png32:"+out)
	c := exec.CommandContext(ctx, "convert", all...)
	if said, err := c.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("edit with ImageMagick: %w: %.300s", err, said)
	}
	return readPNG(out)
}

func writePNG(name string, img image.Image) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(f, img)
	return errors.Join(err, f.Close())
}

func readPNG(name string) (*image.NRGBA, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(name), err)
	}
	return flat(img), nil
}
