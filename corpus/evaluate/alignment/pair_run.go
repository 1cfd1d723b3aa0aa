package alignment

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"path/filepath"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// survey judges n pairs of different pages of a set.
func (r *run) survey(ctx context.Context, set string, pages []subject, n int) ([]*pairOutcome, error) {
	all := r.pairs(pages, n)
	if err := r.exposeAll(ctx, all); err != nil {
		return nil, err
	}
	type key struct {
		page subject
		view capture.Viewport
	}
	parts, order := map[key][]pair{}, []key{}
	for _, p := range all {
		k := key{p.page, p.view}
		if parts[k] == nil {
			order = append(order, k)
		}
		parts[k] = append(parts[k], p)
	}
	got := make([][]*pairOutcome, len(order))
	var done atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(r.o.jobs)
	for i, k := range order {
		g.Go(func() (err error) {
			if got[i], err = r.against(ctx, set, k.page, k.view, parts[k]); err != nil {
				return fmt.Errorf("compare pictures with %s: %w", k.page, err)
			}
			r.say("%s: %d of %d pairs of different pages, %s at %d", set, done.Add(int64(len(parts[k]))), len(all), k.page, k.view.Width)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var out []*pairOutcome
	for _, part := range got {
		out = append(out, part...)
	}
	return out, nil
}

// exposeAll takes the pictures of the windows that the pairs need. Windows of one
// page are taken in one visit.
func (r *run) exposeAll(ctx context.Context, all []pair) error {
	visits, order := map[string][]*glimpse{}, []string{}
	met := map[*glimpse]bool{}
	for _, p := range all {
		if g := p.window; !met[g] {
			met[g] = true
			if visits[g.pose.URL] == nil {
				order = append(order, g.pose.URL)
			}
			visits[g.pose.URL] = append(visits[g.pose.URL], g)
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(r.o.jobs)
	for _, url := range order {
		g.Go(func() error { return r.visit(ctx, visits[url]) })
	}
	return g.Wait()
}

// visit takes the pictures of one page's windows.
func (r *run) visit(ctx context.Context, of []*glimpse) error {
	var scrolls []float64
	for _, g := range r.glimpsesOf(of[0].on, of[0].twin) {
		scrolls = append(scrolls, g.pose.Scroll)
	}
	p := of[0].pose
	p.Scroll = 0
	shots, err := r.photographs(ctx, p.URL+" "+of[0].on.site.digest, p, scrolls)
	if err != nil {
		return err
	}
	r.say("took %d windows of %s", len(shots), p.URL)
	for _, g := range of {
		if err := g.expose(ctx, r, shots[g.place]); err != nil {
			return fmt.Errorf("make %s: %w", g.id, err)
		}
	}
	return nil
}

// against holds windows against one rendering of a page.
func (r *run) against(ctx context.Context, set string, on subject, v capture.Viewport, pairs []pair) ([]*pairOutcome, error) {
	c, err := r.stand.before().Live(ctx, capture.Request{URL: on.url(), Viewport: v, FullPage: true})
	if err != nil {
		return nil, err
	}
	s, err := newSheet(c)
	if err != nil {
		return nil, err
	}
	var out []*pairOutcome
	for _, p := range pairs {
		o := &pairOutcome{Set: set, Kind: relationNames[p.kind], Picture: p.window.id, How: p.window.kind.name,
			Page: on.String(), Rendering: fmt.Sprintf("%dx%d@%g", v.Width, v.Height, v.Scale)}
		out = append(out, o)
		if s == nil {
			o.LeftOut = "the page could not be seen"
			continue
		}
		if o.LeftOut = s.unfit(p.window, p.kind); o.LeftOut != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.hold(p.window, o); err != nil {
			return nil, err
		}
		if err := r.exhibit(o, p.window, s); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// exhibit writes picture and page beside each other for looking at, where a pair
// of the development set was located without words in common, or a state was
// given that is false.
func (r *run) exhibit(o *pairOutcome, g *glimpse, s *sheet) error {
	if o.Set != "dev" || !o.stated() && (!o.Located || o.Shares == sharedWords) {
		return nil
	}
	img, err := g.open()
	if err != nil {
		return err
	}
	content := part(img, g.content)
	b := content.Rect
	both := image.NewNRGBA(image.Rect(0, 0, 2*b.Dx()+8, b.Dy()))
	draw.Draw(both, b, content, image.Point{}, draw.Src)
	draw.Draw(both, b.Add(image.Pt(b.Dx()+8, 0)), s.over(g, b), image.Point{}, draw.Src)
	var buf bytes.Buffer
	if err := png.Encode(&buf, both); err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%s-on-%s-%s.png", o.Shares, o.Picture, bench.Slug(o.Page), o.Rendering)
	return bench.Write(filepath.Join(r.o.out, "pairs", name), buf.Bytes())
}
