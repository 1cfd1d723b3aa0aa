package capture

import (
	"fmt"
	"net/netip"
	neturl "net/url"
	"regexp"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/publicsuffix"
)

// CanonicalURL reads a web address as a browser does (WHATWG URL Standard) and
// returns it in the browser's spelling, without its fragment. It refuses what a
// claim cannot honestly carry: another scheme than http or https, a user name or
// password, and hosts whose spelling hides an address, such as 2130706433 or
// 0x7f.1, which a browser would visit as 127.0.0.1. Errors wrap ErrBadURL and
// name the address with its secrets removed.
func CanonicalURL(raw string) (string, error) {
	text := strings.TrimSpace(raw)
	if scheme, rest, ok := strings.Cut(text, ":"); !ok || rest == "" || !isWeb(scheme) {
		return "", badURL(raw, "write it in full, beginning with http:// or https://")
	}
	u, err := whatwg.Parse(text)
	if err != nil {
		return "", badURL(raw, "it cannot be read as a web address")
	}
	if u.Username() != "" || u.Password() != "" {
		return "", badURL(raw, "it carries a user name or password; leave them out")
	}
	if err := checkSpelling(text, u); err != nil {
		return "", err
	}
	return u.Href(true), nil
}

// RegistrableDomain returns what a host is registered under, in lower case: one label
// below a public suffix (publicsuffix.org). Of an IP address, and of a name that is a
// suffix itself, it is the host.
func RegistrableDomain(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return host
	}
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}

func isWeb(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// checkSpelling refuses a host that the browser would visit as an address but
// that does not look like it, and one without any letters to resolve.
func checkSpelling(raw string, u *whatwg.Url) error {
	host := u.Hostname()
	if host == "" {
		return badURL(raw, "it has no host name")
	}
	if strings.HasSuffix(host, ".") && strings.Trim(host, ".") == "" {
		return badURL(raw, "its host name is empty")
	}
	if !u.IsIPv4() && !u.IsIPv6() {
		return nil
	}
	asWritten, err := netip.ParseAddr(strings.Trim(rawHost(raw), "[]"))
	if err != nil || asWritten.String() != strings.Trim(host, "[]") {
		return badURL(raw, "its host is an odd spelling of the address "+host+"; write that instead")
	}
	return nil
}

// rawHost cuts the host out of an address without interpreting it.
func rawHost(raw string) string {
	_, rest, _ := strings.Cut(raw, ":")
	rest = strings.TrimLeft(rest, `/\`)
	if end := strings.IndexAny(rest, `/\?#`); end >= 0 {
		rest = rest[:end]
	}
	if strings.HasPrefix(rest, "[") {
		if end := strings.IndexByte(rest, ']'); end >= 0 {
			return rest[:end+1]
		}
	}
	host, _, _ := strings.Cut(rest, ":")
	return host
}

func badURL(raw, why string) error {
	return fmt.Errorf("read URL %q: %w: %s", Redact(raw), ErrBadURL, why)
}

// secretKey matches the names of query values that should not be seen in logs.
func secretKey() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(token|secret|passw|pwd|api_?key|access_?key|auth|session|sid$|signature|^sig$|credential)`)
}

// Redact removes user names, passwords and token-like query values from an
// address, for logs, errors and reports. What cannot be parsed, and what has a user
// but no scheme, loses everything before an @ and after a question mark.
func Redact(raw string) string {
	u, err := neturl.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" && startsWithUser(raw) {
		head, _, _ := strings.Cut(raw, "?")
		if i := strings.LastIndexByte(head, '@'); i >= 0 {
			head = "[removed]" + head[i:]
		}
		return head
	}
	if u.User != nil {
		u.User = neturl.User("removed")
	}
	if u.RawQuery != "" {
		u.RawQuery = redactQuery(u.RawQuery)
	}
	return u.String()
}

// startsWithUser says whether an @ stands before the first slash, as in user:password@host.
func startsWithUser(raw string) bool {
	if end := strings.IndexAny(raw, "/?#"); end >= 0 {
		raw = raw[:end]
	}
	return strings.Contains(raw, "@")
}

func redactQuery(query string) string {
	secret := secretKey()
	parts := strings.Split(query, "&")
	for i, part := range parts {
		if key, _, ok := strings.Cut(part, "="); ok && secret.MatchString(key) {
			parts[i] = key + "=removed"
		}
	}
	return strings.Join(parts, "&")
}
