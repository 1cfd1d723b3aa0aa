package registry

import (
	"net/url"
	"path"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

// rebase changes the relative addresses of a page that stood in folder from, so that
// they mean the same in the folder above all. What its scripts name stays.
func rebase(doc []byte, from string) []byte {
	if from == "." {
		return doc
	}
	return site.Refs(doc, func(ref string) string { return move(ref, from) })
}

// move changes one address. Those that are not relative, and those that would lead
// out of the site, stay.
func move(ref, from string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || u.IsAbs() || u.Host != "" || u.Path == "" || strings.HasPrefix(u.Path, "/") {
		return ref
	}
	to := path.Join(from, u.Path)
	if to == ".." || strings.HasPrefix(to, "../") {
		return ref
	}
	if strings.HasSuffix(u.Path, "/") {
		to += "/"
	}
	u.Path, u.RawPath = to, ""
	return u.String()
}
