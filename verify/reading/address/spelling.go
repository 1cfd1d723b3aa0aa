package address

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// spelling is a host name in the forms in which names are compared.
type spelling struct {
	ascii   string // as name servers have it: lower case, without "www.", letters beyond a to z in labels that begin with xn--
	letters string // the same with those labels decoded
	look    string // what letters looks like, see look
	doubt   bool   // a label begins like an encoded one and is what no name encodes to, so that letters means nothing
}

// encodedMark begins the labels that stand for letters beyond a to z (RFC 5890).
const encodedMark = "xn--"

// spell gives the forms of a name that is in its ascii form.
func spell(ascii string) spelling {
	s := spelling{ascii: ascii, letters: ascii}
	switch {
	case encoded(ascii):
		u, err := profile().ToUnicode(ascii)
		if back, err2 := profile().ToASCII(u); err != nil || err2 != nil || back != ascii {
			s.doubt = true
			break
		}
		s.letters = u
	case nearlyEncoded.MatchString(ascii):
		s.doubt = true
	}
	s.look = look(s.letters)
	return s
}

// nearlyEncoded is the mark with a letter misread or a hyphen lost. Hardly any label begins
// so: registries keep those with hyphens in the third and fourth place for encodings.
var nearlyEncoded = regexp.MustCompile(`(?:^|\.)(?:xn-|..--)`)

func encoded(name string) bool {
	return strings.HasPrefix(name, encodedMark) || strings.Contains(name, "."+encodedMark)
}

// plain says whether a name has no letters beyond a to z.
func (s spelling) plain() bool { return !encoded(s.ascii) }

// own gives the forms of the registrable part of a name.
func (s spelling) own() spelling {
	d, _ := registrable(s.ascii)
	return spell(d)
}

// asciiOf is a name in its ascii form. ok is false for what cannot be a name.
func asciiOf(name string) (ascii string, ok bool) {
	name = strings.TrimPrefix(strings.Trim(strings.ToLower(name), ".…"), "www.")
	if len(name) > 4*maxName {
		return "", false
	}
	for _, r := range name {
		if r >= 0x80 {
			a, err := profile().ToASCII(name)
			return strings.TrimPrefix(strings.Trim(a, "."), "www."), err == nil
		}
	}
	return name, true
}

// profile is how browsers look names up (Unicode Technical Standard 46, by which ß is
// a letter of its own), with the rules for what may stand in a label; but hyphens may
// stand anywhere, as they do in names of servers.
func profile() *idna.Profile {
	return idna.New(idna.MapForLookup(), idna.BidiRule(), idna.CheckHyphens(false))
}

// hyphensRead are the two hyphens of an encoded label as they are read: dashes of any
// kind and number. No label can have letters that begin with a third.
var hyphensRead = regexp.MustCompile(`(?i)\bxn(?:[-—–]{2,}|[—–])`)

// kept says whether a reading has a claimed name to the letter, or lost nothing of it
// but accents, which small print swallows. Both are letters of a spelling.
func kept(read, claimed string) bool {
	rest := []rune(norm.NFD.String(claimed))
	for _, r := range norm.NFD.String(read) {
		for len(rest) > 0 && rest[0] != r && unicode.Is(unicode.Mn, rest[0]) {
			rest = rest[1:]
		}
		if len(rest) == 0 || rest[0] != r {
			return false
		}
		rest = rest[1:]
	}
	for _, r := range rest {
		if !unicode.Is(unicode.Mn, r) {
			return false
		}
	}
	return true
}

// claimedName gives the forms of a host of a claim. ok is false where it cannot be
// compared: addresses in numbers, names in other scripts than Latin or with letters
// that look like none of a to z, and those below no public suffix.
func claimedName(host string) (s spelling, ok bool) {
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return s, false
	}
	ascii, ok := asciiOf(host)
	if !ok {
		return s, false
	}
	if _, ok = registrable(ascii); !ok {
		return s, false
	}
	s = spell(ascii)
	return s, !(s.doubt && encoded(ascii)) && latin(s.letters) && !strings.ContainsRune(s.look, unlike)
}

func latin(name string) bool {
	for _, r := range name {
		if r >= 0x80 && !unicode.In(r, unicode.Latin, unicode.Mn) {
			return false
		}
	}
	return true
}

// oneScript says whether each label of a name is made of letters of one script, as most
// real names are; what a misread label decodes to seldom is.
func oneScript(letters string) bool {
	for _, label := range strings.Split(letters, ".") {
		met := ""
		for _, r := range label {
			switch s := scriptOf(r); {
			case r < 0x80 && !unicode.IsLetter(r):
			case !unicode.In(r, unicode.L, unicode.M, unicode.Nd), met != "" && s != met && s != common:
				return false
			case s != common:
				met = s
			}
		}
	}
	return true
}

// common is the script of what belongs to none.
const common = ""

// scriptOf names the script of a letter or a digit. What Japanese, Korean and Chinese are
// written in together counts as one.
func scriptOf(r rune) string {
	switch {
	case unicode.In(r, unicode.Common, unicode.Inherited):
		return common
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul):
		return "East Asian"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return common
}
