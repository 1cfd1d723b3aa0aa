package verify

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/reading/address"
)

const (
	// maxPath is how many letters of a path are told: no bar shows more, and no more are
	// compared.
	maxPath = 250
	// samePath is the distance up to which two paths have the same letters, save some
	// that are nearly the same to the eye: three of 0 and o, 1 and l, or one of q and g.
	samePath = 0.3
)

// addressRead is what was read in the address bar, for the result; nil where no host was
// read surely enough to be told.
func addressRead(c *Case) *AddressRead {
	if c.Readout.bar == nil {
		return nil
	}
	v := c.Readout.bar.read.Judge(c.hosts()...)
	if !told(v) {
		return nil
	}
	a := &AddressRead{Host: v.Host.Name, Path: barPath(v)}
	if v.Host.Letters != v.Host.Name {
		a.Letters = v.Host.Letters
	}
	return a
}

// told says whether a verdict names the host that was read.
func told(v address.Verdict) bool {
	return v.Outcome == address.Claimed || v.Outcome == address.Alike || v.Outcome == address.Other
}

// barPath is what was read after the host in the address bar, without what looks like a
// secret; "" where there is none or the host itself was not read surely enough to be told.
func barPath(v address.Verdict) string {
	if !told(v) {
		return ""
	}
	return shownPath(v.Host.Path)
}

// shownPath is a path with its query as it may be told.
func shownPath(path string) string {
	head, query := path, ""
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		head, query = path[:i], path[i:]
	}
	var b strings.Builder
	b.WriteString(head)
	for query != "" { // after each ? and # values of its own can stand
		end := strings.IndexAny(query[1:], "?#") + 1
		if end == 0 {
			end = len(query)
		}
		b.WriteByte(query[0])
		b.WriteString(strings.TrimPrefix(capture.Redact("?"+query[1:end]), "?"))
		query = query[end:]
	}
	all := []rune(b.String())
	if len(all) > maxPath {
		all = append(all[:maxPath], '…')
	}
	return string(all)
}

// ofPath tells of the path in the bar, which weighs nothing: one page has several, and
// paths are full of digits that are read for letters.
func (c *Case) ofPath(read string) string {
	compared := ""
	switch shown, escaped := claimedPaths(c.Claim.URL); {
	case pathAlike(read, shown) || pathAlike(read, escaped):
		compared = "as the claimed address does"
	case pathBegins(read, shown) || pathBegins(read, escaped):
		compared = fmt.Sprintf("as the claimed address begins (%q)", shown)
	default:
		compared = fmt.Sprintf("where the claimed address has %q", shown)
	}
	return fmt.Sprintf("After the host it reads %q, %s; paths are read less surely than hosts, and this weighs nothing.", read, compared)
}

// claimedPaths is what follows the host in an address, with letters beyond a to z as they
// are and escaped: browsers show either.
func claimedPaths(raw string) (shown, escaped string) {
	u, err := url.Parse(raw)
	if err != nil {
		return "", ""
	}
	port, rest := "", ""
	if u.Port() != "" {
		port = ":" + u.Port()
	}
	if u.RawQuery != "" {
		rest = "?" + u.RawQuery
	}
	if u.Fragment != "" {
		rest += "#" + u.EscapedFragment()
	}
	return shownPath(port + cmp.Or(u.Path, "/") + rest), shownPath(port + cmp.Or(u.EscapedPath(), "/") + rest)
}

// foldPath is a path as it is compared: browsers leave out a stroke at the end, which is
// read for others that stand upright.
func foldPath(path string) string {
	return strings.TrimSuffix(strings.NewReplacer("|", "/", `\`, "/").Replace(strings.ToLower(path)), "/")
}

func pathAlike(read, claimed string) bool {
	return address.Distance(foldPath(read), foldPath(claimed)) <= samePath
}

// pathBegins says whether a claimed path begins as the one read, of which a bar shows as
// much as fits. A stroke alone is no beginning that says anything.
func pathBegins(read, claimed string) bool {
	r, c := foldPath(read), foldPath(claimed)
	return len(r) > 1 && len(r) < len(c) && address.Distance(r, c[:len(r)]) <= samePath
}
