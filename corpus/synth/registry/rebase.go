package registry

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// rebase changes the relative addresses of a page that stood in folder from, so that
// they mean the same in the folder above all. What its scripts name stays.
func rebase(doc []byte, from string) []byte {
	if from == "." {
		return doc
	}
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(doc))
	within := ""
	for {
		t := z.Next()
		raw := bytes.Clone(z.Raw())
		switch t {
		case html.ErrorToken:
			out.Write(raw)
			return out.Bytes()
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			within = tok.Data
			if moveTag(&tok, from) {
				raw = []byte(tok.String())
			}
		case html.EndTagToken:
			within = ""
		case html.TextToken:
			if within == "style" {
				raw = []byte(moveSheet(string(raw), from))
			}
		}
		out.Write(raw)
	}
}

// moveTag changes the addresses among a tag's attributes and says whether it did.
func moveTag(t *html.Token, from string) (changed bool) {
	for i, a := range t.Attr {
		to := a.Val
		switch a.Key {
		case "href", "src", "data-src", "poster", "background", "data", "action":
			to = move(a.Val, from)
		case "srcset":
			to = moveSet(a.Val, from)
		case "style":
			to = moveSheet(a.Val, from)
		}
		changed = changed || to != a.Val
		t.Attr[i].Val = to
	}
	return changed
}

var sheetURL = regexp.MustCompile(`(?i)(url\(\s*["']?|@import\s+["'])([^"')]+)`)

func moveSheet(sheet, from string) string {
	return sheetURL.ReplaceAllStringFunc(sheet, func(m string) string {
		p := sheetURL.FindStringSubmatch(m)
		return p[1] + move(p[2], from)
	})
}

func moveSet(set, from string) string {
	all := strings.Split(set, ",")
	for i, one := range all {
		if f := strings.Fields(one); len(f) > 0 {
			f[0] = move(f[0], from)
			all[i] = strings.Join(f, " ")
		}
	}
	return strings.Join(all, ", ")
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
