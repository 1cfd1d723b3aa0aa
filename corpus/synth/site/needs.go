package site

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// maxNeeds bounds the files of one page; the largest pages seen have some eighty.
const maxNeeds = 400

// Needs lists the files that a page loads, itself left out, in the order of their
// names: those that its attributes and its style sheets name and the site has, and
// those that it lacks, for all its visitors.
func (s *Site) Needs(page string, doc []byte) (has, lacks []string) {
	seen := map[string]bool{page: true}
	queue := named(page, doc)
	for len(queue) > 0 && len(has)+len(lacks) < maxNeeds {
		name := queue[0]
		queue = queue[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		body, kind, err := s.Read(name)
		if err != nil {
			lacks = append(lacks, name)
			continue
		}
		has = append(has, name)
		switch {
		case strings.HasPrefix(kind, "text/css"):
			queue = append(queue, sheetNames(name, body)...)
		case strings.HasPrefix(kind, "text/html"):
			queue = append(queue, named(name, body)...)
		}
	}
	slices.Sort(has)
	slices.Sort(lacks)
	return has, lacks
}

// named lists what a document loads, as paths below the site.
func named(page string, doc []byte) (out []string) {
	add := func(ref string) {
		if name, ok := local(page, ref); ok {
			out = append(out, name)
		}
	}
	z := html.NewTokenizer(bytes.NewReader(doc))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return append(out, sheetNames(page, doc)...)
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			for _, a := range t.Attr {
				if !contains(loads[t.Data], a.Key) {
					continue
				}
				if a.Key != "srcset" {
					add(a.Val)
					continue
				}
				for one := range strings.SplitSeq(a.Val, ",") {
					if f := strings.Fields(one); len(f) > 0 {
						add(f[0])
					}
				}
			}
		}
	}
}

var sheetRef = regexp.MustCompile(`(?i)(?:url\(\s*["']?|@import\s+["'])([^"')]+)`)

func sheetNames(page string, sheet []byte) (out []string) {
	for _, m := range sheetRef.FindAllSubmatch(sheet, -1) {
		if name, ok := local(page, string(m[1])); ok {
			out = append(out, name)
		}
	}
	return out
}

// local resolves a reference on page to a path below the site.
func local(page, ref string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return "", false
	}
	name := u.Path
	if !strings.HasPrefix(name, "/") {
		name = path.Join("/", path.Dir(page), name)
	}
	name = strings.TrimPrefix(path.Clean(name), "/")
	return name, name != ""
}
