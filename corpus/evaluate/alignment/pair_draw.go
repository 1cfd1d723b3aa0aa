package alignment

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// glimpsesPerPage is how many windows of a page are posted in the survey of
// pairs: at places spread over the page.
const glimpsesPerPage = 6

// pairKinds are the pairs that are surveyed.
var pairKinds = [...]relation{stranger, sibling, cousin}

var relationNames = map[relation]string{stranger: "other site", sibling: "another page of the site", cousin: "two sites on one template"}

// pair is one window held against one rendering of another page.
type pair struct {
	window *glimpse
	page   subject
	view   capture.Viewport
	kind   relation
}

// renderings are the windows that a page is rendered in for pictures of a
// desktop and of a phone. A claim's picture meets up to nine of one page.
func renderings(mobile bool) []capture.Viewport {
	if mobile {
		return []capture.Viewport{capture.DefaultViewport(), {Width: 390, Height: 844, Scale: 2, Mobile: true}}
	}
	return []capture.Viewport{capture.DefaultViewport(), {Width: 1920, Height: 945, Scale: 1}}
}

// glimpses are the windows of all pages and of their twins, not yet taken.
func (r *run) glimpses(pages []subject) []*glimpse {
	var out []*glimpse
	for _, on := range pages {
		for _, twinned := range []bool{false, true} {
			out = append(out, r.glimpsesOf(on, twinned)...)
		}
	}
	return out
}

func (r *run) glimpsesOf(on subject, twinned bool) []*glimpse {
	rng := seeded(r.o.seed, "glimpses", on, twinned)
	w := windows[rng.IntN(len(windows))]
	p := pose{URL: on.url(), Width: w.X, Height: w.Y, Scale: [...]float64{1, 1, 1.25, 1.5, 2}[rng.IntN(5)]}
	if rng.IntN(6) == 0 {
		handheld(rng, &p)
	}
	if twinned {
		p.URL = twinOf(p.URL)
	}
	var out []*glimpse
	for i := range glimpsesPerPage {
		k := posted(rng, p.Mobile)
		p.Scroll = (float64(i) + rng.Float64()) / glimpsesPerPage
		if i == 0 {
			p.Scroll = 0 // headers are what pages share
		}
		d := &draft{kind: k, on: on, pose: p, rng: rand.New(rand.NewPCG(rng.Uint64(), 3))}
		d.id = fmt.Sprintf("%s-%d-%s", bench.Slug(strings.TrimPrefix(p.URL, "http://")), i, bench.Slug(k.name))
		out = append(out, &glimpse{draft: d, twin: twinned, place: i})
	}
	return out
}

// posted draws what is done to a window before it is posted.
func posted(rng *rand.Rand, mobile bool) kind {
	var fit []kind
	for _, k := range kinds() {
		if k.negative == itself && k.pose == nil && k.on == "" && k.group != "bad" && !(mobile && k.group == "frame") {
			fit = append(fit, k)
		}
	}
	return fit[rng.IntN(len(fit))]
}

func twinOf(url string) string { return strings.Replace(url, "http://", "http://"+twin, 1) }

// pairs draws n pairs, a third of each kind as far as there are so many; other
// sites fill up.
func (r *run) pairs(pages []subject, n int) []pair {
	all := map[relation][]pair{}
	for _, w := range r.glimpses(pages) {
		for _, p := range pages {
			k, ok := w.relation(p)
			if !ok {
				continue
			}
			for _, v := range renderings(w.pose.Mobile) {
				all[k] = append(all[k], pair{w, p, v, k})
			}
		}
	}
	rng := seeded(r.o.seed, "pairs")
	var out []pair
	for i := len(pairKinds) - 1; i >= 0; i-- { // other sites last: of them there are most
		of := all[pairKinds[i]]
		rng.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
		out = append(out, of[:min(len(of), (n-len(out))/(i+1))]...)
	}
	return out
}

// relation is what a page is to the window; not ok is a pair that is left out.
// Versions of one site are no different pages, and what the twin of one site is
// to another has been asked of the site itself.
func (g *glimpse) relation(p subject) (relation, bool) {
	switch {
	case g.twin:
		return cousin, g.on.site == p.site
	case g.on.site == p.site:
		return sibling, g.on.path != p.path
	}
	return stranger, g.on.site.family() != p.site.family()
}

// seeded is a source that the seed and the parts decide.
func seeded(seed uint64, parts ...any) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprint(h, seed, parts)
	return rand.New(rand.NewPCG(h.Sum64(), 2))
}
