package warc

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

const (
	// maxLine bounds one header line. Cookies and data: locations of real
	// captures reach some tens of kilobytes.
	maxLine = 256 << 10
	// maxHeader bounds a whole header block.
	maxHeader = 1 << 20
	// maxFields bounds the number of fields, which cost more than their bytes.
	maxFields = 4096
)

var (
	errLongLine   = errors.New("header line is too long")
	errLongHeader = errors.New("header is too long")
	errCut        = errors.New("ends inside a header")
)

// Field is one named header field.
type Field struct{ Name, Value string }

// Fields are header fields in their order. Names compare without case.
type Fields []Field

// Get returns the first value of name, or "".
func (f Fields) Get(name string) string {
	for _, x := range f {
		if strings.EqualFold(x.Name, name) {
			return x.Value
		}
	}
	return ""
}

// All returns every value of name.
func (f Fields) All(name string) []string {
	var out []string
	for _, x := range f {
		if strings.EqualFold(x.Name, name) {
			out = append(out, x.Value)
		}
	}
	return out
}

// readFields reads header fields up to the empty line. Lines end in a line
// feed with any number of carriage returns before it, because some programs
// write none and some write two. A line without a colon is dropped.
func readFields(c *counter) (Fields, error) {
	var fields Fields
	total := 0
	for {
		line, err := c.line(maxLine)
		if total += len(line); total > maxHeader || len(fields) > maxFields {
			return nil, errLongHeader
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		text := bytes.TrimRight(line, "\r\n")
		if err == io.EOF && len(text) > 0 {
			return nil, errCut
		}
		if len(text) == 0 {
			if len(line) == 0 {
				return fields, errCut
			}
			return fields, nil
		}
		fields = fields.add(string(text))
	}
}

// add appends the field that line holds, or continues the last one.
func (f Fields) add(line string) Fields {
	if line[0] == ' ' || line[0] == '\t' {
		if n := len(f); n > 0 {
			f[n-1].Value += " " + strings.TrimSpace(line)
		}
		return f
	}
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return f
	}
	return append(f, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
}
