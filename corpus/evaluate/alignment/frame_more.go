package alignment

import (
	"context"
	"image"
	"image/color"
)

// tabbed gives the window some tabs beside the page's own.
func (l *look) tabbed(c *draft, most int) {
	for i := range c.rng.IntN(most + 1) {
		l.Tabs = append(l.Tabs, [...]string{"Inbox (3)", "Map of the valley", "Train times"}[i])
	}
}

func newLook(c *draft) look {
	l := look{HoleW: c.pose.Width, HoleH: c.pose.Height}
	l.colours(c.rng.IntN(2) == 0)
	return l
}

// panelled is a window with a panel left of the page.
func panelled(ctx context.Context, r *run, c *draft) error {
	browser := [...]string{"chrome", "firefox", "edge", "safari"}[c.rng.IntN(4)]
	l := browsers[browser]
	l.colours(c.rng.IntN(2) == 0)
	l.tabbed(c, 3)
	l.Side = 200 + c.rng.IntN(160)
	l.HoleW, l.HoleH = c.pose.Width, c.pose.Height
	l.W, l.H = l.HoleW+l.Side, l.HoleH+l.TabHeight+l.BarHeight
	return r.surround(ctx, c, "window.html", l, l.W, l.H)
}

// inEdge is a window like Edge's with its strip of programs on the right.
func inEdge(ctx context.Context, r *run, c *draft) error {
	l := newLook(c)
	l.tabbed(c, 3)
	l.Side = 48
	return r.surround(ctx, c, "edge.html", l, l.HoleW+l.Side, l.HoleH+82)
}

// safariBars are the heights of Safari's bar and of its row of tabs.
const safariBar, safariTabs = 52, 28

// inSafari is a window like Safari's, alone or between menu bar and dock.
func inSafari(desktop bool) func(context.Context, *run, *draft) error {
	return func(ctx context.Context, r *run, c *draft) error {
		l := newLook(c)
		l.tabbed(c, 2)
		l.Desktop = desktop
		l.W, l.H = l.HoleW, l.HoleH+safariBar+safariTabs*min(1, len(l.Tabs))
		w, h := l.W, l.H
		if desktop {
			l.BarHeight = 26
			l.X, l.Y = 20+c.rng.IntN(160), l.BarHeight+c.rng.IntN(40)
			w, h = l.X+l.W+20+c.rng.IntN(160), l.Y+l.H+80
		}
		return r.surround(ctx, c, "safari.html", l, w, h)
	}
}

// maximised is a window over the whole screen with a task bar below.
func maximised(ctx context.Context, r *run, c *draft) error {
	if err := inEdge(ctx, r, c); err != nil {
		return err
	}
	l, page := newLook(c), c.hole
	b := c.img.Rect
	l.HoleW, l.HoleH = int(float64(b.Dx())/c.pose.Scale), int(float64(b.Dy())/c.pose.Scale)
	l.BarHeight = 48
	if err := r.surround(ctx, c, "taskbar.html", l, l.HoleW, l.HoleH+l.BarHeight); err != nil {
		return err
	}
	c.hole = page // the bar lies below: what was in its place still is
	return nil
}

// inViewer is the bare picture in a program that shows pictures, or in a
// messenger that fills the screen with it.
func inViewer(ctx context.Context, r *run, c *draft) error {
	l := newLook(c)
	l.TabHeight, l.BarHeight = 36+c.rng.IntN(30), 30+c.rng.IntN(40)
	x, y := c.rng.IntN(120), c.rng.IntN(120)*c.rng.IntN(2)
	l.X, l.Y = x, l.TabHeight+y
	l.W, l.H = l.HoleW+2*x, l.Y+l.HoleH+y+l.BarHeight
	return r.surround(ctx, c, "viewer.html", l, l.W, l.H)
}

func (r *run) iphone(ctx context.Context, c *draft) error {
	l := newLook(c)
	return r.surround(ctx, c, "iphone.html", l, l.HoleW, l.HoleH+47+56+44+34)
}

// bordered puts a border of one colour around the bare picture, or bars along two
// of its sides.
func bordered(_ context.Context, _ *run, c *draft) error {
	b := c.img.Rect
	x, y := 6+c.rng.IntN(b.Dx()/10), 6+c.rng.IntN(b.Dy()/5)
	switch c.rng.IntN(3) {
	case 0:
		x = 0
	case 1:
		y = 0
	}
	paint := [...]color.RGBA{{0, 0, 0, 255}, {14, 22, 33, 255}, {229, 221, 213, 255}, {7, 94, 84, 255}, {255, 255, 255, 255}, {200, 30, 40, 255}}[c.rng.IntN(6)]
	c.into(filled(b.Dx()+2*x, b.Dy()+2*y, paint), image.Pt(x, y))
	return c.jpeg(80)
}
