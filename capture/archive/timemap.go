package archive

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// link is one entry of a document in link format (RFC 6690).
type link struct {
	uri      string
	rel      []string
	datetime time.Time // zero without a datetime attribute
}

func (l link) is(rel string) bool {
	for _, r := range l.rel {
		if strings.EqualFold(r, rel) {
			return true
		}
	}
	return false
}

// parseLinks reads link format: <URI> and attributes, separated by commas.
// No more than limit links are read. A datetime that is no date is malformed.
func parseLinks(s string, limit int) ([]link, error) {
	p := linkParser{rest: s}
	var out []link
	for len(out) < limit {
		p.skip(" \t\r\n,")
		if p.rest == "" {
			return out, nil
		}
		l, err := p.link()
		if err != nil {
			return nil, fmt.Errorf("%w: link format near %.40q: %w", capture.ErrMalformed, p.rest, err)
		}
		out = append(out, l)
	}
	return out, nil
}

type linkParser struct{ rest string }

func (p *linkParser) skip(set string) { p.rest = strings.TrimLeft(p.rest, set) }

func (p *linkParser) link() (link, error) {
	rest, ok := strings.CutPrefix(p.rest, "<")
	uri, rest, closed := strings.Cut(rest, ">")
	if !ok || !closed {
		return link{}, fmt.Errorf("no <URI>")
	}
	l := link{uri: strings.TrimSpace(uri)}
	p.rest = rest
	for {
		p.skip(" \t\r\n")
		if p.rest, ok = strings.CutPrefix(p.rest, ";"); !ok {
			return l, nil
		}
		if err := p.attribute(&l); err != nil {
			return link{}, err
		}
	}
}

func (p *linkParser) attribute(l *link) error {
	p.skip(" \t\r\n")
	end := strings.IndexAny(p.rest, "=;, \t\r\n")
	if end < 0 {
		end = len(p.rest)
	}
	name := strings.ToLower(p.rest[:end])
	p.rest = p.rest[end:]
	p.skip(" \t\r\n")
	if !strings.HasPrefix(p.rest, "=") {
		return nil // an attribute without a value
	}
	p.rest = p.rest[1:]
	p.skip(" \t\r\n")
	value, err := p.value()
	if err != nil {
		return err
	}
	switch name {
	case "rel":
		l.rel = append(l.rel, strings.Fields(value)...)
	case "datetime":
		l.datetime, err = mementoTime(value)
	}
	return err
}

// value reads a token or a quoted string.
func (p *linkParser) value() (string, error) {
	if !strings.HasPrefix(p.rest, `"`) {
		end := strings.IndexAny(p.rest, ";, \t\r\n")
		if end < 0 {
			end = len(p.rest)
		}
		v := p.rest[:end]
		p.rest = p.rest[end:]
		return v, nil
	}
	var b strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '"':
			p.rest = p.rest[i+1:]
			return b.String(), nil
		case c == '\\' && i+1 < len(p.rest):
			i++
			b.WriteByte(p.rest[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", fmt.Errorf("a quotation does not end")
}

// mementoTime reads the dates of RFC 7089, and RFC 3339's that JSON TimeMaps use.
func mementoTime(s string) (time.Time, error) {
	if t, err := http.ParseTime(s); err == nil {
		return t.UTC(), nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: datetime %.40q", capture.ErrMalformed, s)
	}
	return t.UTC(), nil
}

// jsonTimeMap is the JSON form that MemGator and others write.
type jsonTimeMap struct {
	Mementos struct {
		List []struct {
			Datetime string `json:"datetime"`
			URI      string `json:"uri"`
		} `json:"list"`
	} `json:"mementos"`
	Next struct {
		URI string `json:"uri"`
	} `json:"timemap_next"`
}

// timeMapPage is what one TimeMap document says.
type timeMapPage struct {
	mementos []link
	rows     []cdxRow // from archives whose JSON TimeMap is a CDX answer
	more     []string // addresses of further TimeMap documents
}

// parseTimeMap tells by the first character which form a TimeMap has.
func parseTimeMap(body []byte, limit int) (timeMapPage, error) {
	text := strings.TrimSpace(string(body))
	switch {
	case text == "":
		return timeMapPage{}, nil
	case text[0] == '[':
		rows, _, err := parseCDX([]byte(text), limit)
		return timeMapPage{rows: rows}, err
	case text[0] == '{':
		return parseJSONTimeMap([]byte(text), limit)
	case text[0] == '<' && !strings.HasPrefix(strings.ToLower(text), "<!doctype") && !strings.HasPrefix(strings.ToLower(text), "<html"):
		links, err := parseLinks(text, limit)
		return pageOf(links), err
	case excludes(text[:min(len(text), 4096)]):
		return timeMapPage{}, capture.ErrExcluded
	}
	return timeMapPage{}, fmt.Errorf("%w: TimeMap %.40q", capture.ErrMalformed, text)
}

func pageOf(links []link) (page timeMapPage) {
	for _, l := range links {
		switch {
		case l.is("memento") && !l.datetime.IsZero():
			page.mementos = append(page.mementos, l)
		case l.is("timemap") && !l.is("self"):
			page.more = append(page.more, l.uri)
		}
	}
	return page
}

func parseJSONTimeMap(body []byte, limit int) (timeMapPage, error) {
	var doc jsonTimeMap
	if err := json.Unmarshal(body, &doc); err != nil {
		return timeMapPage{}, fmt.Errorf("%w: JSON TimeMap: %w", capture.ErrMalformed, err)
	}
	var page timeMapPage
	for _, m := range doc.Mementos.List[:min(len(doc.Mementos.List), limit)] {
		at, err := mementoTime(m.Datetime)
		if err != nil {
			return timeMapPage{}, err
		}
		page.mementos = append(page.mementos, link{uri: m.URI, datetime: at})
	}
	if doc.Next.URI != "" {
		page.more = append(page.more, doc.Next.URI)
	}
	return page, nil
}
