package warc

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// ErrTooLarge says that a body is larger than the limit the caller set.
var ErrTooLarge = errors.New("body is larger than the limit")

// maxCodings bounds a chain of content encodings; real servers apply one.
const maxCodings = 4

// zstdWindow bounds the memory of a zstd decoder. RFC 8878 asks decoders for
// 8 MiB, which is also what browsers accept.
const zstdWindow = 8 << 20

// Body is a recorded body in its three states.
type Body struct {
	Raw     []byte // as recorded, transfer encoding still on
	Entity  []byte // transfer encoding undone: what digests are made of
	Decoded []byte // content encodings undone too
	Problem error  // why Decoded is not what the header promises; nil when it is
}

// ReadBody reads a body and undoes its encodings. No state of it exceeds limit
// bytes, else the error wraps ErrTooLarge.
//
// A header that names an encoding the bytes do not have is common in archives,
// whose writers undo encodings and keep the header. Then the bytes are taken
// as they are. An encoding that begins well and breaks off keeps what came
// before, as browsers do, and tells so in Problem.
func ReadBody(r io.Reader, h Fields, limit int64) (*Body, error) {
	raw, err := readLimited(r, limit)
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	b := &Body{Raw: raw, Entity: raw}
	if hasToken(h.All("Transfer-Encoding"), "chunked") {
		b.Entity = unchunk(raw)
	}
	b.Decoded = b.Entity
	codings := tokens(h.All("Content-Encoding"))
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%w: %d content encodings", ErrFormat, len(codings))
	}
	for i := len(codings) - 1; i >= 0; i-- {
		if b.Decoded, err = decode(codings[i], b.Decoded, limit); errors.Is(err, ErrTooLarge) {
			return nil, fmt.Errorf("undo %s: %w", codings[i], err)
		} else if err != nil {
			b.Problem = fmt.Errorf("undo %s: %w", codings[i], err)
			return b, nil
		}
	}
	return b, nil
}

// unchunk undoes chunking, or gives raw back if it is not chunked. A last
// chunk that breaks off is kept as far as it goes.
func unchunk(raw []byte) []byte {
	out, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(raw)))
	if err == nil || err == io.ErrUnexpectedEOF && len(out) > 0 {
		return out
	}
	return raw
}

// decode undoes one content encoding. With an error the bytes that could be
// decoded are returned, or src itself where it was never encoded.
func decode(coding string, src []byte, limit int64) ([]byte, error) {
	if len(src) == 0 {
		return src, nil
	}
	r, err := decoder(coding, src)
	if err != nil {
		return src, err
	}
	out, err := readLimited(r, limit)
	if c, ok := r.(io.Closer); ok {
		_ = c.Close()
	}
	if err != nil && len(out) == 0 && !errors.Is(err, ErrTooLarge) {
		return src, err
	}
	return out, err
}

func decoder(coding string, src []byte) (io.Reader, error) {
	in := bytes.NewReader(src)
	switch coding {
	case "identity", "":
		return in, nil
	case "gzip", "x-gzip":
		return gunzip(in)
	case "deflate":
		return inflate(src)
	case "br":
		return brotli.NewReader(in), nil
	case "zstd":
		d, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return nil, fmt.Errorf("unknown content encoding %.20q", coding)
}

// gunzip reads one member and ignores what follows it, as browsers do.
func gunzip(in io.Reader) (io.Reader, error) {
	z, err := gzip.NewReader(bufio.NewReader(in))
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return z, nil
}

// inflate reads "deflate", which is zlib by the standard and a bare deflate
// stream from many servers.
func inflate(src []byte) (io.Reader, error) {
	if z, err := zlib.NewReader(bytes.NewReader(src)); err == nil {
		return z, nil
	}
	return flate.NewReader(bufio.NewReader(bytes.NewReader(src))), nil
}

func readLimited(r io.Reader, limit int64) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(out)) > limit {
		return nil, fmt.Errorf("%w of %d bytes", ErrTooLarge, limit)
	}
	return out, err
}

func tokens(values []string) []string {
	var out []string
	for _, v := range values {
		for t := range strings.SplitSeq(v, ",") {
			if t = strings.ToLower(strings.TrimSpace(t)); t != "" {
				out = append(out, t)
			}
		}
	}
	return out
}

func hasToken(values []string, want string) bool {
	for _, t := range tokens(values) {
		if t == want {
			return true
		}
	}
	return false
}
