package plain

import (
	"net/url"
	"regexp"
	"strings"
)

// address finds the scheme and the authority of web addresses in running text.
// The authority ends where a path begins, or at blanks, quotes and brackets.
// The letters are spelt out because folding case would take ſ for s.
var address = regexp.MustCompile(`([hH][tT][tT][pP][sS]?|[fF][tT][pP]|[wW][sS][sS]?)://[^\s/?#\\"'<>‹›“”„«»]*`)

// opener finds schemes that run or carry content when somebody follows them.
var opener = regexp.MustCompile(`(?i)\b(javascript|data|vbscript|file|blob|about|chrome):`)

// parameter finds names and values as queries and fragments have them.
var parameter = regexp.MustCompile(`[?&;#][^\s=&;?#]+=[^\s&;?#"'<>]+`)

// secret finds names of parameters whose values open doors.
var secret = regexp.MustCompile(`(?i)(token|secret|passw|pwd|api[_-]?key|auth|session|sid$|signature|^sig$|^key$|^code$|credential|jwt)`)

// redacted stands where a secret stood.
const redacted = "[redacted]"

// Defang returns s with every web address in it made harmless to programs that
// turn text into links: hxxps://example[.]org/path. User names, passwords and
// values of token-like parameters are redacted, and schemes such as javascript:
// lose their colon. Defang leaves its own output as it is.
//
// It works on text and parses no URL: an address that does not parse is the
// one that most needs it.
func Defang(s string) string {
	if !strings.ContainsAny(s, ":=") { // no address, scheme or parameter
		return s
	}
	for address.MatchString(s) { // an address may hide in another's authority
		s = address.ReplaceAllStringFunc(s, defangOne)
	}
	s = opener.ReplaceAllString(s, "${1}[:]")
	return parameter.ReplaceAllStringFunc(s, redact)
}

func defangOne(s string) string {
	scheme, host, _ := strings.Cut(s, "://")
	if at := strings.LastIndex(host, "@"); at >= 0 {
		host = redacted + "@" + host[at+1:]
	}
	host = strings.ReplaceAll(strings.ReplaceAll(host, "[.]", "."), ".", "[.]")
	return hxxp(scheme) + "://" + host
}

func hxxp(scheme string) string {
	switch strings.ToLower(scheme) {
	case "http":
		return "hxxp"
	case "https":
		return "hxxps"
	}
	last := len(scheme) - 1
	return scheme[:last] + "[" + scheme[last:] + "]"
}

// redact replaces the value of a secret parameter.
func redact(pair string) string {
	key, value, _ := strings.Cut(pair, "=")
	name := key[1:]
	if plainName, err := url.QueryUnescape(name); err == nil {
		name = plainName
	}
	if value == redacted || !secret.MatchString(name) {
		return pair
	}
	return key + "=" + redacted
}
