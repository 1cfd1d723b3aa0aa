package rows

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// strictly decodes one JSON object and nothing else: no unknown field, no field
// twice, nothing behind it.
func strictly(line []byte, into any) error {
	if err := onlyOnce(line); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

// onlyOnce walks one JSON value and refuses a name that an object has twice, of which
// a decoder would silently take the last, a name in capitals, which it would take for
// the same in small letters, and anything behind the value.
func onlyOnce(line []byte) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	if err := walk(dec); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("more than one value on the line")
	}
	return nil
}

// walk reads one value. Nesting is bounded by the decoder.
func walk(dec *json.Decoder) error {
	var open []map[string]bool // names seen, nil for a list
	name := false              // whether an object's next token is a name
	for {
		t, err := dec.Token()
		if err != nil {
			return fmt.Errorf("not a JSON object: %w", err)
		}
		top := len(open) - 1
		switch t := t.(type) {
		case json.Delim:
			switch t {
			case '{':
				open, name = append(open, map[string]bool{}), true
				continue
			case '[':
				open, name = append(open, nil), false
				continue
			}
			open = open[:top]
		case string:
			if name {
				if err := once(open[top], t); err != nil {
					return err
				}
				name = false
				continue
			}
		}
		if len(open) == 0 {
			return nil
		}
		name = open[len(open)-1] != nil
	}
}

// once notes a field's name.
func once(names map[string]bool, name string) error {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return fmt.Errorf("unknown field %.40q", name)
	}
	if names[name] {
		return fmt.Errorf("field %s stands twice", name)
	}
	names[name] = true
	return nil
}
