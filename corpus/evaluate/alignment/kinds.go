package alignment

import (
	"context"
	"fmt"
	"image"
	"math/rand/v2"

	"github.com/defacecheck/defacecheck/corpus/claimant/photograph"
	"github.com/defacecheck/defacecheck/verify"
)

// kind is one way in which a picture comes to be. The first state of want is
// the truth; any of them counts as right.
type kind struct {
	name, group string
	want        []verify.State
	pose        func(*rand.Rand, *pose)                   // nil: as drawn
	make        func(context.Context, *run, *draft) error // nil: nothing is done to the shot
	negative    relation
	on          string // the only page that it is done with; "" is any
}

// relation is what the page of the claim is to the page of the picture.
type relation int

const (
	itself      relation = iota
	sibling              // another page of the same site
	cousin               // another site on the same template
	stranger             // another site
	translation          // the page in another language
)

var (
	same    = []verify.State{verify.Same}
	altered = []verify.State{verify.Altered}
	other   = []verify.State{verify.Other}
	unsaid  = []verify.State{verify.Uninformative, verify.Other}
	careful = []verify.State{verify.Uninformative, verify.Same}
)

func ratio(d float64) func(*rand.Rand, *pose) { return func(_ *rand.Rand, p *pose) { p.Scale = d } }

func handheld(rng *rand.Rand, p *pose) {
	p.Mobile, p.Width, p.Height = true, [...]int{360, 375, 390, 393, 412, 414, 430}[rng.IntN(7)], 640+rng.IntN(120)
	p.Scale = [...]float64{2, 2.5, 3}[rng.IntN(3)]
}

func cropped(ctx context.Context, _ *run, c *draft) error {
	b := c.img.Rect
	w, h := b.Dx(), b.Dy()
	cut := func(n int) int { return int(c.rng.Float64() * 0.25 * float64(n)) }
	c.crop(image.Rect(cut(w), cut(h), w-cut(w), h-cut(h)))
	return nil
}

func compressed(from, to int) func(context.Context, *run, *draft) error {
	return func(_ context.Context, _ *run, c *draft) error { return c.jpeg(from + c.rng.IntN(to-from+1)) }
}

func replaced(share float64) kind {
	return kind{name: fmt.Sprintf("replaced %.0f %%", 100*share), group: "replaced", want: altered,
		make: func(ctx context.Context, r *run, c *draft) error {
			if err := r.deface(ctx, c, share); err != nil || c.rng.IntN(2) == 0 {
				return err
			}
			return c.jpeg(70 + c.rng.IntN(25))
		}}
}

func inWindow(browser string, desktop bool) func(context.Context, *run, *draft) error {
	return func(ctx context.Context, r *run, c *draft) error {
		if err := r.framed(ctx, c, browser, desktop); err != nil {
			return err
		}
		if c.rng.IntN(2) == 0 {
			return c.jpeg(75 + c.rng.IntN(20))
		}
		return nil
	}
}

// photographed is a photograph in which the screen's corners stray by jitter.
func photographed(jitter float64) func(context.Context, *run, *draft) error {
	return func(_ context.Context, _ *run, c *draft) error {
		c.photo(c.rng, photograph.How{Jitter: jitter, Room: 0.04 + jitter/3, Bend: 0.002, Blur: 0.7})
		return c.jpeg(80)
	}
}

func replacedAndPhotographed(ctx context.Context, r *run, c *draft) error {
	if err := r.deface(ctx, c, 0.3); err != nil {
		return err
	}
	return photographed(0.04)(ctx, r, c)
}

// snapped is a photograph as somebody takes in passing and sends on.
func snapped(_ context.Context, _ *run, c *draft) error {
	c.photo(c.rng, photograph.How{Jitter: 0.05, Room: 0.04 + 0.08*c.rng.Float64(), Bend: 0.01, Blur: 1.2})
	c.reduce(1280)
	return c.jpeg(70)
}

// kinds is everything that is done to pictures.
func kinds() []kind { return append(first(), later()...) }

// first are the kinds that the benchmark began with. They are drawn by
// themselves, so that their pictures stay the same when kinds are added.
func first() []kind {
	out := []kind{
		{name: "scrolled", group: "scroll", want: same},
		{name: "cropped", group: "crop", want: same, make: cropped},
		{name: "reduced to 1280", group: "reduced", want: same, pose: ratio(2), make: reduced(1280)},
		{name: "reduced to 2560", group: "reduced", want: same, pose: ratio(2), make: reduced(2560)},
		{name: "unknown scale", group: "reduced", want: same, make: rescaled},
		{name: "jpeg 60-95", group: "jpeg", want: same, make: compressed(60, 95)},
		{name: "jpeg 40-59", group: "jpeg low", want: same, make: compressed(40, 59)},
		{name: "webp", group: "webp", want: same, make: inWebP},
		{name: "messenger chain", group: "messenger", want: same, make: chained},
		{name: "messenger border", group: "frame", want: same, make: func(ctx context.Context, r *run, c *draft) error { return r.messenger(ctx, c) }},
		{name: "phone", group: "phone", want: same, pose: handheld},
		{name: "phone bars", group: "phone", want: same, pose: handheld, make: func(ctx context.Context, r *run, c *draft) error { return r.phone(ctx, c) }},
		{name: "firefox", group: "firefox", want: same, pose: func(_ *rand.Rand, p *pose) { p.Firefox, p.Scale = true, 1 }},
		{name: "replaced line", group: "replaced", want: altered, pose: func(rng *rand.Rand, p *pose) { p.Edit = 1 + rng.IntN(1000) }},
		{name: "framed, replaced 30 %", group: "replaced", want: altered, make: framedAndReplaced},
		{name: "photo 1 %", group: "photo", want: same, make: photographed(0.01)},
		{name: "photo 4 %", group: "photo", want: same, make: photographed(0.04)},
		{name: "photo 8 %", group: "photo", want: same, make: photographed(0.08)},
		{name: "photo of a room", group: "photo", want: same, make: snapped},
		{name: "photo, replaced 30 %", group: "photo replaced", want: []verify.State{verify.Altered, verify.Uninformative}, make: replacedAndPhotographed},
		{name: "sibling page, photo", group: "negative", want: unsaid, negative: sibling, make: photographed(0.04)},
		{name: "other site, photo", group: "negative", want: unsaid, negative: stranger, make: photographed(0.04)},
		{name: "sibling page", group: "negative", want: other, negative: sibling},
		{name: "same template", group: "negative", want: other, negative: cousin},
		{name: "other site", group: "negative", want: other, negative: stranger},
		{name: "other site, framed", group: "negative", want: other, negative: stranger, make: inWindow("chrome", false)},
	}
	for _, d := range []float64{1.25, 1.5, 1.75, 2, 2.5, 3} {
		out = append(out, kind{name: fmt.Sprintf("dpr %.4g", d), group: "dpr", want: same, pose: ratio(d)})
	}
	for _, b := range []string{"chrome", "firefox", "edge", "safari"} {
		out = append(out, kind{name: "in " + b, group: "frame", want: same, make: inWindow(b, false)})
	}
	out = append(out, kind{name: "desktop", group: "frame", want: same, make: inWindow("chrome", true)})
	for _, s := range []float64{0.05, 0.1, 0.25, 0.5, 0.8} {
		out = append(out, replaced(s))
	}
	return append(out, bad()...)
}
