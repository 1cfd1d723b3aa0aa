package alignment

import (
	"context"
	"math/rand/v2"
)

// later are the kinds that were added.
func later() []kind {
	return []kind{
		{name: "jpeg 40", group: "jpeg low", want: same, make: compressed(40, 40)},
		{name: "webp 40-60", group: "webp", want: same, make: func(ctx context.Context, _ *run, c *draft) error { return c.webp(ctx, 40+c.rng.IntN(21)) }},
		{name: "messenger chain 1280", group: "messenger", want: same, pose: ratio(1.5), make: sentOn(1280)},
		{name: "messenger chain 2560", group: "messenger", want: same, pose: ratio(2), make: sentOn(2560)},
		{name: "side panel", group: "panel", want: same, make: panelled},
		{name: "edge with strip", group: "frame", want: same, make: inEdge},
		{name: "safari compact", group: "frame", want: same, make: inSafari(false)},
		{name: "desktop with dock", group: "frame", want: same, make: inSafari(true)},
		{name: "desktop with task bar", group: "frame", want: same, make: maximised},
		{name: "picture viewer", group: "viewer", want: same, make: inViewer},
		{name: "coloured border", group: "viewer", want: same, make: bordered},
		{name: "iphone bars", group: "phone", want: same, pose: handheld, make: func(ctx context.Context, r *run, c *draft) error { return r.iphone(ctx, c) }},
		{name: "firefox window", group: "window", want: same, pose: atTheTop, make: firefoxWindow(false)},
		{name: "firefox window, panel", group: "window", want: same, pose: atTheTop, make: firefoxWindow(true)},
		replaced(0.2),
	}
}

// atTheTop is where a window that was just opened stands.
func atTheTop(_ *rand.Rand, p *pose) { p.Scroll, p.Scale = 0, 1 }

// sentOn is what two messengers do that both reduce to n pixels.
func sentOn(n int) func(context.Context, *run, *draft) error {
	return func(_ context.Context, _ *run, c *draft) error {
		c.reduce(n)
		if err := c.jpeg(80); err != nil {
			return err
		}
		return c.jpeg(70)
	}
}
