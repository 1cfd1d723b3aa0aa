package metadata

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// errCBOR is what every refusal of readCBOR is.
var errCBOR = errors.New("not well-formed CBOR")

const (
	// maxCBORDepth is above what claims nest; real ones have about 6.
	maxCBORDepth = 24
	// maxCBORItems bounds the work for one value; real claims have some hundreds.
	maxCBORItems = 20_000
)

// cborReader reads one value of RFC 8949, as far as C2PA uses it: tags are
// stepped over, floating-point numbers and simple values other than true and
// false are read as nil. It makes no more room than the data fills.
type cborReader struct {
	rest  []byte
	items int
}

// readCBOR returns a value as uint64, int64, []byte, string, bool, []any,
// map[string]any or nil. Map keys that are no text are left out with their
// values.
func readCBOR(data []byte) (any, error) {
	r := &cborReader{rest: data}
	return r.value(0)
}

// stop is what ends a list of unsaid length.
type stop struct{}

func (r *cborReader) value(depth int) (any, error) {
	r.items++
	if depth > maxCBORDepth || r.items > maxCBORItems {
		return nil, fmt.Errorf("%w: too deep or too many items", errCBOR)
	}
	major, n, open, err := r.head()
	if err != nil {
		return nil, err
	}
	switch major {
	case 0:
		return n, nil
	case 1:
		return -1 - int64(min(n, math.MaxInt64-1)), nil
	case 2, 3:
		b, err := r.bytes(major, n, open)
		if major == 3 {
			return string(b), err
		}
		return b, err
	case 4:
		return r.list(n, open, depth)
	case 5:
		return r.table(n, open, depth)
	case 6:
		return r.value(depth + 1)
	}
	return simple(n, open), nil
}

// simple reads major type 7, in which 31 ends a list.
func simple(n uint64, open bool) any {
	switch {
	case open:
		return stop{}
	case n == 20 || n == 21:
		return n == 21
	}
	return nil
}

// head reads an item's first byte and its argument; open means that the length
// is not said.
func (r *cborReader) head() (major byte, n uint64, open bool, err error) {
	if len(r.rest) == 0 {
		return 0, 0, false, fmt.Errorf("%w: it ends early", errCBOR)
	}
	first := r.rest[0]
	r.rest = r.rest[1:]
	major, info := first>>5, first&31
	switch {
	case info < 24:
		return major, uint64(info), false, nil
	case info == 31 && major >= 2 && major != 6:
		return major, 0, true, nil
	case info > 27:
		return 0, 0, false, fmt.Errorf("%w: a reserved length", errCBOR)
	}
	size := 1 << (info - 24)
	if len(r.rest) < size {
		return 0, 0, false, fmt.Errorf("%w: it ends early", errCBOR)
	}
	wide := make([]byte, 8)
	copy(wide[8-size:], r.rest)
	r.rest = r.rest[size:]
	return major, binary.BigEndian.Uint64(wide), false, nil
}

// bytes reads a string, or the parts of one.
func (r *cborReader) bytes(major byte, n uint64, open bool) ([]byte, error) {
	if !open {
		if n > uint64(len(r.rest)) {
			return nil, fmt.Errorf("%w: a string is longer than the data", errCBOR)
		}
		b := r.rest[:n]
		r.rest = r.rest[n:]
		return b, nil
	}
	var all []byte
	for {
		m, n, open, err := r.head()
		switch {
		case err != nil:
			return nil, err
		case m == 7 && open:
			return all, nil
		case m != major || open:
			return nil, fmt.Errorf("%w: a part of a string is none", errCBOR)
		}
		part, err := r.bytes(m, n, false)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
}

func (r *cborReader) list(n uint64, open bool, depth int) (any, error) {
	out := []any{}
	for i := uint64(0); open || i < n; i++ {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if _, end := v.(stop); end {
			return ended(out, open)
		}
		out = append(out, v)
	}
	return out, nil
}

// ended is a list that a stop ends, which is only right when its length was not
// said.
func ended[T any](list T, open bool) (any, error) {
	if !open {
		return nil, fmt.Errorf("%w: a stop where none belongs", errCBOR)
	}
	return list, nil
}

func (r *cborReader) table(n uint64, open bool, depth int) (any, error) {
	out := map[string]any{}
	for i := uint64(0); open || i < n; i++ {
		k, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if _, end := k.(stop); end {
			return ended(out, open)
		}
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if name, ok := k.(string); ok {
			out[name] = v
		}
	}
	return out, nil
}
