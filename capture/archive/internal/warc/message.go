package warc

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Message is the head of an HTTP message, and the rest as it was recorded.
type Message struct {
	Start  string // request or status line
	Status int    // of a response; 0 for a request
	Header Fields
	Body   io.Reader // transfer and content encodings still on
}

// Method is the first word of a request line.
func (m *Message) Method() string {
	method, _, _ := strings.Cut(m.Start, " ")
	return method
}

// ReadRequest parses the head of a recorded request.
func ReadRequest(block io.Reader) (*Message, error) { return readMessage(block) }

// ReadResponse parses the head of a recorded response. The reason phrase may
// be missing and the field lines may end in a bare line feed; net/http refuses
// several heads that real crawlers have written, such as "Content-Length: -1".
func ReadResponse(block io.Reader) (*Message, error) {
	m, err := readMessage(block)
	if err != nil {
		return nil, err
	}
	m.Status, err = parseStatus(m.Start)
	return m, err
}

// headBuffer holds most heads at once; bodies pass by the buffer.
const headBuffer = 4 << 10

func readMessage(block io.Reader) (*Message, error) {
	c := newCounter(block, headBuffer)
	line, err := c.line(maxLine)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("%w: read start line: %w", ErrFormat, asCut(err))
	}
	m := &Message{Start: strings.TrimSpace(string(line)), Body: c}
	if err == io.EOF {
		return m, nil
	}
	// A head that ends where the block ends has lost only its empty line.
	m.Header, err = readFields(c)
	if err != nil && err != errCut {
		return nil, fmt.Errorf("%w: read HTTP header: %w", ErrFormat, err)
	}
	return m, nil
}

func parseStatus(line string) (int, error) {
	version, rest, _ := strings.Cut(line, " ")
	if !strings.HasPrefix(version, "HTTP/") {
		return 0, fmt.Errorf("%w: HTTP status line %.40q", ErrFormat, line)
	}
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.Atoi(code)
	if err != nil || n < 100 || n > 999 {
		return 0, fmt.Errorf("%w: HTTP status line %.40q", ErrFormat, line)
	}
	return n, nil
}
