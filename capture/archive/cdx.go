package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

// cdxFields are asked for, in this order.
var cdxFields = []string{"timestamp", "original", "mimetype", "statuscode", "digest"}

// hostFields are asked for where the rows are of many resources: the archive's own
// key tells which of them are one.
var hostFields = append(slices.Clone(cdxFields), "urlkey")

// cdxRow is one line of a CDX answer, as text.
type cdxRow struct {
	timestamp, original, mime, status, digest string
	key                                       string // the archive's own for the resource; "" when it was not told
}

// cell is a value of a row: text, a number, or null.
type cell string

// UnmarshalJSON takes any scalar.
func (c *cell) UnmarshalJSON(b []byte) error {
	if b[0] == '"' {
		return json.Unmarshal(b, (*string)(c))
	}
	if b[0] == '[' || b[0] == '{' {
		return fmt.Errorf("a cell is no scalar")
	}
	if *c = cell(b); *c == "null" {
		*c = ""
	}
	return nil
}

// parseCDX reads the JSON answer of a CDX server: an array of rows whose first
// may name the columns, and at whose end an empty row may announce a resume
// key; or, as pywb writes it, one object a line. Nothing is an empty list. No
// more than limit rows are read.
func parseCDX(body []byte, limit int) (rows []cdxRow, resume string, err error) {
	body = bytes.TrimSpace(body)
	switch {
	case len(body) == 0:
		return nil, "", nil
	case body[0] == '[':
		return parseCDXArray(body, limit)
	case body[0] == '{':
		rows, err = parseCDXObjects(body, limit)
		return rows, "", err
	case excludes(string(body[:min(len(body), 4096)])):
		return nil, "", capture.ErrExcluded
	}
	return nil, "", fmt.Errorf("%w: CDX answer %.60q", capture.ErrMalformed, body)
}

func parseCDXArray(body []byte, limit int) (rows []cdxRow, resume string, err error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	if _, err := dec.Token(); err != nil {
		return nil, "", fmt.Errorf("%w: CDX answer: %w", capture.ErrMalformed, err)
	}
	columns := hostFields // begins with cdxFields
	for first, announced := true, false; dec.More(); first = false {
		var cells []cell
		if err := dec.Decode(&cells); err != nil {
			return nil, "", fmt.Errorf("%w: CDX row %d: %w", capture.ErrMalformed, len(rows), err)
		}
		switch {
		case first && slices.Contains(cells, "timestamp"):
			columns = texts(cells)
		case len(cells) == 0:
			announced = true
		case announced:
			return rows, string(cells[0]), nil
		case len(rows) == limit:
			return rows, "", nil
		default:
			rows = append(rows, rowOf(columns, cells))
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, "", fmt.Errorf("%w: CDX answer breaks off after %d rows", capture.ErrMalformed, len(rows))
	}
	return rows, "", nil
}

func texts(cells []cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = string(c)
	}
	return out
}

func rowOf(columns []string, cells []cell) cdxRow {
	var r cdxRow
	for i, c := range cells[:min(len(cells), len(columns))] {
		r.set(columns[i], string(c))
	}
	return r
}

// set knows the names that Wayback and pywb give to columns.
func (r *cdxRow) set(column, value string) {
	switch column {
	case "timestamp":
		r.timestamp = value
	case "original", "url":
		r.original = value
	case "mimetype", "mime":
		r.mime = value
	case "statuscode", "status":
		r.status = value
	case "digest":
		r.digest = value
	case "urlkey":
		r.key = value
	}
}

func parseCDXObjects(body []byte, limit int) ([]cdxRow, error) {
	var rows []cdxRow
	dec := json.NewDecoder(bytes.NewReader(body))
	for len(rows) < limit {
		var object map[string]cell
		if err := dec.Decode(&object); err == io.EOF {
			return rows, nil
		} else if err != nil {
			return nil, fmt.Errorf("%w: CDX row %d: %w", capture.ErrMalformed, len(rows), err)
		}
		if _, ok := object["timestamp"]; !ok {
			return nil, fmt.Errorf("%w: CDX row %d has no timestamp", capture.ErrMalformed, len(rows))
		}
		var r cdxRow
		for _, column := range []string{"timestamp", "url", "original", "mime", "mimetype", "status", "statuscode", "digest", "urlkey"} {
			if value, ok := object[column]; ok {
				r.set(column, string(value))
			}
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// memento makes what a row says of a capture of asked. The row's own URL is
// kept unless it is malformed or of another host.
func (r cdxRow) memento(asked string) (capture.Memento, error) {
	at, err := ParseTimestamp(r.timestamp)
	if err != nil {
		return capture.Memento{}, err
	}
	m := capture.Memento{URL: r.original, At: at, MIME: mediaType(r.mime), Digest: warc.Digest(r.digest)}
	if !sameHost(r.original, asked) {
		m.URL = asked
	}
	if m.MIME == "warc/revisit" {
		m.Revisit, m.MIME = true, ""
	}
	if m.MIME == "unk" || m.MIME == "-" {
		m.MIME = ""
	}
	_, _ = fmt.Sscanf(r.status, "%3d", &m.Status) // "-" stays 0: the archive does not say
	return m, nil
}

func sameHost(a, b string) bool {
	ua, errA := parseURL(a)
	ub, errB := parseURL(b)
	return errA == nil && errB == nil && isHTTP(ua) &&
		strings.TrimPrefix(ua.Hostname(), "www.") == strings.TrimPrefix(ub.Hostname(), "www.")
}
