package warc

import (
	"bufio"
	"io"
)

// counter counts what was consumed from a buffered reader. It has ReadByte so
// that the gzip reader takes not one byte more than its member: the count then
// is the offset of the next member.
type counter struct {
	br *bufio.Reader
	n  int64
}

func newCounter(r io.Reader, buffer int) *counter {
	return &counter{br: bufio.NewReaderSize(r, buffer)}
}

// reset starts anew on another reader.
func (c *counter) reset(r io.Reader) {
	c.br.Reset(r)
	c.n = 0
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.br.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) ReadByte() (byte, error) {
	b, err := c.br.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func (c *counter) peek(n int) []byte {
	b, _ := c.br.Peek(n)
	return b
}

// line reads up to and including the next line feed. A line longer than limit
// is an error; the end of the input before a line feed gives what there was and
// io.EOF.
func (c *counter) line(limit int) ([]byte, error) {
	var line []byte
	for {
		part, err := c.br.ReadSlice('\n')
		c.n += int64(len(part))
		line = append(line, part...)
		if len(line) > limit {
			return nil, errLongLine
		}
		if err != bufio.ErrBufferFull {
			return line, err
		}
	}
}
