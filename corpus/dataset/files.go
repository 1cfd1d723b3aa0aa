package dataset

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"github.com/defacecheck/defacecheck/corpus/rows"
)

// output is one file of a dataset while it is written.
type output struct {
	file File
	to   *os.File
	buf  *bufio.Writer
	sum  hash.Hash
}

func create(dir, name string, split rows.Split) (*output, error) {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	o := &output{file: File{Name: name, Split: split}, to: f, sum: sha256.New()}
	o.buf = bufio.NewWriterSize(f, 256<<10)
	return o, nil
}

func (o *output) Write(p []byte) (int, error) {
	o.sum.Write(p)
	o.file.Bytes += int64(len(p))
	return o.buf.Write(p)
}

// close ends the file; it is on the disk when the error is nil.
func (o *output) close() error {
	err := errors.Join(o.buf.Flush(), o.to.Sync(), o.to.Close())
	o.file.SHA256 = hex.EncodeToString(o.sum.Sum(nil))
	return err
}

// extension is the ending of a picture's file.
func (e *Entry) extension() string {
	switch e.Picture.Format {
	case "png", "gif", "webp", "bmp":
		return e.Picture.Format
	case "jpeg":
		return "jpg"
	}
	return "bin"
}

// digestOf reads a file to its end.
func digestOf(f io.Reader) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// openFile opens a file of a dataset, and nothing else: a pipe would be waited for without end.
func openFile(root *os.Root, name string) (*os.File, int64, error) {
	f, err := root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%w: %.100q is not a file", ErrNotDataset, name)
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}
