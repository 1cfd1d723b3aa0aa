package address

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// leastOwn is how many letters a domain's own label has at least for a host to be
	// like it by having it whole in it: shorter ones are words that many names have.
	leastOwn = 5
	// leastBefore is how many letters stand at least before what a host has whole in
	// it: an icon beside the host is read as one or two.
	leastBefore = 3
)

// containing finds the claimed name, or the own label of its domain, whole in a host of
// another domain that both readings have to the letter: as labels, or as parts of labels
// between hyphens. Services that translate or keep pages name their hosts so, and
// so do those who want theirs to be taken for others; that it is another domain is all
// that it says. Nothing is found where the host may be the claimed one with an edge over
// it, or run into what stands beside it.
func containing(h Host, again []Host, names []spelling) (Verdict, bool) {
	if !slices.ContainsFunc(again, func(g Host) bool { return g.Name == h.Name && g.Confidence >= sure && !g.Cut }) {
		return Verdict{}, false
	}
	s := spell(h.Name)
	for _, n := range names {
		if Distance(s.own().look, n.own().look) <= misread || within(s.look, n.look, 1) {
			return Verdict{}, false
		}
	}
	for _, n := range names {
		if part := held(s, n); part != "" {
			return Verdict{Outcome: Alike, Likeness: Contains, Host: h, Against: n.ascii, Held: part}, true
		}
	}
	return Verdict{}, false
}

// held is what of a claimed name a host has whole in it: the name, the own label of its
// domain, or "".
func held(h, n spelling) string {
	whole := parts(h.letters)
	if at := find(whole, parts(n.letters)); at >= 0 && before(whole[:at]) && !(at == 0 && fileLike(h.ascii)) {
		return n.letters
	}
	own := label(n.own().letters)
	at := find(whole, parts(own))
	if at < 0 || utf8.RuneCountInString(own) < leastOwn || !before(whole[:at]) || runOn(h, n) {
		return ""
	}
	return own
}

// parts are the labels of a name, cut at hyphens as well.
func parts(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '-' })
}

// find is where some parts stand among others in a row; -1 for nowhere.
func find(among, some []string) int {
	for at := range len(among) - len(some) + 1 {
		if slices.Equal(among[at:at+len(some)], some) {
			return at
		}
	}
	return -1
}

// before says whether parts that stand before a name can be others than what an icon,
// "www" or a scheme was read as.
func before(all []string) bool {
	text := strings.Join(all, "")
	if text == "" {
		return true
	}
	return len(text) >= leastBefore && !slices.ContainsFunc([]string{"http", "https", "www"}, func(s string) bool { return Distance(text, s) <= 1.2 })
}

// runOn says whether a host begins as a claimed name does, so that it may be the one run
// into its path, the stroke between them read as a letter ("town.de/a.pl" as
// "town.dela.pl").
func runOn(h, n spelling) bool {
	return len(h.look) >= len(n.look) && Distance(h.look[:len(n.look)], n.look) <= misread
}

// fileLike says whether a name ends as names of files do too, so that it may be a host
// and a file, the stroke between them read as a point.
func fileLike(name string) bool {
	return slices.Contains([]string{"do", "md", "pl", "py", "sh", "zip"}, name[strings.LastIndexByte(name, '.')+1:])
}
