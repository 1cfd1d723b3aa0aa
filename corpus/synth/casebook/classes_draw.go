package casebook

import (
	"strings"
	"time"
)

// latestCapture is how long before the judging an archive has taken in what it saw.
const latestCapture = 30 * time.Minute

func stillLive(p *plan) {
	p.look = p.whole(0.7)
	p.lived(func() bool { return p.end.After(p.now) })
	p.live = p.look
	p.natural()
}

func archivedMeanwhile(p *plan) {
	p.look = full
	p.archived()
}

func partialArchived(p *plan) {
	p.look = partial
	p.archived()
}

// archived is a defacement that is over and was captured.
func (p *plan) archived() {
	p.lived(p.restored)
	p.natural()
	for _, v := range p.visits {
		if v.Look == p.look {
			return
		}
	}
	for range 1 + p.r.IntN(2) {
		p.capture(p.begin.Add(time.Duration(p.r.Float64() * float64(p.end.Sub(p.begin)))))
	}
}

func unwitnessed(p *plan) {
	p.look = p.whole(0.6)
	p.lived(p.restored)
	p.natural()
	p.drop(p.begin, p.end)
}

func ordinaryPage(p *plan) {
	p.look = ordinary
	p.natural()
}

// brackets put ordinary captures around the claimed time.
type brackets func(*plan)

// forged is a picture of the ordinary page that was altered.
func forged(how making, around brackets) func(*plan) {
	return func(p *plan) {
		p.making, p.look = how, ordinary
		around(p)
	}
}

func tight(p *plan) {
	p.at = earliest(p.at, p.now.Add(-13*hour))
	p.exact = p.r.Float64() < 0.7
	p.natural()
	p.capture(p.at.Add(-between(p.r, 12*time.Minute, 12*hour)))
	p.capture(p.at.Add(between(p.r, 12*time.Minute, 12*hour)))
}

func wide(p *plan) {
	p.at = earliest(p.at, p.now.Add(-4*day))
	p.natural()
	p.drop(p.at.Add(-3*day), p.at.Add(3*day))
	p.capture(p.at.Add(-between(p.r, 3*day, 45*day)))
	if t := p.at.Add(between(p.r, 3*day, 45*day)); t.Before(p.now.Add(-latestCapture)) {
		p.capture(t)
	}
}

func none(*plan) {}

// splicedOld needs captures of both versions, or nobody could tell. Whether what is left of
// the old one tells them apart is seen when the picture is made.
func splicedOld(p *plan) {
	p.making, p.look, p.old = spliced, ordinary, true
	p.natural()
	p.shown, p.when = p.page, p.at.Add(-between(p.r, 250*day, 700*day))
	p.capture(p.when.Add(-between(p.r, hour, 5*day)))
	p.capture(p.when.Add(between(p.r, hour, 5*day)))
	p.capture(p.at.Add(-between(p.r, 12*hour, 10*day)))
	if t := p.at.Add(between(p.r, 12*hour, 10*day)); t.Before(p.now.Add(-latestCapture)) {
		p.capture(t)
	}
}

// otherSite shows a defacement of another site of the last month.
func otherSite(p *plan) {
	p.natural()
	p.look = p.whole(0.6)
	p.shown, p.when = p.somewhere(p.page.site), p.at.Add(-between(p.r, time.Hour, 30*day))
}

// samePage is genuine, and the same page on another site was posted before. It may
// be witnessed in any way.
func samePage(p *plan) {
	p.look = full
	switch x := p.r.Float64(); {
	case x < 0.4:
		p.archived()
	case x < 0.6:
		stillLive(p)
		p.look, p.live = full, full
		for i, v := range p.visits {
			if v.Look != ordinary {
				p.visits[i].Look = full
			}
		}
	default:
		p.lived(p.restored)
		p.natural()
		p.drop(p.begin, p.end)
	}
	p.before, p.then = p.somewhere(p.page.site), p.begin.Add(-between(p.r, hour, 100*day))
}

func postedEarlier(p *plan) {
	p.natural()
	p.look = p.whole(0.8)
	p.shown = p.somewhere(p.page.site)
	p.when = p.at.Add(-between(p.r, day, 300*day))
	p.before, p.then = p.shown, p.when
	p.again = p.r.Float64() < 0.5
}

func mockUp(p *plan) {
	p.natural()
	p.making, p.look = mocked, full
	p.chain = drawChain(p.r, p.window.Phone, true)
}

// lookAlike shows the defacement where it was, with its address.
func lookAlike(p *plan) {
	p.natural()
	p.look = full
	p.chain = drawChain(p.r, p.window.Phone, true)
	p.shown, p.when = p.page, p.at
	if p.r.Float64() < 0.5 {
		p.shown.path = "/" + []string{"uploads/k.html", "images/index.html", "tmp/x.htm", "readme.html", "wp-content/kite.html"}[p.r.IntN(5)]
		return
	}
	p.shown.host = alike(p.r.IntN(4), p.page.site.Name)
}

// alike is a host that a hasty reader takes for the site's.
func alike(how int, name string) string {
	i := strings.IndexAny(name, "lmoia")
	switch {
	case how == 0 && i >= 0:
		swap := map[byte]string{'l': "1", 'm': "rn", 'o': "0", 'i': "l", 'a': "e"}
		name = name[:i] + swap[name[i]] + name[i+1:]
	case how == 1:
		name += "-online"
	case how == 2 && len(name) > 2:
		name = name[:len(name)-2] + name[len(name)-1:] // a letter is missing
	default:
		return "www." + name + ".test" // reserved as well
	}
	return "www." + name + ".example"
}
