package intake

import "io"

// escapes is a reader that makes JSON of what Telegram Desktop writes for control
// characters within text: \x1B in place of \u001B, which no JSON parser takes. A
// backslash has no other meaning in JSON, so that nothing else can change.
type escapes struct {
	from   io.Reader
	out    []byte // to be handed out
	raw    [32 << 10]byte
	behind bool // the last byte was a backslash that begins an escape
	err    error
}

func (e *escapes) Read(p []byte) (int, error) {
	for len(e.out) == 0 {
		if e.err != nil {
			return 0, e.err
		}
		n, err := e.from.Read(e.raw[:])
		e.err = err
		e.out = e.out[:0]
		for _, c := range e.raw[:n] {
			e.add(c)
		}
	}
	n := copy(p, e.out)
	e.out = e.out[n:]
	return n, nil
}

func (e *escapes) add(c byte) {
	switch {
	case e.behind && c == 'x':
		e.out = append(e.out, "u00"...)
	default:
		e.out = append(e.out, c)
	}
	e.behind = c == '\\' && !e.behind
}
