package address

import "strings"

// Outcome is what an address bar says of the claimed host.
type Outcome string

// The outcomes.
const (
	Nothing Outcome = "nothing" // no host was read
	Claimed Outcome = "claimed" // the claimed host, or one that the page leads to
	Alike   Outcome = "alike"   // a name that cannot be told from the claimed one by reading: misread, or made to look alike
	Unsure  Outcome = "unsure"  // something else, not read well enough to say what
	Other   Outcome = "other"   // a host of another domain; Host.Domain is sure, what stands before it less so
)

// Verdict is an outcome and the host that it rests on.
type Verdict struct {
	Outcome Outcome
	Host    Host
	Against string // the claimed host that it comes nearest to
}

const (
	// sure is the confidence that both readings need before a host counts as
	// another.
	sure = 75
	// misread is the distance up to which a name can be the claimed one, once
	// misread: four letters of the same kind, or one of any.
	misread = 1.6
	// farNames and farShare are how far another host's own label must lie from
	// the claimed one's, in letters and as a share of its length.
	farNames = 3.5
	farShare = 0.4
	// twice is how far two readings of one name may differ and be one name.
	twice = 0.3
)

// Judge compares what was read in an address bar with the hosts that the claim is
// about. Beside what the function of that name gives, a claimed host is also one
// that the part in stronger ink reads to the letter, and one of which a reading
// lost nothing but points: no other host has the same letters, because without its
// points it is none.
func (r Reading) Judge(claimed ...string) Verdict {
	v := Judge(r.One, r.Two, claimed...)
	if v.Outcome == Claimed || v.Outcome == Other {
		return v
	}
	for _, c := range claimed {
		name := canonical(c)
		if !plainName(c) {
			continue
		}
		for _, h := range r.Strong {
			if h.Name == name {
				return Verdict{Outcome: Claimed, Host: h, Against: name}
			}
		}
		for _, b := range r.Bare {
			if pointless(b) == pointless(name) || pointless(b) == pointless("www."+name) {
				d, _ := registrable(name)
				return Verdict{Outcome: Claimed, Host: Host{Name: name, Domain: d}, Against: name}
			}
		}
	}
	return v
}

func pointless(name string) string { return strings.ReplaceAll(name, ".", "") }

// Judge compares two readings of one address bar with the hosts that the claim
// is about: the claimed one and those that the page leads to. It abstains in
// doubt: another host is only what both readings give with confidence, below a
// public suffix, far from every host of the claim in letters that are mistaken
// for each other, and no part of one.
func Judge(a, b []Host, claimed ...string) Verdict {
	var names []string
	for _, c := range claimed {
		if !plainName(c) {
			return Verdict{Outcome: Unsure, Against: c}
		}
		names = append(names, canonical(c))
	}
	if len(a)+len(b) == 0 || len(names) == 0 {
		return Verdict{Outcome: Nothing}
	}
	near := nearest(append(append([]Host{}, a...), b...), names)
	switch {
	case near.distance == 0:
		return near.verdict(Claimed)
	case near.distance <= misread:
		return near.verdict(Alike)
	}
	for _, h := range a {
		if other(h, b, names) {
			return Verdict{Outcome: Other, Host: h, Against: nearest([]Host{h}, names).claimed}
		}
	}
	return near.verdict(Unsure)
}

type approach struct {
	host     Host
	claimed  string
	distance float64
}

func (n approach) verdict(o Outcome) Verdict {
	return Verdict{Outcome: o, Host: n.host, Against: n.claimed}
}

// nearest finds the host that comes nearest to a claimed name.
func nearest(hosts []Host, names []string) approach {
	best := approach{distance: 1 << 20}
	for _, h := range hosts {
		for _, n := range names {
			if d := Distance(h.Name, n); d < best.distance {
				best = approach{h, n, d}
			}
		}
	}
	return best
}

// other says whether a host is surely none of the names.
func other(h Host, again []Host, names []string) bool {
	// Behind "www" a point was lost: what begins so is no domain's own name.
	if h.Confidence < sure || h.Cut || strings.HasPrefix(label(h.Domain), "ww") {
		return false
	}
	confirmed := false
	for _, g := range again {
		if g.Confidence >= sure && !g.Cut && Distance(g.Domain, h.Domain) <= twice {
			confirmed = true
		}
	}
	if !confirmed {
		return false
	}
	for _, n := range names {
		d, _ := registrable(n)
		if !farApart(label(h.Domain), label(d)) || partOf(h.Domain, n) || partOf(d, h.Name) {
			return false
		}
	}
	return true
}

func farApart(a, b string) bool {
	d := Distance(a, b)
	return d >= farNames && d >= farShare*float64(max(len(a), len(b)))
}

// label is what a domain has to itself, before the suffix it shares.
func label(domain string) string {
	own, _, _ := strings.Cut(domain, ".")
	return own
}

// partOf says whether the own label of a domain is a piece of a name: what is
// left of a host when an icon or an edge hides the rest.
func partOf(domain, name string) bool {
	own := label(domain)
	if len(own) < 3 {
		return true
	}
	for cut := range len(name) - len(own) + 1 {
		if Distance(own, name[cut:cut+len(own)]) <= float64(len(own))/4 {
			return true
		}
	}
	return false
}
