package report

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/defacecheck/defacecheck/verify"
)

// The names of the files that WriteDir leaves.
const (
	JSONName = "verdict.json"
	HTMLName = "report.html"
)

// WriteDir writes verdict.json and report.html into dir, which it makes when it
// is not there, and frame.png when the picture has a frame. All are rendered
// before anything is written, each appears whole or not at all, and what was
// written is on the disk when it returns. The frame of an earlier picture is
// removed.
func WriteDir(dir string, j *verify.Judgement) error {
	files, err := render(j)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make output directory: %w", err)
	}
	var staged []staged
	defer func() {
		for _, s := range staged {
			os.Remove(s.temp) // gone already when it was put in place
		}
	}()
	for _, f := range files {
		s, err := stage(dir, f)
		if err != nil {
			return fmt.Errorf("write %s: %w", filepath.Join(dir, f.name), err)
		}
		staged = append(staged, s)
	}
	if err := place(staged); err != nil {
		return err
	}
	if j.Frame == nil {
		if err := os.Remove(filepath.Join(dir, verify.FramePicture)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove an earlier frame: %w", err)
		}
	}
	return syncDir(dir)
}

type file struct {
	name string
	data []byte
}

// staged is a file that is complete under a temporary name.
type staged struct{ temp, final string }

// render makes the documents. The JSON comes last, so that it is the last to
// be put in place: where verdict.json is, report.html is.
func render(j *verify.Judgement) ([]file, error) {
	if j == nil {
		return nil, fmt.Errorf("write report: %w", ErrNoResult)
	}
	var page, doc bytes.Buffer
	if err := HTML(&page, j); err != nil {
		return nil, err
	}
	if err := JSON(&doc, j.Result); err != nil {
		return nil, err
	}
	files := []file{{HTMLName, page.Bytes()}, {JSONName, doc.Bytes()}}
	if j.Frame == nil {
		return files, nil
	}
	var around bytes.Buffer
	if err := png.Encode(&around, j.Frame); err != nil {
		return nil, fmt.Errorf("write frame: %w", err)
	}
	return append([]file{{verify.FramePicture, around.Bytes()}}, files...), nil
}

// stage writes f under a temporary name beside its final one, because a rename
// is whole only within one file system.
func stage(dir string, f file) (s staged, err error) {
	s.final = filepath.Join(dir, f.name)
	if fi, err := os.Lstat(s.final); err == nil && fi.IsDir() {
		return s, errors.New("a directory of that name is in the way")
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	tmp, err := os.CreateTemp(dir, "."+f.name+".*.tmp")
	if err != nil {
		return s, err
	}
	s.temp = tmp.Name()
	_, err = tmp.Write(f.data)
	err = errors.Join(err, tmp.Chmod(0o644), tmp.Sync(), tmp.Close())
	if err != nil {
		os.Remove(s.temp)
	}
	return s, err
}

// place gives all files their names, and takes back those it gave when one
// fails.
func place(all []staged) error {
	for i, s := range all {
		if err := os.Rename(s.temp, s.final); err != nil {
			for _, done := range all[:i] {
				os.Remove(done.final)
			}
			return fmt.Errorf("write %s: %w", s.final, err)
		}
	}
	return nil
}

// syncDir makes the new names outlast a power cut. File systems that cannot
// sync a directory say so with an error that tells nothing about the files.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open output directory: %w", err)
	}
	defer d.Close()
	_ = d.Sync()
	return nil
}
