package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// MaxJSON bounds what ReadJSON takes, in bytes. A result with thousands of
// captures and a full time line stays below a tenth of it.
const MaxJSON = 64 << 20

// ErrNoResult says that there is nothing to show.
var ErrNoResult = errors.New("no result to show")

// JSON writes r as one canonical document: fields in the order of the types,
// keys of maps sorted, lists never null, characters that cannot be seen
// written as \u escapes, and a newline at the end. The same result gives the
// same bytes, and so does a result that was read back with ReadJSON.
func JSON(w io.Writer, r *verify.Result) error {
	b, err := encode(r)
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

// ReadJSON reads one document that JSON wrote, so that views can be made from
// it again. It refuses another schema, unknown fields, words outside the
// vocabulary, anything after the document, and more than MaxJSON bytes; all
// but read errors wrap capture.ErrMalformed or capture.ErrTooLarge.
func ReadJSON(r io.Reader) (*verify.Result, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxJSON+1))
	if err != nil {
		return nil, fmt.Errorf("read result: %w", err)
	}
	if len(b) > MaxJSON {
		return nil, fmt.Errorf("read result: %w of %d bytes", capture.ErrTooLarge, MaxJSON)
	}
	if err := checkSchemaName(b); err != nil {
		return nil, err
	}
	res, err := decode(b)
	if err != nil {
		return nil, fmt.Errorf("read result: %w: %w", capture.ErrMalformed, err)
	}
	return res, checkWords(res)
}

// checkSchemaName comes first: of a document in another schema its name is a
// better message than its first unknown field.
func checkSchemaName(b []byte) error {
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return fmt.Errorf("read result: %w: %w", capture.ErrMalformed, err)
	}
	if head.Schema != verify.Schema {
		return fmt.Errorf("read result: %w: schema is %q, not %q",
			capture.ErrMalformed, plain.Text(head.Schema, 60), verify.Schema)
	}
	return nil
}

func decode(b []byte) (*verify.Result, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	d.UseNumber() // metadata numbers keep their digits
	var res verify.Result
	if err := d.Decode(&res); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("data after the document")
	}
	return &res, nil
}

// encode gives the canonical bytes.
func encode(r *verify.Result) ([]byte, error) {
	if r == nil {
		return nil, fmt.Errorf("encode result: %w", ErrNoResult)
	}
	c, err := normal(r)
	if err != nil {
		return nil, err
	}
	b, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode result: %w", err)
	}
	return append(EscapeHidden(b), '\n'), nil
}

// EscapeHidden returns a JSON document with \u escapes for the characters that a
// terminal or an editor would obey instead of showing. JSON has them only inside
// strings, and to a JSON reader the two spellings are the same.
func EscapeHidden(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r >= 0x7f && plain.Hidden(string(r)) {
			out = appendEscape(out, r)
		} else {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}

func appendEscape(out []byte, r rune) []byte {
	if r < 0x10000 {
		return fmt.Appendf(out, `\u%04x`, r)
	}
	r -= 0x10000
	return fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
}
