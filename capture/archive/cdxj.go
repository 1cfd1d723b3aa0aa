package archive

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

// maxCDXLine bounds one line of an index; the URL in it is the only long part.
const maxCDXLine = 1 << 20

// cdxjLine is one line of a CDXJ index: a key, a timestamp, and a JSON object.
// Writers put numbers as numbers or as strings.
type cdxjLine struct {
	Timestamp string `json:"-"`
	URL       string `json:"url"`
	MIME      string `json:"mime"`
	Status    number `json:"status"`
	Digest    string `json:"digest"`
	Offset    number `json:"offset"`
	Filename  string `json:"filename"`
	Method    string `json:"method"`
}

// number is a whole number, written as such or as a string; "-" and "" are 0.
type number int64

// UnmarshalJSON takes 200, "200", "-", "" and null.
func (n *number) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	if s == "" || s == "-" || s == "null" {
		*n = 0
		return nil
	}
	v, err := strconv.ParseInt(s, 10, 64)
	*n = number(v)
	return err
}

// parseCDXJ parses a line of the form "key timestamp {json}".
func parseCDXJ(line string) (*cdxjLine, error) {
	fail := func(why string) (*cdxjLine, error) {
		return nil, fmt.Errorf("%w: CDXJ line %.60q: %s", capture.ErrMalformed, line, why)
	}
	key, rest, ok := strings.Cut(line, " ")
	if !ok || key == "" {
		return fail("no timestamp")
	}
	stamp, object, ok := strings.Cut(rest, " ")
	if !ok {
		return fail("no JSON object")
	}
	c := &cdxjLine{Timestamp: stamp}
	if err := json.Unmarshal([]byte(object), c); err != nil {
		return fail(err.Error())
	}
	if _, err := ParseTimestamp(stamp); err != nil {
		return fail(err.Error())
	}
	switch {
	case c.URL == "":
		return fail("no url")
	case c.Offset < 0 || c.Status < 0 || c.Status > 999:
		return fail("a number out of range")
	}
	return c, nil
}

func (c *cdxjLine) entry() entry {
	at, _ := ParseTimestamp(c.Timestamp)
	e := entry{url: c.URL, at: at, status: int(c.Status), mime: mediaType(c.MIME),
		digest: warc.Digest(c.Digest), offset: int64(c.Offset)}
	if e.mime == "warc/revisit" {
		e.revisit, e.mime = true, ""
	}
	return e
}

// maybeGunzip undoes gzip, of several members, where the first bytes show it.
func maybeGunzip(r io.Reader) (io.Reader, error) {
	br := bufio.NewReader(r)
	if head, _ := br.Peek(2); string(head) != "\x1f\x8b" {
		return br, nil
	}
	return gzip.NewReader(br)
}
