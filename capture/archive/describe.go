package archive

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

// describeRecord reads the heads of a record that can answer a request. It
// gives nil for records of other protocols, such as dns.
func describeRecord(rec *warc.Record) (*entry, error) {
	h := rec.Header
	at, err := warc.Date(h.Get("WARC-Date"))
	if err != nil {
		return nil, err
	}
	e := &entry{
		url: targetURI(h), at: at,
		digest:  warc.Digest(h.Get("WARC-Payload-Digest")),
		revisit: rec.Type() == "revisit",
		id:      recordID(rec),
	}
	if e.url == "" || len(e.url) > maxURL {
		return nil, fmt.Errorf("%w: WARC-Target-URI of %d bytes", warc.ErrFormat, len(e.url))
	}
	if e.revisit {
		e.refID = shortID(h.Get("WARC-Refers-To"))
		e.refURL = strings.Trim(h.Get("WARC-Refers-To-Target-URI"), "<>")
		e.refAt, _ = warc.Date(h.Get("WARC-Refers-To-Date"))
	}
	if rec.Type() == "resource" {
		e.status, e.mime = 200, mediaType(h.Get("Content-Type"))
		return e, nil
	}
	return describeHTTP(e, rec)
}

// describeHTTP reads the head of a recorded answer. What it is shows in the
// block itself: some writers label it with the type of the page.
func describeHTTP(e *entry, rec *warc.Record) (*entry, error) {
	block := bufio.NewReader(rec.Block)
	labelled := strings.HasPrefix(strings.ToLower(rec.Header.Get("Content-Type")), "application/http")
	start, _ := block.Peek(len("HTTP/"))
	switch {
	case e.revisit && string(start) != "HTTP/":
		return e, nil // a revisit need not repeat the head
	case !labelled && string(start) != "HTTP/":
		return nil, nil
	}
	m, err := warc.ReadResponse(block)
	if err != nil {
		return nil, err
	}
	e.status, e.mime = m.Status, mediaType(m.Header.Get("Content-Type"))
	return e, nil
}

// targetURI takes off the angle brackets that some writers add.
func targetURI(h warc.Fields) string {
	return strings.TrimSpace(strings.Trim(h.Get("WARC-Target-URI"), "<>"))
}

func mediaType(contentType string) string {
	const longest = 127 + 1 + 127 // RFC 6838
	t, _, _ := strings.Cut(contentType, ";")
	if t = strings.ToLower(strings.TrimSpace(t)); len(t) > longest {
		return ""
	}
	return strings.Clone(t)
}
