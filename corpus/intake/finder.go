package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/defacecheck/defacecheck/capture"
)

// finder finds the addresses that a message claims. It compiles its patterns once; it
// is made with newFinder and not changed afterwards.
type finder struct {
	scheme, dot, half *regexp.Regexp // defanged spellings
	any               *regexp.Regexp // an address; its group is the scheme, where it has one
	ignored           []string       // hosts whose addresses, and those below them, are not the victim's
	extra             []string       // those of ignored that the user named
}

// newFinder takes hosts that are ignored besides Ignored, and hosts that are not
// ignored although they stand there.
func newFinder(ignore, keep []string) *finder {
	const path = `[^\s<>"` + "`" + `|^{}\\]` // what can stand in an address as people write it
	f := &finder{
		// hxxp, h**p, h__p, hxtp; the colon and the slashes may stand in brackets.
		scheme: regexp.MustCompile(`(?i)\bh[tx*_]{2}p(s?)[ \t]?[\[({]?:[\])}]?[\[({]?//[\])}]?`),
		// [.] (.) {.} <.> [dot] (dot) and so on, with or without blanks.
		dot: regexp.MustCompile(`(?i)[ \t]?[\[({<][ \t]*(?:\.|dot)[ \t]*[\])}>][ \t]?`),
		// example[.org, example.]org, example\.org
		half: regexp.MustCompile(`\[\.|\.\]|\\\.`),
		any:  regexp.MustCompile(`(?i)\b(https?://)` + path + `+|(?:[\pL\pN](?:[\pL\pN_-]*[\pL\pN])?\.)+(?:xn--[a-z0-9-]+|\pL{2,})\.?(?::[0-9]{1,5})?(?:[/?#]` + path + `*)?`),
	}
	f.extra = lower(ignore)
	drop := lower(keep)
	f.ignored = slices.DeleteFunc(slices.Concat(Ignored(), f.extra), func(h string) bool { return slices.Contains(drop, h) })
	return f
}

func lower(hosts []string) []string {
	var out []string
	for _, h := range hosts {
		out = append(out, strings.Trim(strings.ToLower(h), ". "))
	}
	return out
}

// addresses are what was found in a message.
type addresses struct {
	urls    []string // canonical, each once, in the order in which they came
	bad     []string // as written, of a form that cannot be visited
	ignored []string // hosts, once for each address
}

// maxAddress is more than any address that people post has, in bytes.
const maxAddress = 4096

// in finds the addresses in a text. It stops when there are more than one message may
// claim.
func (f *finder) in(text string) addresses {
	var out addresses
	text = f.refang(text)
	broken := -1 // where the last address ended, if its host was of one label
	for _, m := range f.any.FindAllStringSubmatchIndex(text, -1) {
		bare := m[2] < 0 // no scheme
		if bare && !standsAlone(text, m[0], m[1]) {
			continue
		}
		if m[1]-m[0] > maxAddress {
			out.bad = append(out.bad, text[m[0]:m[0]+maxAddress])
			continue
		}
		word := trimEnd(text[m[0]:m[1]])
		switch {
		case !bare && oneLabel(word):
			out.bad, broken = append(out.bad, word), m[0]+len(word)
		case bare && broken >= 0 && strings.Trim(text[broken:m[0]], " \t") == "" && isName(word): // the rest of it
			out.bad[len(out.bad)-1] += text[broken : m[0]+len(word)]
			broken = -1
		default:
			f.take(&out, word, bare)
			broken = -1
		}
		if len(out.urls) > MaxPairs {
			break
		}
	}
	return out
}

// given reads addresses that have a field of their own: only what the user named is
// ignored, and what cannot be read is bad.
func (f *finder) given(fields []string) addresses {
	var out addresses
	for _, raw := range fields {
		word := strings.TrimSpace(f.refang(raw))
		if word == "" {
			continue
		}
		if !strings.Contains(word, "://") {
			word = "http://" + word
		}
		f.keep(&out, word, raw, f.extra)
	}
	return out
}

// refang undoes the usual ways of making an address harmless, and takes out the
// characters that have no width, with which addresses are hidden as well.
func (f *finder) refang(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
	text = f.scheme.ReplaceAllString(text, "http$1://")
	return f.half.ReplaceAllString(f.dot.ReplaceAllString(text, "."), ".")
}

// take adds what was found in running text. A name without a scheme counts only where
// it ends as names on the internet do, and is no name of a file.
func (f *finder) take(out *addresses, word string, bare bool) {
	if bare {
		if !isName(word) {
			return
		}
		word = "http://" + word
	}
	f.keep(out, word, word, f.ignored)
}

// keep adds an address in canonical form.
func (f *finder) keep(out *addresses, word, raw string, ignored []string) {
	u, err := capture.CanonicalURL(word)
	switch {
	case err != nil:
		out.bad = append(out.bad, raw)
	case under(hostOf(u), ignored):
		out.ignored = append(out.ignored, hostOf(u))
	case !slices.Contains(out.urls, u):
		out.urls = append(out.urls, u)
	}
}
