package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

// files is an archive of files on disk.
type files struct {
	label   string
	path    string
	opts    Options
	index   index
	closers []func() error
	warnings
}

// archiveFiles lists the files below dir that are archives by their names, in
// the order of their paths. Symbolic links are not followed.
func archiveFiles(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && archiveName(d.Name()) {
			out = append(out, path)
		}
		return err
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%w: no .warc, .warc.gz or .wacz file in it", capture.ErrMalformed)
	}
	return out, err
}

func archiveName(name string) bool {
	name = strings.ToLower(name)
	for _, end := range []string{".warc", ".warc.gz", ".wacz", ".arc", ".arc.gz", ".warc.zst"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// openFiles indexes paths as one archive. In a directory, a file that cannot
// be read is a warning as long as another one can.
func openFiles(ctx context.Context, spec string, paths []string, many bool, opts Options) (Archive, error) {
	a := &files{label: filepath.Base(filepath.Clean(spec)), path: spec, opts: opts, index: index{limit: opts.MaxRecords}}
	a.warnings.log = opts.Logger.With("archive", a.label)
	var failed []error
	for _, p := range paths {
		if err := a.openFile(ctx, p); err != nil {
			err = fmt.Errorf("open archive %s: %w", p, err)
			if !many || ctx.Err() != nil || errors.Is(err, capture.ErrTooLarge) {
				return nil, errors.Join(err, a.Close())
			}
			failed = append(failed, err)
			a.warn("%v", err)
		}
	}
	if len(failed) == len(paths) {
		return nil, errors.Join(errors.Join(failed...), a.Close())
	}
	a.index.finish()
	return a, nil
}

func (a *files) openFile(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	a.closers = append(a.closers, f.Close)
	disk := &diskFile{f: f, base: filepath.Base(path)}
	head := make([]byte, 4)
	n, _ := f.ReadAt(head, 0)
	switch head := string(head[:n]); {
	case head == "":
		return fmt.Errorf("%w: the file is empty", capture.ErrMalformed)
	case head == "\x28\xb5\x2f\xfd" || strings.HasPrefix(head, "\x5d\x2a\x4d\x18"):
		return fmt.Errorf("%w: compressed with zstd: not read here, recompress it as .warc.gz", capture.ErrMalformed)
	case head == "PK\x03\x04" || head == "PK\x05\x06":
		return a.openWACZ(ctx, disk)
	}
	return scan(ctx, disk, &a.index, a.warn)
}

// Name is the base name of the file or directory.
func (a *files) Name() string { return a.label }

// Contacts is empty: files contact nobody.
func (a *files) Contacts() []string { return nil }

// Close closes the files.
func (a *files) Close() error {
	var errs []error
	for _, c := range a.closers {
		errs = append(errs, c())
	}
	a.closers = nil
	return errors.Join(errs...)
}
