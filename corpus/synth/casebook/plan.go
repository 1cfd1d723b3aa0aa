package casebook

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/corpus/synth/defacement"
	"github.com/defacecheck/defacecheck/corpus/synth/drift"
	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

// making is how the picture comes about.
type making string

const (
	served  making = "served"                           // the browser's picture of what was served
	spliced making = "spliced"                          // a part of a defacement pasted into a picture
	inPage  making = "edited in the page"               // elements altered as with developer tools
	mocked  making = "a page from the disk, as mock-up" // with a painted address
)

// look is what a site shows.
type look string

const (
	ordinary look = "ordinary"
	partial  look = "partial" // a part of the page is replaced
	full     look = "full"    // the page is replaced
	gone     look = "gone"    // nobody answers
)

// visit is one capture of the archive.
type visit struct {
	At   time.Time `json:"at"`
	Look look      `json:"look"`
}

// place is a page, at the address where it is served.
type place struct {
	site       *site.Site
	page       string // path below the site
	host, path string // where it is served: the site's own, or others
}

// plan is a claim before it is made; it is drawn, and nothing of it is measured.
type plan struct {
	r       *rand.Rand
	side    *side
	name    string
	class   Class
	page    place
	variant defacement.Variant // of the defacement that is shown

	now, at    time.Time // judged; claimed
	begin, end time.Time // of the defacement; zero for none
	exact      bool      // the time is claimed as a moment
	posted     time.Time // zero when not said
	visits     []visit   // sorted
	live       look

	making making
	old    bool      // what is altered is of an old version of the page
	shown  place     // what the picture shows
	look   look      // of it
	when   time.Time // and its time
	before place     // where it was posted before; its site is nil when it was not
	then   time.Time // when that was seen and posted
	again  bool      // the file was saved anew since
	window window
	chain  chain
}

// draws is how often a draw that does not fit is drawn again.
const draws = 200

// newPlan draws claim i. attempt counts those whose page did not lend itself.
func newPlan(seed uint64, name string, c Class, book *book, attempt int) *plan {
	r := drift.Rand(seed, "claim", name, c.Name, attempt)
	p := &plan{r: r, side: book.draw(r), name: name, class: c, making: served}
	p.page = p.somewhere(nil)
	p.variant = defacement.Variant{Family: p.side.families[r.IntN(len(p.side.families))], Draw: uint64(r.IntN(200))}
	p.now = epoch().Add(between(r, 0, year)).Truncate(time.Minute)
	p.at = p.now.Add(-judging(r)).Truncate(time.Second)
	p.exact = r.Float64() < 0.4
	p.live = ordinary
	if r.Float64() < 0.1 {
		p.live = gone
	}
	p.window = drawWindow(r)
	p.chain = drawChain(r, p.window.Phone, false)
	c.draw(p)
	if p.shown.site == nil {
		p.shown, p.when = p.page, p.at
	}
	if posted := p.at.Add(posting(r)).Truncate(time.Second); r.Float64() < 0.7 {
		p.posted = earliest(posted, p.now.Add(-time.Minute))
	}
	slices.SortFunc(p.visits, func(a, b visit) int { return a.At.Compare(b.At) })
	p.visits = slices.CompactFunc(p.visits, func(a, b visit) bool { return b.At.Sub(a.At).Abs() < time.Minute })
	return p
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// somewhere draws a page of a site other than not.
func (p *plan) somewhere(not *site.Site) place {
	for {
		s := p.side.sites[p.r.IntN(len(p.side.sites))]
		if s == not && len(p.side.sites) > 1 {
			continue
		}
		page := s.Pages[0]
		if p.r.Float64() < 0.4 {
			page = s.Pages[p.r.IntN(len(s.Pages))]
		}
		return at(s, page)
	}
}

// at is a page at its own address.
func at(s *site.Site, page string) place {
	path := "/" + page
	if page == "index.html" {
		path = "/"
	}
	return place{s, page, s.Host(), path}
}

// lived draws times of a defacement that fit.
func (p *plan) lived(fits func() bool) {
	for range draws {
		life := lifetime(p.r)
		p.begin = p.at.Add(-time.Duration(p.r.Float64() / 2 * float64(life))).Truncate(time.Second)
		p.end = p.begin.Add(life).Truncate(time.Second)
		if fits() {
			return
		}
		p.at = p.now.Add(-judging(p.r)).Truncate(time.Second)
	}
	// So unlikely that no corpus will hold many: the nearest that fits.
	p.at = p.now.Add(-3 * hour)
	p.begin, p.end = p.at.Add(-hour), p.at.Add(hour)
	if !fits() {
		p.end = p.now.Add(day)
	}
}

func (p *plan) restored() bool { return p.end.Before(p.now.Add(-time.Minute)) }

// whole draws whether all of the page is replaced or a part of it.
func (p *plan) whole(share float64) look {
	if p.r.Float64() < share {
		return full
	}
	return partial
}

// natural adds the captures that the page has by itself; those of its defacement
// show it.
func (p *plan) natural() {
	for _, t := range captures(p.r, p.now) {
		p.capture(t)
	}
}

func (p *plan) capture(t time.Time) {
	v := visit{t.Truncate(time.Second), ordinary}
	if !p.begin.IsZero() && !v.At.Before(p.begin) && v.At.Before(p.end) {
		v.Look = p.look
	}
	p.visits = append(p.visits, v)
}

// nearest is the capture of a kind nearest to a time, nil where there is none.
func (p *plan) nearest(t time.Time, of func(visit) bool) (best *visit) {
	for i, v := range p.visits {
		if of(v) && (best == nil || v.At.Sub(t).Abs() < best.At.Sub(t).Abs()) {
			best = &p.visits[i]
		}
	}
	return best
}

// drop takes captures out.
func (p *plan) drop(from, to time.Time) {
	p.visits = slices.DeleteFunc(p.visits, func(v visit) bool { return !v.At.Before(from) && !v.At.After(to) })
}
