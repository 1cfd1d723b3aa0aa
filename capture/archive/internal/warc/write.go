package warc

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
)

// Write writes one WARC/1.1 record as a gzip member of its own.
// Content-Length is added; values lose their line ends, so that a page cannot
// write fields of its own.
func Write(w io.Writer, header Fields, block []byte) error {
	gz := gzip.NewWriter(w)
	var head bytes.Buffer
	head.WriteString("WARC/1.1\r\n")
	for _, f := range header {
		if f.Value != "" {
			fmt.Fprintf(&head, "%s: %s\r\n", f.Name, OneLine(f.Value))
		}
	}
	fmt.Fprintf(&head, "Content-Length: %d\r\n\r\n", len(block))
	for _, part := range [][]byte{head.Bytes(), block, []byte("\r\n\r\n")} {
		if _, err := gz.Write(part); err != nil {
			return fmt.Errorf("write WARC record: %w", err)
		}
	}
	if err := gz.Close(); err != nil {
		return fmt.Errorf("write WARC record: %w", err)
	}
	return nil
}

// OneLine replaces control characters with spaces.
func OneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
