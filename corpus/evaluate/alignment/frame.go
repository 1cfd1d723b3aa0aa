package alignment

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

//go:embed frames
var frameFiles embed.FS

var frames = template.Must(template.ParseFS(frameFiles, "frames/*.html"))

// look is what the frames' templates see. Lengths are CSS pixels.
type look struct {
	Font                           template.CSS
	Ink, Bar, Strip, Edge, Field   template.CSS
	Round, Pill                    template.CSS
	TabHeight, TabInner, BarHeight int
	Dots, Desktop                  bool
	Title, Address                 string
	Tabs, Marks                    []string
	X, Y, W, H, Side, HoleW, HoleH int
	Head, Body                     int
}

// browsers are the four common windows: the heights of their bars, where their
// buttons are and how round they are.
var browsers = map[string]look{
	"chrome":  {Font: "13px Arial,sans-serif", TabHeight: 41, TabInner: 34, BarHeight: 40, Round: "10px 10px 0 0", Pill: "15px"},
	"firefox": {Font: "13px 'DejaVu Sans',sans-serif", TabHeight: 44, TabInner: 36, BarHeight: 40, Round: "4px", Pill: "4px"},
	"edge":    {Font: "12px 'Liberation Sans',sans-serif", TabHeight: 40, TabInner: 32, BarHeight: 42, Round: "8px 8px 0 0", Pill: "15px"},
	"safari":  {Font: "13px Helvetica,sans-serif", TabHeight: 38, TabInner: 28, BarHeight: 38, Round: "7px", Pill: "7px", Dots: true},
}

func (l *look) colours(dark bool) {
	l.Ink, l.Bar, l.Strip, l.Edge, l.Field = "#202124", "#fff", "#dee1e6", "#dadce0", "#f1f3f4"
	if dark {
		l.Ink, l.Bar, l.Strip, l.Edge, l.Field = "#e8eaed", "#35363a", "#202124", "#4a4c50", "#202124"
	}
}

// framed puts the picture into a browser's window, with what people have there,
// and on a desktop if asked.
func (r *run) framed(ctx context.Context, c *draft, browser string, desktop bool) error {
	l := browsers[browser]
	l.colours(c.rng.IntN(2) == 0)
	l.Desktop = desktop
	for i := range c.rng.IntN(5) {
		l.Tabs = append(l.Tabs, [...]string{"Inbox (3)", "Map of the valley", "Train times", "How to bake rye bread"}[i])
	}
	if c.rng.IntN(2) == 0 {
		l.Marks = []string{"Mail", "News", "Bank", "Weather", "Photos"}
	}
	if c.rng.IntN(4) == 0 {
		l.Side = 210
	}
	l.HoleW, l.HoleH = c.pose.Width, c.pose.Height
	l.W, l.H = l.HoleW+l.Side, l.HoleH+l.TabHeight+l.BarHeight+min(len(l.Marks), 1)*32
	w, h := l.W, l.H
	if desktop {
		l.X, l.Y = 40+c.rng.IntN(120), 20+c.rng.IntN(50)
		w, h = l.W+l.X+40+c.rng.IntN(100), l.H+l.Y+44+c.rng.IntN(40)
	}
	return r.surround(ctx, c, "window.html", l, w, h)
}

func (r *run) phone(ctx context.Context, c *draft) error {
	l := look{HoleW: c.pose.Width, HoleH: c.pose.Height}
	l.colours(c.rng.IntN(2) == 0)
	return r.surround(ctx, c, "phone.html", l, l.HoleW, l.HoleH+28+52+44)
}

func (r *run) messenger(ctx context.Context, c *draft) error {
	l := look{HoleW: c.pose.Width, HoleH: c.pose.Height}
	l.colours(c.rng.IntN(2) == 0)
	return r.surround(ctx, c, "messenger.html", l, l.HoleW+60, l.HoleH+190)
}

// surround draws the frame and puts the picture into its hole, pixel for pixel.
func (r *run) surround(ctx context.Context, c *draft, name string, l look, w, h int) error {
	l.Address = strings.TrimPrefix(c.on.url(), "http://")
	l.Title = c.on.path
	s, err := r.paint(ctx, name, l, w, h, c.pose.Scale)
	if err != nil {
		return err
	}
	around, err := decode(s.PNG)
	if err != nil {
		return err
	}
	if s.Hole.W == 0 {
		return fmt.Errorf("draw frame %s: it has no hole", name)
	}
	c.into(around, image.Pt(int(math.Round(s.Hole.X)), int(math.Round(s.Hole.Y))))
	return nil
}

func (r *run) paint(ctx context.Context, name string, l look, w, h int, scale float64) (shot, error) {
	var b bytes.Buffer
	if err := frames.ExecuteTemplate(&b, name, l); err != nil {
		return shot{}, err
	}
	return r.draw(ctx, b.String(), w, h, scale)
}

// deface replaces share of the picture's area by a part of a defacement.
func (r *run) deface(ctx context.Context, c *draft, share float64) error {
	b := c.img.Rect
	// Not always of the picture's shape: from twice as flat to twice as upright.
	flat := math.Exp2(c.rng.Float64()*2 - 1)
	w := math.Min(1, math.Max(share, math.Sqrt(share)*flat))
	size := image.Pt(int(w*float64(b.Dx())), int(share/w*float64(b.Dy())))
	at := image.Pt(c.rng.IntN(b.Dx()-size.X+1), c.rng.IntN(b.Dy()-size.Y+1))
	s, err := r.paint(ctx, "panel.html", panel(c.rng, size), size.X, size.Y, 1)
	if err != nil {
		return err
	}
	patch, err := decode(s.PNG)
	if err != nil {
		return err
	}
	c.paste(patch, image.Rectangle{Min: at, Max: at.Add(size)})
	if c.left() < leastLeft {
		return errNotPossible
	}
	return nil
}

// leastLeft is how many squares of 32 px must hold something of the page beside what was
// replaced: of a picture with less nobody could say whose page it was.
const leastLeft = 6

// left counts the squares of the picture in which the page shows more than a ground and
// nothing was replaced.
func (s *specimen) left() int {
	const side, ink = 32, 40 // px; levels of luma
	n := 0
	for y := 0; y+side <= s.img.Rect.Dy(); y += side {
		for x := 0; x+side <= s.img.Rect.Dx(); x += side {
			square := image.Rect(x, y, x+side, y+side)
			if !slices.ContainsFunc(s.mask, square.Overlaps) && contrast(s.img, square) >= ink {
				n++
			}
		}
	}
	return n
}

// contrast is the range of luma, in levels, within a rectangle.
func contrast(img *image.RGBA, r image.Rectangle) int {
	low, high := 255, 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			v := int(color.GrayModel.Convert(img.RGBAAt(x, y)).(color.Gray).Y)
			low, high = min(low, v), max(high, v)
		}
	}
	return high - low
}

func panel(rng *rand.Rand, size image.Point) look {
	styles := [...]look{
		{Ink: "#39ff6a", Strip: "#000", Edge: "#39ff6a", Font: "monospace"},
		{Ink: "#b00000", Strip: "#fff", Edge: "#b00000", Font: "serif"},
		{Ink: "#f4f4ff", Strip: "linear-gradient(160deg,#320d4f,#080818 60%,#5c0a1d)", Edge: "#d0b0ff", Font: "sans-serif"},
		{Ink: "#ffd84a", Strip: "repeating-linear-gradient(45deg,#141414 0 14px,#1f1f1f 14px 28px)", Edge: "#e33", Font: "sans-serif"},
	}
	l := styles[rng.IntN(len(styles))]
	l.Title = [...]string{"OWNED BY PAPER KITE", "H4CK3D", "Paper Kite was here"}[rng.IntN(3)]
	l.Address = "Your server was open for eleven days. We have read your mail. Patch it and think about what you publish."
	l.Head, l.Body = max(14, size.X/14), max(10, size.X/40)
	return l
}
