package archive

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

// Archive is an opened source of mementos. It is safe for concurrent use.
type Archive interface {
	capture.Lister
	io.Closer
	// Contacts names the hosts that a use of the archive will contact, as
	// host or host:port; none for files.
	Contacts() []string
	// Warnings tells, one clause each, what could not be read and what does
	// not agree with its own digest, as far as it has shown.
	Warnings() []string
}

// WaybackMachine is the base URL that the SPEC "wayback" stands for.
const WaybackMachine = "https://web.archive.org"

// Open opens the archive that spec names; the package comment lists the forms.
// Files are indexed before it returns; HTTP archives are not contacted yet.
//
// Errors wrap os.ErrNotExist and its kin, capture.ErrMalformed,
// capture.ErrTooLarge, capture.ErrBadURL, or ctx.Err().
func Open(ctx context.Context, spec string, opts Options) (Archive, error) {
	opts = opts.withDefaults()
	kind, base, ok := strings.Cut(spec, "+")
	switch {
	case spec == "wayback":
		return newWayback(WaybackMachine, opts)
	case ok && kind == "wayback":
		return newWayback(base, opts)
	case ok && kind == "memento":
		return newMemento(base, opts)
	case spec == "":
		return nil, fmt.Errorf("open archive: %w: empty name", os.ErrNotExist)
	}
	return openPath(ctx, spec, opts)
}

func openPath(ctx context.Context, path string, opts Options) (Archive, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	paths := []string{path}
	if info.IsDir() {
		if paths, err = archiveFiles(path); err != nil {
			return nil, fmt.Errorf("open archive %s: %w", path, err)
		}
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open archive %s: %w: neither a file nor a directory", path, capture.ErrMalformed)
	}
	return openFiles(ctx, path, paths, info.IsDir(), opts)
}
