package address

import (
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// Host is a host name as it was read.
type Host struct {
	Name       string  // lower case, without "www."; letters beyond a to z in punycode
	Letters    string  // Name with its punycode decoded; Name where there is none or it cannot be
	Domain     string  // the registrable part of Name: one label below a public suffix
	Path       string  // what follows the host, as it was read
	Confidence float64 // the least of the words it was read from, 0 to 100
	Cut        bool    // an ellipsis or the edge of the bar may have cut it

	coded bool // it was read in punycode
}

// hostsIn finds what may be host names in the words of an address bar, the
// first ones first: the bar also holds icons, "Not secure", and what was searched.
func hostsIn(words []reading.Word) []Host {
	var all []Host
	for i := 0; i < len(words); i++ {
		text, confidence, last := words[i].Text, words[i].Confidence, i
		// A point at the end or at the beginning joins what a wide gap parted.
		for last+1 < len(words) && joins(text, words[last+1].Text) {
			last++
			text, confidence = text+words[last].Text, 0 // two words of a search can look so
		}
		if h, ok := parseHost(text); ok {
			h.Confidence = confidence
			h.Cut = h.Cut || h.Path == "" && last+1 < len(words) && apart(words[last], words[last+1]) <= spaceWords
			all = append(all, h)
			i = last
		}
	}
	return append(all, grown(words)...)
}

const (
	// closeWords is the widest gap, in heights of a line, at which two words may be
	// one whose letters stand apart.
	closeWords = 0.2
	// spaceWords is the widest gap at which two words may be one that lost the point
	// between them; a space is about as wide.
	spaceWords = 0.5
)

// apart is the gap between two words in heights of the line, far where their places
// are not known.
func apart(a, b reading.Word) float64 {
	high := a.Box.Union(b.Box).Dy()
	if high == 0 {
		return 100
	}
	return float64(b.Box.Min.X-a.Box.Max.X) / float64(high)
}

// grown finds hosts that were read in two pieces. Two words can stand as close, so
// that no confidence is theirs.
func grown(words []reading.Word) []Host {
	var all []Host
	for i := 0; i+1 < len(words); i++ {
		a, b := words[i], words[i+1]
		gap := apart(a, b)
		if joins(a.Text, b.Text) {
			continue
		}
		if h, ok := parseHost(a.Text + b.Text); ok && gap <= closeWords {
			all = append(all, h)
		}
		if h, ok := parseHost(a.Text + "." + b.Text); ok && gap <= spaceWords {
			all = append(all, h)
		}
	}
	return all
}

func joins(a, b string) bool {
	return strings.HasSuffix(a, ".") || strings.HasPrefix(b, ".") || strings.HasSuffix(a, "://")
}

// parseHost takes a host and path from a word. Only names below a suffix that
// ICANN has delegated are hosts: files and sentences have points as well.
func parseHost(text string) (Host, bool) {
	if strings.HasPrefix(text, "|.") { // an l alone before a point
		text = "l" + text[1:]
	}
	text = hyphensRead.ReplaceAllString(text, encodedMark)
	text = strings.Trim(signsRead().Replace(text), noise)
	rest := withoutScheme(text)
	end := strings.IndexAny(rest, "/?#:|\\")
	name, path := rest, ""
	if end >= 0 {
		name, path = rest[:end], rest[end:]
	}
	h := Host{Path: path, Cut: strings.Contains(name, "…") || strings.Contains(name, "..") || strings.HasSuffix(name, "-")}
	ascii, ok := asciiOf(name)
	if !ok {
		return Host{}, false
	}
	if h.Domain, ok = registrable(ascii); !ok {
		return Host{}, false
	}
	h.Name, h.Letters, h.coded = ascii, spell(ascii).letters, encoded(strings.ToLower(name))
	return h, true
}

// noise is what icons and edges beside a host are read as.
const noise = "\"'“”‘’„()[]{}<>|»«•*©®@&~#="

// signsRead puts signs that no host has for those that they are read for.
func signsRead() *strings.Replacer { return strings.NewReplacer(",", ".", "—", "-", "–", "-") }

// schemeRead is http:// and https:// as they are read, small and grey before the
// host: letters lost, colon and strokes taken for other signs. Two signs at least
// must follow the letters, or the two strokes themselves.
var schemeRead = regexp.MustCompile(`(?i)^[^a-z0-9]{0,2}(?:h?[tily]{1,3}ps?[:;.!'/|\\]{2,4}|https?[:/])`)

// withoutScheme cuts off http:// and https://.
func withoutScheme(s string) string {
	if i := strings.Index(s, "//"); i >= 0 && i <= len("https:")+1 {
		return s[i+2:]
	}
	return s[len(schemeRead.FindString(s)):]
}

// registrable gives the part of a name, in its ascii form, that somebody registered. ok
// is false for what is below no suffix.
func registrable(name string) (string, bool) {
	if len(name) < 4 || len(name) > maxName || !strings.Contains(name, ".") {
		return "", false
	}
	for _, label := range strings.Split(name, ".") {
		if !isLabel(label) {
			return "", false
		}
	}
	suffix, icann := publicsuffix.PublicSuffix(name)
	if !icann && !strings.Contains(suffix, ".") && !reserved(suffix) {
		return "", false
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(name)
	return d, err == nil
}

// reserved says whether a suffix is one that stands for others in documentation and
// tests (RFC 2606), under which made claims have their sites.
func reserved(suffix string) bool { return suffix == "example" || suffix == "test" }

func isLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-') {
			return false
		}
	}
	return true
}
