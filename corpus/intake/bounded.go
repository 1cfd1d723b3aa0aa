package intake

import (
	"errors"
	"fmt"
	"io"
)

// ErrTooLong says that one entry of a source is longer than MaxEntry.
var ErrTooLong = errors.New("one entry is too long to be a message")

// MaxEntry bounds one message, row or line, in bytes: hundreds of times the longest
// message that Telegram takes. It is what keeps a source of any size in little memory.
const MaxEntry = 1 << 20

// bounded is a reader that breaks off where more than MaxEntry bytes are read for one
// entry. Whoever parses what it gives calls next at every entry.
type bounded struct {
	from io.Reader
	left int
	read func(int) // tells how many bytes were read; may be nil
}

// readAhead bounds how far a parser that asks for more can get before the entry counts.
const readAhead = 64 << 10

func newBounded(from io.Reader, read func(int)) *bounded {
	b := &bounded{from: from, read: read}
	b.next()
	return b
}

func (b *bounded) next() { b.left = MaxEntry }

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("more than %d bytes: %w", MaxEntry, ErrTooLong)
	}
	n, err := b.from.Read(p[:min(len(p), b.left, readAhead)])
	b.left -= n
	if b.read != nil {
		b.read(n)
	}
	return n, err
}
