package dataset

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/defacecheck/defacecheck/verify"
)

// text is a stranger's text, which may be no UTF-8. In JSON it is a string, or an
// object with its bytes where a string could not hold them.
type text string

// rawText is a text that no JSON string can hold.
type rawText struct {
	Base64 string `json:"base64"`
}

// MarshalJSON implements json.Marshaler.
func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		return json.Marshal(string(t))
	}
	return json.Marshal(rawText{base64.StdEncoding.EncodeToString([]byte(t))})
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] != '{' {
		return json.Unmarshal(b, (*string)(t))
	}
	var raw rawText
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	data, err := base64.StdEncoding.DecodeString(raw.Base64)
	if err != nil {
		return fmt.Errorf("read text: %w", err)
	}
	*t = text(data)
	return nil
}

// spanOut is a span for JSON; nil for the zero one.
func spanOut(s verify.Span) *verify.Span {
	if s.IsZero() {
		return nil
	}
	return &s
}

func spanIn(s *verify.Span) verify.Span {
	if s == nil {
		return verify.Span{}
	}
	return verify.Span{From: s.From.UTC(), To: s.To.UTC()}
}

// timeOut is a time for JSON; nil for the zero one.
func timeOut(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func timeIn(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}
