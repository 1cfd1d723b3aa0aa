package archive

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/defacecheck/defacecheck/capture"
)

// store is a WARC file, on its own or inside a WACZ, that can be read from any
// offset by several readers at once.
type store interface {
	name() string
	from(offset int64) (io.ReadCloser, error)
}

type diskFile struct {
	f    *os.File
	base string
}

func (d *diskFile) name() string { return d.base }

func (d *diskFile) from(offset int64) (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(d.f, offset, math.MaxInt64-offset)), nil
}

// zipped is a member of a WACZ. WACZ asks for members to be stored without
// compression; one that is compressed has to be read from its beginning.
type zipped struct {
	disk  *diskFile
	entry *zip.File
}

func (z *zipped) name() string { return z.disk.base + "/" + z.entry.Name }

func (z *zipped) from(offset int64) (io.ReadCloser, error) {
	size := int64(z.entry.UncompressedSize64)
	if offset < 0 || offset > size {
		return nil, fmt.Errorf("%w: offset %d is outside %s", capture.ErrMalformed, offset, z.name())
	}
	if z.entry.Method == zip.Store {
		start, err := z.entry.DataOffset()
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", capture.ErrMalformed, z.name(), err)
		}
		return io.NopCloser(io.NewSectionReader(z.disk.f, start+offset, size-offset)), nil
	}
	r, err := z.entry.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", capture.ErrMalformed, z.name(), err)
	}
	if _, err := io.CopyN(io.Discard, r, offset); err != nil {
		_ = r.Close()
		return nil, fmt.Errorf("%w: %s: %w", capture.ErrMalformed, z.name(), err)
	}
	return r, nil
}

// contextReader stops reading when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
