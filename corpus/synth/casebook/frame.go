package casebook

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"image"
	"image/draw"
	"math/rand/v2"
	"time"
)

//go:embed frames
var frames embed.FS

// The heights of the templates' bars, in CSS pixels.
const (
	barsHeight  = 41 + 42
	taskHeight  = 46
	phoneHeight = 32 + 56 + 44
)

// frame is the window around the page, or a phone's screen.
type frame struct {
	Title, Address, Clock, Date  string
	Ink, Bar, Strip, Edge, Field template.CSS
	Tabs                         []string
	Desktop, Phone               bool
	Low                          bool // a phone's address stands below the page
	W, H                         int
}

func newFrame(p *plan, title string, where place, when time.Time) frame {
	r := rand.New(rand.NewPCG(p.chain.Draw, 2))
	f := frame{Title: title, Address: where.URL()[len("http://"):], Desktop: p.chain.Frame == "desktop", Phone: p.chain.Frame == "phone", W: p.window.Width, H: p.window.Height,
		Clock: when.UTC().Format("15:04"), Date: when.UTC().Format(time.DateOnly),
		Ink: "#202124", Bar: "#fff", Strip: "#dee1e6", Edge: "#dadce0", Field: "#f1f3f4"}
	if where.path == "/" {
		f.Address = f.Address[:len(f.Address)-1]
	}
	if p.chain.Dark {
		f.Ink, f.Bar, f.Strip, f.Edge, f.Field = "#e8eaed", "#35363a", "#202124", "#4a4c50", "#202124"
	}
	for i := range r.IntN(4) {
		f.Tabs = append(f.Tabs, []string{"Inbox (3)", "Map of the valley", "Train times"}[i])
	}
	f.Low = f.Phone && r.IntN(2) == 0
	return f
}

// paint returns the frame's HTML and its height in CSS pixels.
func (f frame) paint() ([]byte, int, error) {
	name, high := "window.html", f.H+barsHeight
	if f.Desktop {
		high += taskHeight
	}
	if f.Phone {
		name, high = "phone.html", f.H+phoneHeight
	}
	t, err := template.ParseFS(frames, "frames/"+name)
	if err != nil {
		return nil, 0, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, f)
	return b.Bytes(), high, err
}

// framed draws the frame around a picture and moves the mask along.
func (c *camera) framed(ctx context.Context, f frame, scale float64, pic *negative) error {
	html, high, err := f.paint()
	if err != nil {
		return err
	}
	s, err := c.take(ctx, state{}, pose{url: dataURL(html), win: window{Width: f.W, Height: high, Scale: scale}})
	if err != nil {
		return fmt.Errorf("draw frame: %w", err)
	}
	// At broken device pixel ratios half a pixel is rounded once up and once down.
	if d := s.hole.Size().Sub(pic.img.Rect.Size()); max(d.X, -d.X, d.Y, -d.Y) > 1 {
		return fmt.Errorf("draw frame: its hole is %v and the picture %v", s.hole.Size(), pic.img.Rect.Size())
	}
	pic.into(s.img, s.hole.Min)
	return nil
}

// negative is a picture on its way to the file, and the mask of what was altered.
type negative struct {
	img  *image.RGBA
	mask *image.Gray // nil where nothing was
}

func (n *negative) into(around *image.RGBA, at image.Point) {
	r := image.Rectangle{Min: at, Max: at.Add(n.img.Rect.Size())}
	draw.Draw(around, r, n.img, image.Point{}, draw.Src)
	n.img = around
	if n.mask == nil {
		return
	}
	mask := image.NewGray(around.Rect)
	draw.Draw(mask, r, n.mask, image.Point{}, draw.Src)
	n.mask = mask
}

// altered counts the pixels that the mask marks.
func (n *negative) altered() int {
	if n.mask == nil {
		return 0
	}
	return len(n.mask.Pix) - bytes.Count(n.mask.Pix, []byte{0})
}
