package registry

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The named errors about getting a package.
var (
	ErrNoClient = errors.New("its client is not here")
	ErrDigest   = errors.New("not the file that the list names")
	ErrKind     = errors.New("no such kind of package")
)

// fetchTime bounds the download of one package; one of 15 MB took six
// seconds.
const fetchTime = 2 * time.Minute

// Package is a pinned package of a registry.
type Package struct {
	Kind   string // "npm" or "deb"
	Ref    string // "name@version" or "name=version", as the registry's client takes it
	Digest string // "sha512-BASE64" or a SHA-256 in hexadecimal, of the package file
}

// Cache keeps unpacked packages in Dir, each in a folder of its own.
type Cache struct {
	Dir    string
	Limits Limits
}

// Fetch returns the folder of a package's files. It downloads the package with the
// registry's own client, holds it against its digest and unpacks it, once: a folder
// that is there is complete. Errors wrap the named ones of this package.
func (c Cache) Fetch(ctx context.Context, p Package) (dir string, err error) {
	dir = filepath.Join(c.Dir, strings.NewReplacer("/", "-", ":", "-").Replace(p.Ref))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := c.get(ctx, p, dir); err != nil {
		return "", fmt.Errorf("fetch %s: %w", p.Ref, err)
	}
	return dir, nil
}

func (c Cache) get(ctx context.Context, p Package, dir string) error {
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(c.Dir, ".fetch-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	file, err := download(ctx, p, tmp)
	if err != nil {
		return err
	}
	if err := check(file, p.Digest); err != nil {
		return err
	}
	made := filepath.Join(tmp, "files")
	if err := os.Mkdir(made, 0o755); err != nil {
		return err
	}
	if err := open(ctx, p.Kind, file, made, c.Limits); err != nil {
		return err
	}
	return os.Rename(made, dir)
}

// download lets the registry's client put the package file into dir.
func download(ctx context.Context, p Package, dir string) (file string, err error) {
	get := []string{"npm", "pack", "--silent", "--ignore-scripts", p.Ref}
	switch p.Kind {
	case "npm":
	case "deb":
		get = []string{"apt-get", "download", "-qq", p.Ref}
	default:
		return "", fmt.Errorf("%q: %w", p.Kind, ErrKind)
	}
	if err := command(ctx, dir, get...); err != nil {
		return "", err
	}
	got, err := filepath.Glob(filepath.Join(dir, "*.*"))
	if err != nil || len(got) != 1 {
		return "", fmt.Errorf("%d files came", len(got))
	}
	return got[0], nil
}

// command runs a client and waits for it; dir is where it works.
func command(ctx context.Context, dir string, args ...string) error {
	if _, err := exec.LookPath(args[0]); err != nil {
		return fmt.Errorf("%s: %w", args[0], ErrNoClient)
	}
	c := exec.CommandContext(ctx, args[0], args[1:]...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %.200s", args[0], err, out)
	}
	return nil
}

// open unpacks a package file of a kind into dir.
func open(ctx context.Context, kind, file, dir string, l Limits) error {
	if kind == "deb" {
		return openDeb(ctx, file, dir, l)
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	return unpack(z, dir, l)
}

// openDeb has dpkg-deb take the tar file out of the package, whose compression is
// one of several, and unpacks that itself.
func openDeb(ctx context.Context, file, dir string, l Limits) error {
	if _, err := exec.LookPath("dpkg-deb"); err != nil {
		return fmt.Errorf("dpkg-deb: %w", ErrNoClient)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	c := exec.CommandContext(ctx, "dpkg-deb", "--fsys-tarfile", file)
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	err = unpack(out, dir, l)
	if err != nil {
		stop() // and let it not wait for a reader
		_ = c.Wait()
		return err
	}
	_, err = io.Copy(io.Discard, io.LimitReader(out, l.orDefaults().Bytes)) // tar's padding
	return errors.Join(err, c.Wait())
}
