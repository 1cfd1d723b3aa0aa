package intake

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"github.com/defacecheck/defacecheck/capture"
)

// standsAlone says whether the name at start is not a part of something else: of a mail
// address, a path, an address of another scheme.
func standsAlone(text string, start, end int) bool {
	if end < len(text) && text[end] == '@' {
		return false
	}
	if start == 0 {
		return true
	}
	return !strings.ContainsRune("@/\\-.%", rune(text[start-1]))
}

// trimEnd takes off what belongs to the sentence and not to the address.
func trimEnd(word string) string {
	for word != "" {
		last, size := utf8.DecodeLastRuneInString(word)
		if pair, ok := map[rune]string{')': "(", ']': "["}[last]; ok && strings.Count(word, pair) >= strings.Count(word, string(last)) {
			return word
		}
		if !strings.ContainsRune(".,;:!?'\")]*~»”’…،。", last) {
			return word
		}
		word = word[:len(word)-size]
	}
	return word
}

// bareHost is the host of a name without a scheme, as a browser reads it; "" for none.
func bareHost(word string) string {
	if i := strings.IndexAny(word, ":/?#"); i >= 0 {
		word = word[:i]
	}
	u, err := capture.CanonicalURL("http://" + word)
	if err != nil {
		return ""
	}
	return hostOf(u)
}

// isName says whether a name without a scheme, with whatever follows it, ends as names on
// the internet do and is no name of a file.
func isName(word string) bool {
	host := bareHost(word)
	suffix, icann := publicsuffix.PublicSuffix(host)
	return icann && suffix != host && !isFileName(word)
}

// oneLabel says whether the host of an address is a name without a dot, which is none on the
// internet. In a running text it is an address that somebody broke: http://four teen.com.
func oneLabel(word string) bool {
	u, err := capture.CanonicalURL(word)
	return err == nil && !strings.ContainsAny(hostOf(u), ".:")
}

// isFileName tells names of files from hosts: both have a dot, and some endings of
// files are top-level domains. A host of three parts or with a path is none.
func isFileName(word string) bool {
	name, end, _ := strings.Cut(word, ".")
	return name != "" && slices.Contains([]string{"md", "py", "sh", "rs", "zip", "mov"}, strings.ToLower(end))
}

// hostOf is the host of a canonical address.
func hostOf(canonical string) string {
	u, err := url.Parse(canonical)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(u.Hostname(), ".")
}

// under says whether host is one of the hosts or lies below one.
func under(host string, hosts []string) bool {
	return slices.ContainsFunc(hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) })
}
