package alignment

import (
	"context"
	"image"
	"image/color"
	"math/rand/v2"
)

func reduced(longest int) func(context.Context, *run, *draft) error {
	return func(_ context.Context, _ *run, c *draft) error {
		c.reduce(longest)
		return c.jpeg(82)
	}
}

func rescaled(_ context.Context, _ *run, c *draft) error {
	c.resize(0.55 + 0.4*c.rng.Float64())
	return c.jpeg(85)
}

func inWebP(ctx context.Context, _ *run, c *draft) error { return c.webp(ctx, 50+c.rng.IntN(45)) }

// chained is what two messengers in a row do.
func chained(_ context.Context, _ *run, c *draft) error {
	c.reduce([...]int{1280, 1600, 2560}[c.rng.IntN(3)])
	if err := c.jpeg(80); err != nil {
		return err
	}
	c.reduce(1280)
	return c.jpeg(70)
}

func framedAndReplaced(ctx context.Context, r *run, c *draft) error {
	if err := r.deface(ctx, c, 0.3); err != nil {
		return err
	}
	return inWindow("chrome", false)(ctx, r, c)
}

// bad is input that tells nothing, or nearly.
func bad() []kind {
	plain := func(w, h int, c color.Color) func(context.Context, *run, *draft) error {
		return func(_ context.Context, _ *run, d *draft) error {
			d.into(filled(w, h, c), image.Pt(w, h)) // the shot ends up outside
			return nil
		}
	}
	return []kind{
		{name: "blank", group: "bad", want: unsaid, make: plain(1366, 768, color.White)},
		{name: "one colour", group: "bad", want: unsaid, make: plain(1280, 900, color.RGBA{40, 90, 160, 255})},
		{name: "one row", group: "bad", want: append(careful[:2:2], "other"), make: func(_ context.Context, _ *run, c *draft) error {
			y := c.img.Rect.Dy() / 2
			c.crop(image.Rect(0, y, c.img.Rect.Dx(), y+1))
			return nil
		}},
		{name: "larger than the page", group: "bad", want: careful, make: func(_ context.Context, _ *run, c *draft) error {
			b := c.img.Rect
			c.into(filled(b.Dx()*2, b.Dy()*6, color.RGBA{60, 60, 60, 255}), image.Pt(b.Dx()/2, b.Dy()))
			return nil
		}},
		{name: "text on black", group: "bad", want: unsaid, make: textOnBlack},
		{name: "tiled background", group: "bad", want: careful, on: "made/tiles.html", pose: func(_ *rand.Rand, p *pose) { p.Scroll = 1 }},
		{name: "wrong language", group: "bad", want: unsaid, negative: translation},
	}
}

func textOnBlack(ctx context.Context, r *run, c *draft) error {
	l := look{Ink: "#ddd", Strip: "#000", Edge: "#000", Font: "monospace", Title: "hacked", Address: "no system is safe", Head: 40, Body: 18}
	s, err := r.paint(ctx, "panel.html", l, 1200, 800, 1)
	if err != nil {
		return err
	}
	img, err := decode(s.PNG)
	if err != nil {
		return err
	}
	c.img = img
	return nil
}
