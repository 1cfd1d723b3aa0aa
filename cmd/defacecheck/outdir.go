package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/google/renameio/v2"
)

// outDir is an output directory that was tried before the work began.
type outDir struct {
	path string
	made []string // directories made for it, outermost first
}

// tryOutDir makes dir if it is not there and writes a file into it, so that
// hours of work do not end at a full or forbidden disk. "" is no directory.
func tryOutDir(dir string) (*outDir, error) {
	o := &outDir{path: dir}
	if dir == "" {
		return o, nil
	}
	missing, err := missingDirs(dir)
	if err != nil {
		return nil, fmt.Errorf("make output directory: %w", err)
	}
	o.made = missing
	if err := os.MkdirAll(dir, 0o777); err != nil {
		o.undo()
		return nil, fmt.Errorf("make output directory: %w", err)
	}
	f, err := os.CreateTemp(dir, ".try.*.tmp")
	if err != nil {
		o.undo()
		return nil, fmt.Errorf("write into output directory: %w", err)
	}
	_, err = f.WriteString("try")
	if err = errors.Join(err, f.Close(), os.Remove(f.Name())); err != nil {
		o.undo()
		return nil, fmt.Errorf("write into output directory: %w", err)
	}
	return o, nil
}

// missingDirs lists what MkdirAll would make.
func missingDirs(dir string) ([]string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	var missing []string
	for ; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		switch {
		case err == nil && info.IsDir():
			return missing, nil
		case err == nil:
			return nil, fmt.Errorf("%s is not a directory", dir)
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return nil, err
		}
		missing = append([]string{dir}, missing...)
	}
}

// undo removes the directories that were made, as long as they are empty.
func (o *outDir) undo() {
	for i := len(o.made) - 1; i >= 0; i-- {
		_ = os.Remove(o.made[i])
	}
}

// writeWhole writes a file that appears whole or not at all, over an earlier one.
func writeWhole(name string, data []byte) error {
	if err := renameio.WriteFile(name, data, 0o644, renameio.WithTempDir(filepath.Dir(name))); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
