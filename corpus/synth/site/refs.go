package site

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// Refs passes every address that a document loads from or leads to, and those of the
// style sheets in it, through change; what change leaves as it is stays to the byte.
// What its scripts name is not seen.
func Refs(doc []byte, change func(ref string) string) []byte {
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
			if tagRefs(&tok, change) {
				raw = []byte(tok.String())
			}
		case html.EndTagToken:
			within = ""
		case html.TextToken:
			if within == "style" {
				raw = SheetRefs(raw, change)
			}
		}
		out.Write(raw)
	}
}

// tagRefs changes the addresses among a tag's attributes and says whether it did.
func tagRefs(t *html.Token, change func(string) string) (changed bool) {
	for i, a := range t.Attr {
		to := a.Val
		switch a.Key {
		case "href", "src", "data-src", "poster", "background", "data", "action":
			to = change(a.Val)
		case "srcset":
			to = setRefs(a.Val, change)
		case "style":
			to = string(SheetRefs([]byte(a.Val), change))
		}
		changed = changed || to != a.Val
		t.Attr[i].Val = to
	}
	return changed
}

var sheetAddress = regexp.MustCompile(`(?i)(url\(\s*["']?|@import\s+["'])([^"')]+)`)

// SheetRefs does for a style sheet what Refs does for a document.
func SheetRefs(sheet []byte, change func(ref string) string) []byte {
	return sheetAddress.ReplaceAllFunc(sheet, func(m []byte) []byte {
		p := sheetAddress.FindSubmatch(m)
		return append(bytes.Clone(p[1]), change(string(p[2]))...)
	})
}

// setRefs changes the addresses of a srcset. It stays where none changes, its
// spaces and all.
func setRefs(set string, change func(string) string) string {
	all, changed := strings.Split(set, ","), false
	for i, one := range all {
		f := strings.Fields(one)
		if len(f) == 0 {
			continue
		}
		if to := change(f[0]); to != f[0] {
			f[0], changed = to, true
		}
		all[i] = strings.Join(f, " ")
	}
	if !changed {
		return set
	}
	return strings.Join(all, ", ")
}
