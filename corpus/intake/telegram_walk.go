package intake

import (
	"encoding/json"
	"errors"
	"fmt"
)

// maxDepth is how deep the parts of an export that are passed over may be nested.
const maxDepth = 100

// token reads one token of at most MaxEntry bytes.
func (w *walker) token() (json.Token, error) {
	w.bytes.next()
	t, err := w.json.Token()
	if err != nil {
		return nil, w.failed(err)
	}
	return t, nil
}

func (w *walker) open(want json.Delim) error {
	t, err := w.token()
	if err == nil && t != want {
		err = fmt.Errorf("at byte %d: not the machine-readable export of Telegram Desktop: %q is missing", w.json.InputOffset(), want.String())
	}
	return err
}

// close reads the end of what open began.
func (w *walker) close() error {
	_, err := w.token()
	return err
}

// object hands each name of an object that is open to field, which reads the value.
func (w *walker) object(field func(key string) error) error {
	for w.json.More() {
		t, err := w.token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return fmt.Errorf("at byte %d: a name was expected", w.json.InputOffset())
		}
		if err := field(key); err != nil {
			return err
		}
	}
	return w.close()
}

// skip passes over one value of any size.
func (w *walker) skip() error {
	for depth := 0; ; {
		t, err := w.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > maxDepth {
			return errors.New("nested too deeply")
		}
		if depth == 0 {
			return nil
		}
	}
}
