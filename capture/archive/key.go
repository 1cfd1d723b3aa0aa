package archive

import (
	"strings"

	"github.com/nlnwa/whatwg-url/url"

	"github.com/defacecheck/defacecheck/capture"
)

// Key brings the spellings of one address to one: what a browser would ask
// for, without scheme, default port, user info and fragment, percent-encodings
// in upper case and of unreserved characters undone. Two URLs are one resource
// to an archive when their keys are equal. What does not parse, and what is
// not http or https, is its own key.
func Key(rawURL string) string {
	u, err := parseURL(rawURL)
	if err != nil || !isHTTP(u) {
		return rawURL
	}
	return u.Host() + tidyEscapes(u.Pathname()) + tidyEscapes(u.Search())
}

// sameURL says whether a browser would call both the same address, scheme
// included.
func sameURL(a, b string) bool {
	ua, errA := parseURL(a)
	ub, errB := parseURL(b)
	if errA != nil || errB != nil {
		return a == b
	}
	return ua.Scheme() == ub.Scheme() && Key(a) == Key(b)
}

func parseURL(s string) (*url.Url, error) { return url.Parse(strings.TrimSpace(s)) }

func isHTTP(u *url.Url) bool { return u.Scheme() == "http" || u.Scheme() == "https" }

// resolve gives the absolute form of a Location found at base, or "".
func resolve(base, ref string) string {
	u, err := url.ParseRef(base, strings.TrimSpace(ref))
	if err != nil {
		return ""
	}
	return u.Href(false)
}

// tidyEscapes normalises percent-encodings as RFC 3986 section 6.2.2 allows
// without a change of meaning.
func tidyEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
			b.WriteByte(s[i])
			continue
		}
		if c := unhex(s[i+1])<<4 | unhex(s[i+2]); unreserved(c) {
			b.WriteByte(c)
		} else {
			b.WriteString(strings.ToUpper(s[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	if c >= 'A' {
		return c&^0x20 - 'A' + 10
	}
	return c - '0'
}

func unreserved(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' ||
		strings.IndexByte("-._~", c) >= 0
}

// shown is a URL as an error may tell it: without secrets, and short.
func shown(rawURL string) string {
	const longest = 300
	text := capture.Redact(rawURL)
	if len(text) > longest {
		return text[:longest] + "..."
	}
	return text
}
