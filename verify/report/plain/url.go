package plain

import (
	"net/url"
	"regexp"
	"strings"
)

// inText finds web addresses in running text. The character class ends an
// address at blanks, quotes and brackets.
var inText = regexp.MustCompile(`(?i)\b(https?|ftp|wss?)://[^\s"'<>‹›“”„«»]+`)

// opener finds schemes that run or carry content when somebody follows them.
var opener = regexp.MustCompile(`(?i)\b(javascript|data|vbscript|file|blob|about|chrome):`)

// secretKey finds names of query parameters whose values open doors.
var secretKey = regexp.MustCompile(`(?i)(token|secret|passw|pwd|api[_-]?key|auth|session|sid$|signature|^sig$|^key$|^code$|credential|jwt)`)

// redacted stands where a secret stood.
const redacted = "[redacted]"

// Defang returns s with every web address in it made harmless to programs that
// turn text into links: hxxps://example[.]org/path. User names, passwords and
// values of token-like query parameters in those addresses are redacted, and
// schemes such as javascript: lose their colon. Defang leaves its own output
// as it is.
func Defang(s string) string {
	s = inText.ReplaceAllStringFunc(s, defangOne)
	return opener.ReplaceAllString(s, "${1}[:]")
}

// defangOne works on the string, not on a parsed URL: an address that does not
// parse is the one that most needs it.
func defangOne(s string) string {
	scheme, rest, _ := strings.Cut(s, "://")
	end := strings.IndexAny(rest, `/?#\`)
	if end < 0 {
		end = len(rest)
	}
	host, tail := rest[:end], rest[end:]
	if at := strings.LastIndex(host, "@"); at >= 0 {
		host = redacted + "@" + host[at+1:]
	}
	host = strings.ReplaceAll(strings.ReplaceAll(host, "[.]", "."), ".", "[.]")
	return hxxp(scheme) + "://" + host + redactQuery(tail)
}

func hxxp(scheme string) string {
	switch strings.ToLower(scheme) {
	case "http":
		return "hxxp"
	case "https":
		return "hxxps"
	}
	return scheme[:len(scheme)-1] + "[" + scheme[len(scheme)-1:] + "]"
}

// redactQuery replaces the values of secret parameters in query and fragment,
// where sign-in pages put them too.
func redactQuery(tail string) string {
	at := strings.IndexAny(tail, "?#")
	if at < 0 {
		return defangInner(tail)
	}
	pairs := strings.FieldsFunc(tail[at+1:], func(r rune) bool { return strings.ContainsRune("&;?#", r) })
	for _, p := range pairs {
		k, v, ok := strings.Cut(p, "=")
		if ok && v != "" && v != redacted && isSecret(k) {
			tail = strings.Replace(tail, p, k+"="+redacted, 1)
		}
	}
	return defangInner(tail)
}

// defangInner treats an address inside a path, as archives write them:
// /web/2024/https://example.org/.
func defangInner(tail string) string {
	at := strings.Index(tail, "://")
	if at < 0 {
		return tail
	}
	from := at
	for from > 0 && isLetter(tail[from-1]) {
		from--
	}
	return tail[:from] + inText.ReplaceAllStringFunc(tail[from:], defangOne)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSecret(key string) bool {
	if k, err := url.QueryUnescape(key); err == nil {
		key = k
	}
	return secretKey.MatchString(key)
}
