package capture

import (
	"slices"
	"time"
)

const (
	// redirectShadow is how near a capture with content makes one of a redirect
	// redundant: crawlers record http to https, and the page right after it. A
	// redirect without such company is what the page was then.
	redirectShadow = time.Hour
	// spreadShare is which part of the budget left after the brackets and the
	// window, one in spreadShare, goes to the rest of the time line, where other
	// versions of the page are found.
	spreadShare = 3
)

// Bracket chooses at most budget mementos to look at for a claim about the
// window [from, to], oldest first:
//
//  1. the nearest before and the nearest after the window,
//  2. those inside it, spread evenly if there are too many,
//  3. further neighbours, before and after in turn,
//  4. some spread over the rest of the time line.
//
// Captures of errors (4xx, 5xx) come last, and so do redirects beside a
// capture with content; of several in one second the one most likely to have
// content is taken. A revisit is chosen like any other capture: that the page
// was the same then is what it witnesses. With a budget of one the nearest to
// the window is taken. Two zero times are no window: the newest and a spread.
// tm need not be sorted and is not changed.
func Bracket(tm TimeMap, from, to time.Time, budget int) []Memento {
	if budget <= 0 || len(tm) == 0 {
		return nil
	}
	if to.Before(from) {
		from, to = to, from
	}
	useful, rest := tiers(tm)
	var out []Memento
	for _, tier := range [][]Memento{useful, rest} {
		if room := budget - len(out); room > 0 {
			out = append(out, chooseFrom(tier, from, to, room)...)
		}
	}
	slices.SortStableFunc(out, byTime)
	return out
}

// Useful returns the mementos from before t that are likely to have content: those that
// Bracket would choose first, oldest first, one a second. tm need not be sorted and is not
// changed.
func Useful(tm TimeMap, t time.Time) []Memento {
	useful, _ := tiers(tm)
	return slices.DeleteFunc(useful, func(m Memento) bool { return !m.At.Before(t) })
}

// Farthest returns the places, in a list sorted by time, of up to n mementos that are not
// taken, each the one farthest in time from all that are taken or were chosen before it;
// of two the older.
func Farthest(sorted []Memento, taken []bool, n int) []int {
	c := chooser{tier: sorted, taken: slices.Clone(taken), left: n}
	c.spread(n)
	var out []int
	for i := range sorted {
		if c.taken[i] && !taken[i] {
			out = append(out, i)
		}
	}
	return out
}

func byTime(a, b Memento) int { return a.At.Compare(b.At) }

// tiers parts the captures worth looking at from the rest, each sorted and
// with one capture a second.
func tiers(tm TimeMap) (useful, rest []Memento) {
	sorted := slices.Clone(tm)
	slices.SortStableFunc(sorted, func(a, b Memento) int {
		if c := a.At.Truncate(time.Second).Compare(b.At.Truncate(time.Second)); c != 0 {
			return c
		}
		return rank(a) - rank(b)
	})
	sorted = slices.CompactFunc(sorted, func(a, b Memento) bool {
		return a.At.Truncate(time.Second).Equal(b.At.Truncate(time.Second))
	})
	for i, m := range sorted {
		if rank(m) <= rankUnknown || rank(m) == rankRedirect && !shadowed(sorted, i) {
			useful = append(useful, m)
		} else {
			rest = append(rest, m)
		}
	}
	return useful, rest
}

const (
	rankContent = iota
	rankUnknown
	rankRedirect
	rankError
)

func rank(m Memento) int {
	switch {
	case m.Status == 0:
		return rankUnknown
	case m.Status < 300:
		return rankContent
	case m.Status < 400:
		return rankRedirect
	}
	return rankError
}

// shadowed says whether a capture that may have content lies near sorted[i].
func shadowed(sorted []Memento, i int) bool {
	near := func(j int) bool { return apart(sorted[i].At, sorted[j].At) <= redirectShadow }
	for j := i - 1; j >= 0 && near(j); j-- {
		if rank(sorted[j]) <= rankUnknown {
			return true
		}
	}
	for j := i + 1; j < len(sorted) && near(j); j++ {
		if rank(sorted[j]) <= rankUnknown {
			return true
		}
	}
	return false
}

// chooseFrom chooses from one tier.
func chooseFrom(tier []Memento, from, to time.Time, budget int) []Memento {
	if len(tier) <= budget {
		return tier
	}
	if from.IsZero() && to.IsZero() {
		c := chooser{tier: tier, taken: make([]bool, len(tier)), left: budget}
		c.take(len(tier) - 1)
		c.spread(budget)
		return c.chosen()
	}
	c := chooser{tier: tier, taken: make([]bool, len(tier)), left: budget}
	c.first = slices.IndexFunc(tier, func(m Memento) bool { return !m.At.Before(from) })
	if c.first < 0 {
		c.first = len(tier)
	}
	c.last = c.first
	for c.last < len(tier) && !tier[c.last].At.After(to) {
		c.last++
	}
	if budget == 1 {
		c.take(c.nearest(from, to))
		return c.chosen()
	}
	c.take(c.first - 1)
	c.take(c.last)
	c.inside()
	c.neighbours(c.left - c.left/spreadShare)
	c.spread(c.left)
	c.neighbours(c.left)
	return c.chosen()
}

// chooser takes captures of a sorted tier, of which [first, last) are inside
// the window.
type chooser struct {
	tier        []Memento
	taken       []bool
	left        int // how many may still be taken
	first, last int
}

func (c *chooser) take(i int) {
	if c.left > 0 && i >= 0 && i < len(c.tier) && !c.taken[i] {
		c.taken[i] = true
		c.left--
	}
}

func (c *chooser) chosen() []Memento {
	var out []Memento
	for i, m := range c.tier {
		if c.taken[i] {
			out = append(out, m)
		}
	}
	return out
}

// nearest is the capture inside the window, or the one least outside it; of
// two the older.
func (c *chooser) nearest(from, to time.Time) int {
	switch {
	case c.first < c.last:
		return c.first + (c.last-c.first-1)/2
	case c.first == 0:
		return c.last
	case c.last == len(c.tier) || apart(c.tier[c.first-1].At, from) <= apart(c.tier[c.last].At, to):
		return c.first - 1
	}
	return c.last
}

// inside takes the captures of the window, at even steps if not all fit.
func (c *chooser) inside() {
	n := c.last - c.first
	k := min(n, c.left)
	for i := range k {
		c.take(c.first + i*n/k + n/k/2)
	}
}

// neighbours takes up to n captures outside the window, outwards, before and
// after in turn.
func (c *chooser) neighbours(n int) {
	stop := c.left - n
	for step := 1; c.left > stop && step <= len(c.tier); step++ {
		c.take(c.first - 1 - step)
		if c.left > stop {
			c.take(c.last + step)
		}
	}
}

// spread takes up to n captures, each time the one farthest in time from all
// that are taken; of two the older.
func (c *chooser) spread(n int) {
	away := make([]time.Duration, len(c.tier))
	for i := range away {
		away[i] = 1<<63 - 1
		for j, t := range c.taken {
			if t {
				away[i] = min(away[i], apart(c.tier[i].At, c.tier[j].At))
			}
		}
	}
	for range min(n, c.left) {
		best := -1
		for i, d := range away {
			if !c.taken[i] && (best < 0 || d > away[best]) {
				best = i
			}
		}
		if best < 0 {
			return
		}
		c.take(best)
		for i := range away {
			away[i] = min(away[i], apart(c.tier[i].At, c.tier[best].At))
		}
	}
}

// apart is the distance of two times. It saturates at some 292 years.
func apart(a, b time.Time) time.Duration { return a.Sub(b).Abs() }
