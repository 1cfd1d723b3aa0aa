package drift

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
)

const (
	newsShown = 3  // items that a page shows
	minEdited = 30 // letters of a text that may be rewritten
	maxEdited = 260
	kept      = 4 // one passage in as many is ever rewritten
)

// Page is the document as it was at a moment. visit tells visitors of one moment
// apart, for what rotates.
func (h *History) Page(doc []byte, at time.Time, visit int) []byte {
	p := parts(doc)
	edited := p.texts
	for _, e := range by(h.edits, at) {
		if len(edited) == 0 {
			break
		}
		// Some passages are kept anew; what a site is about stays.
		i := edited[e.draw%uint64((len(edited)+kept-1)/kept)*kept]
		p.tokens[i] = []byte(rewritten(e.draw, len(p.tokens[i])))
	}
	for i, t := range p.tokens {
		p.tokens[i] = copyright.ReplaceAll(t, []byte("${1}"+at.UTC().Format("2006")))
	}
	p.insert(h.front(at, visit), h.foot(at))
	return bytes.Join(p.tokens, nil)
}

// copyright is the year in a copyright line.
var copyright = regexp.MustCompile(`((?:©|&copy;|[Cc]opyright)[^0-9<]{0,20})(?:19|20)\d\d`)

// front is what stands before the first paragraph.
func (h *History) front(at time.Time, visit int) string {
	var b strings.Builder
	news := by(h.news, at)
	for i := len(news) - 1; i >= max(0, len(news)-newsShown); i-- {
		fmt.Fprintf(&b, "<p><b>%s.</b> %s</p>\n", news[i].at.Format("2 January 2006"), sentence(news[i].draw))
	}
	if h.rotating {
		rng := Rand(uint64(at.Unix()/60), h.key, visit)
		fmt.Fprintf(&b, "<p><i>%s</i> (%d readers today)</p>\n", sentence(rng.Uint64()), 20+rng.IntN(400))
	}
	return b.String()
}

func (h *History) foot(at time.Time) string {
	last := time.Time{}
	for _, list := range [][]entry{h.news, h.edits} {
		if done := by(list, at); len(done) > 0 && done[len(done)-1].at.After(last) {
			last = done[len(done)-1].at
		}
	}
	if last.IsZero() {
		return ""
	}
	return fmt.Sprintf("<p><small>Last changed on %s</small></p>\n", last.Format(time.DateOnly))
}

// document is a page taken apart; joined, its tokens are the page again.
type document struct {
	tokens [][]byte
	texts  []int // tokens that may be rewritten
	first  int   // the token of the first paragraph with text, 0 for none
	end    int   // the token that closes the body, or the number of tokens
}

// First finds in a document where its first paragraph with text begins, which is
// where news are put: an offset in bytes, or that of the body's end.
func First(doc []byte) int {
	p := parts(doc)
	at, n := p.first, 0
	if at == 0 {
		at = p.end
	}
	for _, t := range p.tokens[:at] {
		n += len(t)
	}
	return n
}

func parts(doc []byte) document {
	z := html.NewTokenizer(bytes.NewReader(doc))
	var p document
	open, paragraph, body := "", 0, false
	for {
		t := z.Next()
		if t == html.ErrorToken {
			if p.end == 0 {
				p.end = len(p.tokens)
			}
			return p
		}
		raw := bytes.Clone(z.Raw())
		name, _ := z.TagName()
		switch t {
		case html.StartTagToken:
			open = string(name)
			body = body || open == "body"
			if open == "p" && body {
				paragraph = len(p.tokens)
			}
		case html.EndTagToken:
			open = ""
			if string(name) == "body" {
				p.end = len(p.tokens)
			}
		case html.TextToken:
			text := len(bytes.TrimSpace(raw))
			if p.first == 0 && paragraph > 0 && text >= minEdited && open != "script" && open != "style" {
				p.first = paragraph
			}
			if editable(open) && text >= minEdited && text <= maxEdited {
				p.texts = append(p.texts, len(p.tokens))
			}
		}
		p.tokens = append(p.tokens, raw)
	}
}

func editable(tag string) bool {
	switch tag {
	case "p", "li", "dd", "td", "h2", "h3", "h4", "span", "em", "div":
		return true
	}
	return false
}

// insert puts HTML before the first paragraph and before the end of the body.
func (p *document) insert(front, foot string) {
	at := p.first
	if at == 0 {
		at = p.end
	}
	p.put(p.end, foot)
	p.put(at, front)
}

func (p *document) put(i int, s string) {
	if i == len(p.tokens) {
		p.tokens = append(p.tokens, []byte(s))
		return
	}
	p.tokens[i] = append([]byte(s), p.tokens[i]...)
}
