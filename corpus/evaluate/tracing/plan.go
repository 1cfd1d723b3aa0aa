package tracing

import (
	"fmt"
	"hash/fnv"
	"image"
	"math/rand/v2"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

var windows = [...]image.Point{{1280, 593}, {1440, 765}, {1536, 730}, {1600, 765}, {1366, 641}}

func drawBy(seed uint64, name string) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprint(h, seed, name)
	return rand.New(rand.NewPCG(h.Sum64(), 5))
}

// plan draws the trials of one set: shots of its pages, each saved untouched by
// every chain, and the first n of them edited in every way, from a PNG or a JPEG and
// saved by a chain that are drawn.
func (r *run) plan(set string, pages []alignment.Page, n, untouched int) []*trial {
	rng := drawBy(r.o.seed, set)
	var out []*trial
	var order []int
	for i := range n + untouched {
		if len(order) == 0 {
			order = rng.Perm(len(pages))
		}
		page := pages[order[0]]
		order = order[1:]
		pose := r.pose(rng)
		name := fmt.Sprintf("%s-%03d-%s", set, i, bench.Slug(page.Name))
		other := pages[rng.IntN(len(pages))]
		for other.Site == page.Site && len(pages) > 8 {
			other = pages[rng.IntN(len(pages))]
		}
		for _, c := range chains() {
			out = append(out, &trial{id: name + "-untouched-" + bench.Slug(c.name), set: set, page: page, pose: pose, after: c})
		}
		if i >= n {
			continue
		}
		for _, e := range edits() {
			for j := range r.o.edits {
				t := &trial{set: set, page: page, pose: pose, edit: &e, before: [...]int{0, 85}[rng.IntN(2)], after: after()[rng.IntN(len(after()))], other: other}
				if e.rewritten {
					t.before, t.pose.Edit, t.pose.Firefox = 0, 1+rng.IntN(1000), false
				}
				if strings.HasPrefix(e.name, "text") {
					t.pose.Firefox = false // which does not tell where lines are
				}
				t.id = fmt.Sprintf("%s-%s-%d-%d-%s", name, bench.Slug(e.name), j, t.before, bench.Slug(t.after.name))
				out = append(out, t)
			}
		}
	}
	return out
}

// planFringed draws the trials with letters smoothed for sub-pixels: shots of
// pages whose letters are, untouched and, the first n, edited by what paints in grey; and of
// pages whose letters are not, with a part pasted of one whose are.
func (r *run) planFringed(set string, pages []alignment.Page, n, untouched int) []*trial {
	rng := drawBy(r.o.seed, set+" fringed")
	var out []*trial
	order := rng.Perm(len(pages))
	for i := range n + untouched {
		page, other := pages[order[i%len(order)]], pages[order[(i+len(order)/2)%len(order)]]
		pose := r.pose(rng)
		pose.Firefox, pose.Scale = false, [...]float64{1, 1, 1, 1.25}[rng.IntN(4)] // on finer screens Chrome smooths in grey
		name := fmt.Sprintf("%s-fringed-%03d-%s", set, i, bench.Slug(page.Name))
		for _, c := range chains() {
			out = append(out, &trial{id: name + "-untouched-" + bench.Slug(c.name), set: set, page: page, pose: pose, after: c, fringed: true})
		}
		if i >= n {
			continue
		}
		for _, e := range fringedEdits() {
			for j := range r.o.edits {
				c := after()[rng.IntN(len(after()))]
				out = append(out, &trial{id: fmt.Sprintf("%s-%s-%d-%s", name, bench.Slug(e.name), j, bench.Slug(c.name)), set: set,
					page: page, pose: pose, edit: &e, after: c, other: other, fringed: !e.intoGrey})
			}
		}
	}
	return out
}

func (r *run) pose(rng *rand.Rand) alignment.Pose {
	w := windows[rng.IntN(len(windows))]
	p := alignment.Pose{Width: w.X, Height: w.Y, Scale: [...]float64{1, 1, 1.25, 1.5, 2}[rng.IntN(5)]}
	if rng.IntN(3) > 0 {
		p.Scroll = float64(rng.IntN(1000)) / 1000
	}
	p.Firefox = r.studio != nil && r.studio.HasFirefox() && rng.IntN(3) == 0
	p.Window = rng.IntN(3) == 0
	if p.Window && p.Firefox {
		p.Scroll = 0 // it opens pages at their top
	}
	return p
}
