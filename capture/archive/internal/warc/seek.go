package warc

import "io"

// seekVersion moves to the next line that begins with "WARC/". Blank lines
// before it are ordinary; anything else is counted as skipped. io.EOF says
// that there is none.
func seekVersion(c *counter) (skipped int64, err error) {
	for {
		head := c.peek(5)
		if string(head) == "WARC/" {
			return skipped, nil
		}
		b, err := c.ReadByte()
		if err != nil {
			return skipped, err
		}
		if b == '\r' || b == '\n' {
			continue
		}
		n, err := skipLine(c)
		if skipped += n + 1; err != nil {
			return skipped, err
		}
	}
}

func skipLine(c *counter) (n int64, err error) {
	for {
		b, err := c.ReadByte()
		if err != nil {
			return n, err
		}
		if n++; b == '\n' {
			return n, nil
		}
	}
}

// seekGzip moves to the next gzip magic number with the deflate method.
func seekGzip(c *counter) (skipped int64, err error) {
	for !isGzip(c.peek(3)) {
		if _, err := c.ReadByte(); err != nil {
			return skipped, err
		}
		skipped++
	}
	return skipped, nil
}

// block is the content of one record.
type block struct {
	r    *counter
	left int64
	told bool // an error was given to who read the block
}

func (b *block) Read(p []byte) (int, error) {
	n, err := b.read(p)
	b.told = b.told || err != nil && err != io.EOF
	return n, err
}

func (b *block) read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	if b.left > 0 && (err == io.EOF || err == io.ErrUnexpectedEOF) {
		return n, ErrCut
	}
	if b.left == 0 {
		return n, nil
	}
	return n, err
}

func (b *block) drain() error {
	_, err := io.Copy(io.Discard, b)
	return err
}
