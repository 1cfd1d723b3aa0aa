package site

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// elsewhere begins an address of another host.
var elsewhere = regexp.MustCompile(`(?i)^\s*(?:https?:|ftp:|//)`)

// loads are the attributes by which an element loads something; a link in the text
// loads nothing.
var loads = map[string][]string{
	"script": {"src"}, "link": {"href"}, "img": {"src", "srcset", "data-src"}, "source": {"src", "srcset"},
	"iframe": {"src"}, "frame": {"src"}, "video": {"src", "poster"}, "audio": {"src"}, "embed": {"src"},
	"object": {"data"}, "input": {"src"}, "track": {"src"}, "image": {"href"}, "use": {"href"}, "body": {"background"}, "table": {"background"}, "td": {"background"},
}

// Contain takes out of a document what would load from other hosts, send the visitor
// on, or change what addresses mean, and the queries of what it loads; with quiet, its
// scripts and their handlers too.
func Contain(doc []byte, quiet bool) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(doc))
	within := ""
	for {
		t := z.Next()
		if t == html.ErrorToken {
			return out.Bytes()
		}
		raw := bytes.Clone(z.Raw())
		switch t {
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			within = tok.Data
			if dropped(tok, quiet) {
				continue
			}
			if restrain(&tok, quiet) {
				raw = []byte(tok.String())
			}
		case html.TextToken:
			if within == "style" {
				raw = containCSS(raw)
			}
			if within == "script" && quiet {
				continue
			}
		case html.EndTagToken:
			within = ""
			if name, _ := z.TagName(); quiet && string(name) == "script" {
				continue
			}
		}
		out.Write(raw)
	}
}

func dropped(t html.Token, quiet bool) bool {
	switch t.Data {
	case "base":
		return true
	case "script":
		return quiet
	case "meta":
		how := strings.ToLower(attribute(t, "http-equiv"))
		return how == "refresh" || how == "content-security-policy"
	}
	return false
}

// restrain changes the attributes of a tag and says whether it did.
func restrain(t *html.Token, quiet bool) (changed bool) {
	kept := t.Attr[:0]
	for _, a := range t.Attr {
		switch {
		case contains(loads[t.Data], a.Key) && leads(a.Key, a.Val),
			a.Key == "integrity", a.Key == "crossorigin",
			quiet && strings.HasPrefix(a.Key, "on"):
			changed = true
			continue
		case a.Key == "style" && cssElsewhere.MatchString(a.Val):
			a.Val, changed = string(containCSS([]byte(a.Val))), true
		case contains(loads[t.Data], a.Key) && a.Key != "srcset":
			if plain := unasked(a.Val); plain != a.Val {
				a.Val, changed = plain, true
			}
		}
		kept = append(kept, a)
	}
	t.Attr = kept
	return changed
}

// unasked takes the query out of an address: a site is files, of which there is one
// whatever version a page asks for, and an archive lists it once.
func unasked(ref string) string {
	before, rest, found := strings.Cut(ref, "?")
	if !found || strings.Contains(before, ":") || strings.Contains(before, "#") {
		return ref
	}
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		return before + rest[i:]
	}
	return before
}

func leads(key, value string) bool {
	if key == "srcset" {
		return strings.Contains(value, "//")
	}
	return elsewhere.MatchString(value)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

var (
	cssImport    = regexp.MustCompile(`(?i)@import\s+(?:url\()?\s*["']?\s*(?:https?:)?//[^;]*;`)
	cssURL       = regexp.MustCompile(`(?i)(url\(\s*["']?)([^"')]*)`)
	cssElsewhere = regexp.MustCompile(`(?i)url\(\s*["']?\s*(?:https?:)?//[^)]*\)`)
)

func containCSS(sheet []byte) []byte {
	sheet = cssElsewhere.ReplaceAll(cssImport.ReplaceAll(sheet, nil), []byte("url(data:,)"))
	return cssURL.ReplaceAllFunc(sheet, func(url []byte) []byte {
		m := cssURL.FindSubmatch(url)
		return append(bytes.Clone(m[1]), unasked(string(m[2]))...)
	})
}

// TextLength counts the bytes of a document's words.
func TextLength(doc []byte) int {
	n := 0
	for _, w := range Words(doc) {
		n += len(w) + 1
	}
	return n
}

// Words lists the words of a document's text.
func Words(doc []byte) (words []string) {
	z := html.NewTokenizer(bytes.NewReader(doc))
	quiet := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return words
		case html.StartTagToken:
			name, _ := z.TagName()
			quiet = string(name) == "script" || string(name) == "style"
		case html.EndTagToken:
			quiet = false
		case html.TextToken:
			if !quiet {
				words = append(words, strings.Fields(string(z.Raw()))...)
			}
		}
	}
}
