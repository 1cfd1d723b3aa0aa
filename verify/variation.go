package verify

import (
	"context"
	"image"
	"sort"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

const (
	// maxViews is how many captures are compared with each other to learn what
	// varies by itself: six comparisons.
	maxViews = 4
	// fewestViews are needed before anything is called varying: three captures
	// with three contents. A defacement makes two: the page's own, and its own.
	fewestViews = 3
	// viewAgreement is how much of the picture must be found in a capture for it
	// to show the same version of the page.
	viewAgreement = 0.3
	// maxDrift is the largest share of the picture that may be called varying
	// because captures of different times differ there. Dates and counters are
	// small; a message that is replaced by the next one is not.
	maxDrift = 0.05
)

// learnVariation finds out which parts of the page differ from one capture to
// the next whatever happens, and compares again without them: what differs
// between three captures of different times in three ways, and what differs
// between two looks at the live page seconds apart.
func (o *observer) learnVariation(ctx context.Context) error {
	ignore, err := o.drift()
	if err != nil {
		return err
	}
	twin, err := o.restless(ctx)
	if err != nil {
		return err
	}
	ignore = append(ignore, twin...)
	if len(ignore) == 0 {
		return nil
	}
	for _, s := range o.c.Sightings {
		if s.State != Altered {
			continue
		}
		if err := o.eye.again(s, ignore); err != nil {
			return err
		}
	}
	return nil
}

// drift returns the tiles in which captures of different times all differ from
// each other, in pixels of the content.
func (o *observer) drift() ([]image.Rectangle, error) {
	var views []*image.NRGBA
	for _, s := range o.comparable() {
		v, err := o.eye.view(s)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	if len(views) < fewestViews {
		return nil, nil
	}
	differ := pairwise(views)
	var varying []image.Rectangle
	area := 0
	for tile, pairs := range differ {
		if threeContents(pairs, len(views)) {
			varying = append(varying, tile)
			area += tile.Dx() * tile.Dy()
		}
	}
	if float64(area) > maxDrift*float64(o.eye.size.X*o.eye.size.Y) {
		return nil, nil
	}
	sort.Slice(varying, func(i, j int) bool {
		a, b := varying[i].Min, varying[j].Min
		return a.Y < b.Y || a.Y == b.Y && a.X < b.X
	})
	return varying, nil
}

// comparable returns captures of different times in which the picture lies,
// those nearest to the claimed time first.
func (o *observer) comparable() []*Sighting {
	found := filter(o.c.Sightings, func(s *Sighting) bool {
		return s.registration.Located && (s.State == Same || s.State == Altered) && s.Match.Agreement >= viewAgreement
	})
	if at := o.c.time(); !at.IsZero() {
		sort.SliceStable(found, func(i, j int) bool {
			return spanGap(found[i:i+1], at) < spanGap(found[j:j+1], at)
		})
	}
	return found[:min(len(found), maxViews)]
}

// pair names two views by their places in the list.
type pair struct{ a, b int }

// pairwise compares every two views and returns for each tile which of them
// differ in it.
func pairwise(views []*image.NRGBA) map[image.Rectangle]map[pair]bool {
	differ := map[image.Rectangle]map[pair]bool{}
	for a := range views {
		for b := a + 1; b < len(views); b++ {
			c := align.Compare(views[a], views[b], align.At(1, 0, 0), align.CompareOptions{})
			for _, t := range c.Tiles {
				if t.State != align.TileMismatch {
					continue
				}
				if differ[t.Rect] == nil {
					differ[t.Rect] = map[pair]bool{}
				}
				differ[t.Rect][pair{a, b}] = true
			}
		}
	}
	return differ
}

// threeContents says whether three of n views differ from each other.
func threeContents(differ map[pair]bool, n int) bool {
	for a := range n {
		for b := a + 1; b < n; b++ {
			for c := b + 1; c < n; c++ {
				if differ[pair{a, b}] && differ[pair{b, c}] && differ[pair{a, c}] {
					return true
				}
			}
		}
	}
	return false
}

// restless looks at the live page once more, where a part of it differs from
// the picture, and returns what differs between the two looks, in pixels of the
// content.
func (o *observer) restless(ctx context.Context) ([]image.Rectangle, error) {
	for _, s := range o.c.Sightings {
		if s.Memento != nil || s.State != Altered || !s.registration.Located {
			continue
		}
		o.addTotal(1)
		twin, err := o.take(ctx, subject{}, request(o.c.Claim.URL, window{view: s.Capture.Viewport, scroll: s.scroll, full: s.full}))
		if err != nil {
			return nil, err
		}
		o.step("looked at the live page again, to learn what varies by itself")
		if twin.Validity != capture.OK {
			return nil, nil
		}
		return o.eye.differences(s, twin)
	}
	return nil, nil
}
