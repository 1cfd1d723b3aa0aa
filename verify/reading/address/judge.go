package address

import (
	"slices"
	"strings"
)

// Outcome is what an address bar says of the claimed host.
type Outcome string

// The outcomes.
const (
	Nothing Outcome = "nothing" // no host was read
	Claimed Outcome = "claimed" // the claimed host, or one that the page leads to
	Alike   Outcome = "alike"   // a name like the claimed one, see Likeness
	Unsure  Outcome = "unsure"  // something else, not read well enough to say what
	Other   Outcome = "other"   // a host of another domain; Host.Domain is sure, what stands before it less so
)

// Likeness says what makes a name like the claimed one.
type Likeness string

// The likenesses.
const (
	Either   Likeness = ""         // misread, or made to look alike: reading cannot tell
	Letters  Likeness = "letters"  // surely another name: in punycode, for letters that look like the claimed ones
	Contains Likeness = "contains" // surely a host of another domain, which has the claimed name or its own part whole in it
)

// Verdict is an outcome and the host that it rests on.
type Verdict struct {
	Outcome  Outcome
	Likeness Likeness // of Alike
	Host     Host
	Against  string // the claimed host that it comes nearest to
	Held     string // what of it Host has whole in it, where that is the likeness
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
	if v.Outcome == Claimed || v.Outcome == Other || v.Likeness != Either {
		return v
	}
	for _, c := range claimed {
		n, ok := claimedName(c)
		if !ok {
			continue
		}
		for _, h := range r.Strong {
			if h.is(n) {
				return Verdict{Outcome: Claimed, Host: h, Against: n.ascii}
			}
		}
		for _, b := range r.Bare {
			if kept(pointless(b), pointless(n.letters)) || kept(pointless(b), pointless("www."+n.letters)) {
				return Verdict{Outcome: Claimed, Host: Host{Name: n.ascii, Letters: n.letters, Domain: n.own().ascii}, Against: n.ascii}
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
	var names []spelling
	for _, c := range claimed {
		n, ok := claimedName(c)
		if !ok {
			return Verdict{Outcome: Unsure, Against: c}
		}
		names = append(names, n)
	}
	all := slices.Concat(a, b)
	if len(all) == 0 || len(names) == 0 {
		return Verdict{Outcome: Nothing}
	}
	for _, h := range all {
		for _, n := range names {
			if h.is(n) {
				return Verdict{Outcome: Claimed, Host: h, Against: n.ascii}
			}
		}
	}
	near := nearest(all, twofold(a, b), names)
	if near.distance <= misread {
		return near.alike()
	}
	for _, h := range a {
		if !sureTwice(h, b) {
			continue
		}
		if other(h, names) {
			return Verdict{Outcome: Other, Host: h, Against: nearest([]Host{h}, nil, names).claimed.ascii}
		}
		if v, ok := containing(h, b, names); ok {
			return v
		}
	}
	return Verdict{Outcome: Unsure, Host: near.host, Against: near.claimed.ascii}
}

// is says whether a host is a claimed one: to the letter, or but for accents that the
// reading lost. What was read in punycode has its accents.
func (h Host) is(n spelling) bool {
	return h.Name == n.ascii || !h.coded && kept(spell(h.Name).letters, n.letters)
}

// twofold are the names that both readings have to the letter.
func twofold(a, b []Host) map[string]bool {
	both := map[string]bool{}
	for _, h := range a {
		if slices.ContainsFunc(b, func(g Host) bool { return g.Name == h.Name }) {
			both[h.Name] = true
		}
	}
	return both
}

type approach struct {
	host     Host
	claimed  spelling
	distance float64
}

func (n approach) alike() Verdict {
	v := Verdict{Outcome: Alike, Host: n.host, Against: n.claimed.ascii}
	if n.host.coded && n.claimed.plain() {
		v.Likeness = Letters // a name of a to z is never shown in punycode
	}
	return v
}

// nearest finds the host that looks most like a claimed name. One letter misread makes
// another name of punycode, so that such a host comes near only if both readings have it
// and all its letters look like a to z; that is what no mistake arrives at.
func nearest(hosts []Host, both map[string]bool, names []spelling) approach {
	const away = 1 << 20
	best := approach{host: hosts[0], claimed: names[0], distance: away}
	for _, h := range hosts {
		s := spell(h.Name)
		if h.coded && (s.doubt || !both[h.Name] || strings.ContainsRune(s.look, unlike)) {
			continue
		}
		for _, n := range names {
			if d := Distance(s.look, n.look); d < best.distance {
				best = approach{h, n, d}
			}
		}
	}
	return best
}

// sureTwice says whether both readings have a host with confidence, and whole: its
// domain, but for letters that are the same to the eye, and to the letter where there
// are others than a to z.
func sureTwice(h Host, again []Host) bool {
	s := spell(h.Name)
	// Behind "www" a point was lost: what begins so is no domain's own name.
	if h.Confidence < sure || h.Cut || s.doubt || strings.HasPrefix(label(h.Domain), "ww") {
		return false
	}
	return slices.ContainsFunc(again, func(g Host) bool {
		same := g.Domain == h.Domain || s.plain() && Distance(g.Domain, h.Domain) <= twice
		return g.Confidence >= sure && !g.Cut && same
	})
}

// other says whether a host that both readings have is surely none of the names.
func other(h Host, names []spelling) bool {
	s := spell(h.Name)
	if !oneScript(s.letters) {
		return false
	}
	for _, n := range names {
		if !strange(s, n) {
			return false
		}
	}
	return true
}

// strange says whether a host lies far from a claimed name and is no piece of it, both
// as they are encoded and as they look.
func strange(h, n spelling) bool {
	hd, nd := h.own(), n.own()
	slack := accents(label(nd.letters))
	return farApart(label(hd.ascii), label(nd.ascii), 0) && !partOf(hd.ascii, n.ascii) && !partOf(nd.ascii, h.ascii) &&
		farApart(label(hd.look), label(nd.look), slack) && !partOf(hd.look, n.look) && !partOf(nd.look, h.look)
}

// accents is how many letters of a name any other may be read for.
func accents(letters string) float64 {
	n := 0.0
	for _, r := range letters {
		if r >= 0x80 {
			n++
		}
	}
	return n
}

// farApart says whether two labels are no misreadings of each other, where slack letters
// may be read for any.
func farApart(a, b string, slack float64) bool {
	d := Distance(a, b) - slack
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
	return len(own) < 3 || within(own, name, float64(len(own))/4)
}

// within says whether a piece stands in a name, so many letters of it misread.
func within(piece, name string, letters float64) bool {
	for cut := range len(name) - len(piece) + 1 {
		if Distance(piece, name[cut:cut+len(piece)]) <= letters {
			return true
		}
	}
	return false
}
