package registry

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// The named errors about what a package holds.
var (
	ErrLeadsOut = errors.New("it leads out of the package")
	ErrTooLarge = errors.New("it is larger than the limit")
	ErrTooMany  = errors.New("more entries than the limit")
)

// Limits bound what is unpacked. A field that is 0 has the default of its name.
type Limits struct {
	Bytes int64 // of all files together
	Files int   // entries, folders and links among them
}

// The default limits. The largest package of our lists unpacks to 91 MB in 8,000
// entries.
const (
	DefaultBytes = 1 << 30
	DefaultFiles = 50_000
)

func (l Limits) orDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultBytes
	}
	if l.Files <= 0 {
		l.Files = DefaultFiles
	}
	return l
}

// unpacker writes the entries of one tar file below root.
type unpacker struct {
	root  *os.Root
	left  Limits
	links map[string]string // the entries that stand for others
}

// unpack writes the files of a tar file into dir, which is empty. A name that leads
// out of it is an error, as is more than the limits. Links are made copies of the
// files that they lead to in the same package; other links, and devices, are left out.
func unpack(r io.Reader, dir string, l Limits) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	u := &unpacker{root, l.orDefaults(), map[string]string{}}
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if err == io.EOF {
			return u.follow()
		}
		if err != nil {
			return fmt.Errorf("unpack: %w", err)
		}
		if err := u.entry(h, t); err != nil {
			return fmt.Errorf("unpack %.200q: %w", h.Name, err)
		}
	}
}

func (u *unpacker) entry(h *tar.Header, body io.Reader) error {
	if u.left.Files--; u.left.Files < 0 {
		return ErrTooMany
	}
	name := path.Clean(h.Name)
	if !filepath.IsLocal(name) || strings.Contains(name, `\`) {
		return ErrLeadsOut
	}
	switch h.Typeflag {
	case tar.TypeDir:
		return u.root.MkdirAll(name, 0o755)
	case tar.TypeReg:
		return u.write(name, body, h.Size)
	case tar.TypeSymlink:
		to := path.Join(path.Dir(name), h.Linkname)
		if path.IsAbs(h.Linkname) {
			to = strings.TrimPrefix(path.Clean(h.Linkname), "/") // of the system that it would be installed in
		}
		u.links[name] = to
	case tar.TypeLink:
		u.links[name] = path.Clean(h.Linkname)
	}
	return nil
}

func (u *unpacker) write(name string, body io.Reader, size int64) error {
	if u.left.Bytes -= size; u.left.Bytes < 0 {
		return ErrTooLarge
	}
	if err := u.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := u.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = io.CopyN(f, body, size)
	return errors.Join(err, f.Close())
}

// hops bounds how many links lead to a file by each other.
const hops = 8

// follow makes copies of the files that links lead to, by the order of their names.
func (u *unpacker) follow() error {
	names := make([]string, 0, len(u.links))
	for n := range u.links {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		to := u.links[n]
		for range hops {
			if next, more := u.links[to]; more {
				to = next
			}
		}
		if err := u.copy(to, n); err != nil {
			return fmt.Errorf("unpack %.200q: %w", n, err)
		}
	}
	return nil
}

// copy writes the file from to the name to. What is no file of the package, or would
// replace one, is left out.
func (u *unpacker) copy(from, to string) error {
	if !filepath.IsLocal(from) {
		return nil
	}
	info, err := u.root.Lstat(from)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	if _, err := u.root.Lstat(to); err == nil {
		return nil
	}
	f, err := u.root.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	return u.write(to, f, info.Size())
}
