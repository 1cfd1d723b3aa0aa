package alignment

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
	"github.com/defacecheck/defacecheck/verify"
)

// draft is one picture in the making, and the claim about it.
type draft struct {
	*specimen
	id    string
	kind  kind
	on    subject // the page on the picture
	claim string  // the URL it is said to show
	pose  pose
	rng   *rand.Rand
}

// windows are the content areas people have, in CSS pixels.
var windows = [...]image.Point{{1280, 593}, {1440, 765}, {1536, 730}, {1600, 765}, {1680, 915}, {1920, 945}, {1366, 641}}

// want is the state that is true.
func (d *draft) want() verify.State { return d.kind.want[0] }

// drafts draws n pictures of the pages: every kind as often as another, and
// every page too. The kinds that were added later come on top, as often.
func (r *run) drafts(pages []subject, n int) []*draft {
	old, added := r.chosen(first()), r.chosen(later())
	if r.o.each > 0 {
		return r.equally(pages, append(old, added...), r.o.each)
	}
	more := n
	if len(old) > 0 {
		more = (n*len(added) + len(old) - 1) / len(old)
	}
	return append(r.drawn(pages, old, n, 0), r.drawn(pages, added, more, 1)...)
}

// manyTries is how many pages are tried for each picture of a kind that not every
// page lends itself to.
const manyTries = 5

// equally draws n pictures of every kind, fewer of those that few pages give.
func (r *run) equally(pages []subject, all []kind, n int) (out []*draft) {
	for _, kind := range all {
		rng, got := seeded(r.o.seed, "equally", kind.name), 0
		var ps []int
		for i := 0; i < n*manyTries && got < n && len(pages) > 0; i++ {
			if len(ps) == 0 {
				ps = rng.Perm(len(pages))
			}
			d := r.draft(pages, kind, pages[ps[0]], 2*lists+i)
			if ps = ps[1:]; d != nil {
				out, got = append(out, d), got+1
			}
		}
	}
	return out
}

// chosen are the kinds that were asked for.
func (r *run) chosen(all []kind) (out []kind) {
	for _, k := range all {
		if r.o.only == nil || r.o.only.MatchString(k.name) || r.o.only.MatchString(k.group) {
			out = append(out, k)
		}
	}
	return out
}

// lists is how many pictures a list of kinds has room for in their numbers.
const lists = 100_000

func (r *run) drawn(pages []subject, all []kind, n, list int) (out []*draft) {
	rng := rand.New(rand.NewPCG(r.o.seed, 1+uint64(list)))
	var ks, ps []int
	for i := 0; i < n && len(all) > 0 && len(pages) > 0; i++ {
		if len(ks) == 0 {
			ks = rng.Perm(len(all))
		}
		if len(ps) == 0 {
			ps = rng.Perm(len(pages))
		}
		d := r.draft(pages, all[ks[0]], pages[ps[0]], i+list*lists)
		ks, ps = ks[1:], ps[1:]
		if d != nil {
			out = append(out, d)
		}
	}
	return out
}

// draft decides everything about one picture; nil if the page cannot give it.
func (r *run) draft(pages []subject, k kind, on subject, i int) *draft {
	h := fnv.New64a()
	fmt.Fprint(h, r.o.seed, k.name, on, i)
	d := &draft{kind: k, on: on, rng: rand.New(rand.NewPCG(h.Sum64(), 2))}
	for _, p := range pages {
		if p.String() == k.on || k.negative == translation && r.translated(p) != "" && r.translated(d.on) == "" {
			d.on = p
		}
	}
	if k.on != "" && d.on.String() != k.on {
		return nil
	}
	d.claim = r.claimed(pages, d)
	if d.claim == "" {
		return nil
	}
	w := windows[d.rng.IntN(len(windows))]
	d.pose = pose{URL: d.on.url(), Width: w.X, Height: w.Y, Scale: [...]float64{1, 1, 1.25, 1.5, 2}[d.rng.IntN(5)]}
	if d.rng.IntN(3) > 0 {
		d.pose.Scroll = float64(d.rng.IntN(1000)) / 1000
	}
	if k.pose != nil {
		k.pose(d.rng, &d.pose)
	}
	d.id = fmt.Sprintf("%03d-%s-%s", i, bench.Slug(k.name), bench.Slug(d.on.String()))
	return d
}

// claimed is the URL that the picture is said to show, or "".
func (r *run) claimed(pages []subject, d *draft) string {
	pick := func(fits func(subject) bool) string {
		var list []string
		for _, p := range pages {
			if fits(p) {
				list = append(list, p.url())
			}
		}
		if len(list) == 0 {
			return ""
		}
		return list[d.rng.IntN(len(list))]
	}
	switch d.kind.negative {
	case sibling:
		return pick(func(p subject) bool { return p.site == d.on.site && p.path != d.on.path })
	case stranger:
		return pick(func(p subject) bool { return p.site.family() != d.on.site.family() })
	case cousin:
		return strings.Replace(d.on.url(), "http://", "http://"+twin, 1)
	case translation:
		return r.translated(d.on)
	}
	return d.on.url()
}

// translated is the URL of the page in another language, where the site has
// languages in folders.
func (r *run) translated(p subject) string {
	lang, rest, ok := strings.Cut(p.path, "/")
	if !ok {
		return ""
	}
	for _, other := range []string{"fr", "fr-FR", "en", "en-US"} {
		if other == lang {
			continue
		}
		if _, err := os.Stat(filepath.Join(p.site.dir, other, filepath.FromSlash(rest))); err == nil {
			return subject{p.site, other + "/" + rest}.url()
		}
	}
	return ""
}

var errNotPossible = errors.New("the page does not lend itself to it")

// develop takes the picture and does to it what its kind says.
func (r *run) develop(ctx context.Context, d *draft) error {
	s, err := r.photograph(ctx, d.on.site.digest, d.pose)
	if err != nil {
		return err
	}
	if d.specimen, err = newSpecimen(s); err != nil {
		return err
	}
	if d.pose.Edit > 0 {
		before, err := decode(s.Before)
		if err != nil {
			return err
		}
		changed := difference(before, d.img)
		if changed.Empty() {
			return errNotPossible
		}
		d.mask = append(d.mask, changed)
	}
	if d.kind.make != nil {
		if err := d.kind.make(ctx, r, d); err != nil {
			return err
		}
	}
	if d.file == nil {
		return d.png()
	}
	return nil
}

// difference bounds the pixels that differ.
func difference(a, b *image.RGBA) image.Rectangle {
	var out image.Rectangle
	for y := range b.Rect.Dy() {
		for x := range b.Rect.Dx() {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				out = out.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return out
}
