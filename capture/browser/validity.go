package browser

import (
	"errors"
	"fmt"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

// facts is what the validity of a capture follows from. The rules are a pure
// function of it.
type facts struct {
	status   int
	url      string // final address
	title    string
	text     string // visible, in document order
	html     string // its beginning
	header   map[string]string
	flat     bool // the picture has nothing but background
	pictures int
	requests []capture.Exchange
}

// finding is a validity and the clause that explains it.
type finding struct {
	validity capture.Validity
	reason   string
}

// judge gives a capture its validity. err is why there is no picture.
func judge(c *capture.Capture, doc map[string]string, err error) {
	if err != nil {
		c.Validity, c.Err, c.Reason = capture.Unreachable, err, explainAbsence(err)
		return
	}
	var text strings.Builder
	for _, box := range c.Text {
		text.WriteString(box.Text)
		text.WriteByte(' ')
	}
	f := weigh(facts{status: c.Status, url: c.FinalURL, title: c.Title, text: text.String(),
		html: clip(string(c.HTML), maxJudgedHTML), header: doc, flat: isFlat(c.First) && (c.FullPage == nil || isFlat(c.FullPage)),
		pictures: len(c.Pictures), requests: c.Requests})
	c.Validity, c.Reason = f.validity, f.reason
}

// maxJudgedHTML bounds how much of a document is searched for markers, in
// bytes; the walls that they give away are small.
const maxJudgedHTML = 256 << 10

// explainAbsence says in one clause why there is no picture.
func explainAbsence(err error) string {
	var none *noDocument
	if errors.As(err, &none) {
		return "no document arrived: " + err.Error()
	}
	return "the page could not be drawn, with scripts or without: " + err.Error()
}

// weigh applies the rules in the order of how sure they are. Every rule wants
// more than one sign before it takes a capture's voice away, and what no rule
// claims is OK: an odd page is a page.
func weigh(f facts) finding {
	for _, rule := range [...]func(facts) (finding, bool){challenge, refusal, parked, incomplete, blank} {
		if found, ok := rule(f); ok {
			return found
		}
	}
	if f.status >= 400 {
		return finding{capture.OK, fmt.Sprintf("served with status %d, but with content of its own", f.status)}
	}
	return finding{capture.OK, ""}
}

// smallPage is the most visible text, in bytes, that a wall or placeholder has.
// Pages with more have content of their own, whatever words stand in them.
const smallPage = 1500

// challenge finds walls against robots: a small page that has a wall's marker
// and either says a wall's words or has a wall's status.
func challenge(f facts) (finding, bool) {
	if len(f.text) > smallPage {
		return finding{}, false
	}
	marker := firstIn(strings.ToLower(f.html), wallMarkers[:])
	word := firstIn(strings.ToLower(f.title+" "+f.text), wallWords[:])
	status := f.status == 403 || f.status == 429 || f.status == 503
	mitigated := strings.EqualFold(f.header["cf-mitigated"], "challenge")
	switch {
	case mitigated:
		return finding{capture.Challenge, "the server says that it sent a challenge (cf-mitigated)"}, true
	case marker != "" && (word != "" || status):
		return finding{capture.Challenge, fmt.Sprintf("a wall against robots: %q in a small page with status %d", marker, f.status)}, true
	case word != "" && status:
		return finding{capture.Challenge, fmt.Sprintf("a wall against robots: it says %q with status %d", word, f.status)}, true
	}
	return finding{}, false
}

// refusal finds answers with an error's status and an error's page. An error's
// status alone is not enough: a page put there by an intruder is often served
// with 403, 404 or 500, and is what visitors saw.
func refusal(f facts) (finding, bool) {
	if f.status < 400 {
		return finding{}, false
	}
	kind := capture.ErrorPage
	if f.status == 401 || f.status == 403 || f.status == 407 || f.status == 429 || f.status == 451 {
		kind = capture.Blocked
	}
	bare := f.flat || (len(strings.TrimSpace(f.text)) < bareText && f.pictures == 0)
	said := strings.ToLower(clip(f.title+" "+f.text, smallPage))
	word := firstIn(said, errorWords[:])
	switch {
	case bare:
		return finding{kind, fmt.Sprintf("status %d and next to nothing on the page", f.status)}, true
	case word != "":
		return finding{kind, fmt.Sprintf("status %d and the page says %q", f.status, word)}, true
	case hasWord(said, fmt.Sprint(f.status)):
		return finding{kind, fmt.Sprintf("status %d, which the page names", f.status)}, true
	}
	return finding{}, false
}

// bareText is fewer bytes of text than a sentence.
const bareText = 20

// parked finds placeholders: a small page with a broker's marker and words, or
// one whose title is a placeholder's.
func parked(f facts) (finding, bool) {
	html := strings.ToLower(f.html)
	marker := firstIn(html, parkMarkers[:])
	word := firstIn(strings.ToLower(f.text), parkWords[:])
	title := firstIn(strings.ToLower(f.title), parkWords[:])
	small := len(f.text) <= smallPage
	switch {
	case small && marker != "" && word != "":
		return finding{capture.Parked, fmt.Sprintf("a placeholder: it says %q and carries %q", word, marker)}, true
	case title != "":
		return finding{capture.Parked, fmt.Sprintf("a placeholder: its title is %q", clip(f.title, 80))}, true
	case small && word == "it works!" && len(strings.TrimSpace(f.text)) < 60:
		return finding{capture.Parked, "a placeholder: a web server's own first page"}, true
	}
	return finding{}, false
}

// blank finds pages that show nothing but background.
func blank(f facts) (finding, bool) {
	if !f.flat {
		return finding{}, false
	}
	return finding{capture.Blank, "the picture shows nothing but background"}, true
}

// hasWord reports whether word stands in s by itself.
func hasWord(s, word string) bool {
	for rest := s; ; {
		i := strings.Index(rest, word)
		if i < 0 {
			return false
		}
		before, after := i == 0 || !isLetter(rest[i-1]), i+len(word) == len(rest) || !isLetter(rest[i+len(word)])
		if before && after {
			return true
		}
		rest = rest[i+len(word):]
	}
}

func isLetter(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// firstIn returns the first of words that is in s, or "".
func firstIn(s string, words []string) string {
	for _, w := range words {
		if strings.Contains(s, w) {
			return w
		}
	}
	return ""
}
