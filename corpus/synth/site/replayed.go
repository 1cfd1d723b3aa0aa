package site

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// replayed is the source of a site that was captured.
type replayed struct {
	*vault
	host string
}

func (s replayed) read(name string) (body []byte, kind string, err error) {
	captures, err := s.find(s.host, name)
	if err != nil {
		return nil, "", err
	}
	for _, h := range captures {
		// A capture may be damaged, or say that it repeats one of another file.
		if body, kind, err = s.replay(h); err == nil {
			return body, kind, nil
		}
	}
	return nil, "", err
}

// replay gives what one capture shows, in the site.
func (s replayed) replay(h held) (body []byte, kind string, err error) {
	rec, err := h.from.Fetch(context.Background(), h.what.URL, h.what.At) // of a file on disk
	if err != nil {
		return nil, "", err
	}
	if rec.Status != http.StatusOK {
		return nil, "", fmt.Errorf("read %s: it was answered with status %d: %w", h.what.URL, rec.Status, fs.ErrNotExist)
	}
	told := rec.Header.Get("Content-Type")
	if kind, _, err = mime.ParseMediaType(told); err != nil {
		kind = http.DetectContentType(rec.Body)
	}
	switch {
	case isPage(kind):
		doc := s.localise(inUTF8(rec.Body, told), h.where)
		return Contain(doc, false), pageKind(doc), nil
	case strings.HasPrefix(kind, "text/css"):
		return containCSS(SheetRefs(rec.Body, s.change(h.where))), kind, nil
	}
	return rec.Body, kind, nil
}

func isPage(kind string) bool {
	return strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "application/xhtml")
}

// localise makes a document load from the site what was captured with it.
func (s replayed) localise(doc []byte, where *url.URL) []byte {
	if to := baseOf(doc); to != "" {
		if u, err := where.Parse(to); err == nil {
			where = u
		}
	}
	return Refs(doc, s.change(where))
}

// change gives the address in the site of what a document or style sheet at where
// names; what was not captured stays as it is.
func (s replayed) change(where *url.URL) func(string) string {
	return func(ref string) string {
		if ref = strings.TrimSpace(ref); ref == "" || strings.HasPrefix(ref, "#") {
			return ref
		}
		u, err := where.Parse(ref)
		if err != nil {
			return ref
		}
		at, ok := addressOf(u)
		if !ok || len(s.all[at]) == 0 {
			return ref
		}
		to := url.URL{Path: "/" + s.name(s.host, at), Fragment: u.Fragment}
		if at.host == s.host && isPage(s.kind(at)) {
			if to.Path = at.path; at.path != "/" && strings.HasSuffix(u.Path, "/") {
				to.Path += "/"
			}
		}
		return to.String()
	}
}

// baseOf is what a document says that its addresses are relative to.
func baseOf(doc []byte) string {
	z := html.NewTokenizer(bytes.NewReader(doc))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			if t := z.Token(); t.Data == "base" && attribute(t, "href") != "" {
				return attribute(t, "href")
			}
		}
	}
}

// inUTF8 gives a document in UTF-8 and lets it say so: the servers of a corpus do not
// send the header that told its encoding. The encoding is that of the HTML standard:
// the header's, then the document's own word.
func inUTF8(doc []byte, told string) []byte {
	e, name, certain := charset.DetermineEncoding(doc, told)
	if name == "utf-8" || !certain && utf8.Valid(doc) {
		return doc
	}
	decoded, err := e.NewDecoder().Bytes(doc)
	if err != nil {
		return doc
	}
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(decoded))
	for {
		t := z.Next()
		raw := bytes.Clone(z.Raw())
		if t == html.ErrorToken {
			out.Write(raw)
			return out.Bytes()
		}
		if t == html.StartTagToken || t == html.SelfClosingTagToken {
			if tok := z.Token(); sayUTF8(&tok) {
				raw = []byte(tok.String())
			}
		}
		out.Write(raw)
	}
}

// sayUTF8 changes a tag that names an encoding.
func sayUTF8(t *html.Token) (changed bool) {
	if t.Data != "meta" {
		return false
	}
	is := strings.EqualFold(attribute(*t, "http-equiv"), "content-type")
	for i, a := range t.Attr {
		switch {
		case a.Key == "charset":
			t.Attr[i].Val, changed = "utf-8", true
		case a.Key == "content" && is:
			t.Attr[i].Val, changed = "text/html; charset=utf-8", true
		}
	}
	return changed
}
