package dataset

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/defacecheck/defacecheck/corpus/store"
)

// Target is a corpus that a dataset can be put into.
type Target interface {
	Restore(ctx context.Context, all ...store.Kept) (store.Added, error)
}

// Is says whether a folder is a dataset of this program.
func Is(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, ManifestName))
	return err == nil && info.Mode().IsRegular()
}

// Restored says what came of a dataset.
type Restored struct {
	Manifest *Manifest
	Added    store.Added
	Claims   int // that were read
	Missing  int // verdicts that the dataset does not have
}

// restoreClaims and restoreBytes bound one transaction.
const (
	restoreClaims = 200
	restoreBytes  = 32 << 20
)

// Read puts the claims of the dataset in dir into a corpus. Every file is held against
// the digest in the manifest before a claim of it is taken. The hashes of pictures are
// those that the dataset says. What was put in before an error stays; nothing is put in
// twice.
func Read(ctx context.Context, dir string, to Target, progress func(done, all int)) (*Restored, error) {
	r, err := read(ctx, dir, to, progress)
	if err != nil {
		return r, fmt.Errorf("read dataset %s: %w", filepath.Base(dir), err)
	}
	return r, nil
}

func read(ctx context.Context, dir string, to Target, progress func(done, all int)) (*Restored, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return &Restored{}, err
	}
	defer root.Close()
	m, err := readManifest(root)
	if err != nil {
		return &Restored{}, err
	}
	in := &restoring{ctx: ctx, to: to, all: Restored{Manifest: m}, tell: progress}
	for _, f := range m.Files {
		if err := in.file(root, m.Format, f); err != nil {
			return &in.all, fmt.Errorf("%.100s: %w", f.Name, err)
		}
	}
	return &in.all, in.flush()
}

// restoring gathers claims until they are worth a transaction.
type restoring struct {
	ctx     context.Context
	to      Target
	all     Restored
	pending []store.Kept
	bytes   int
	tell    func(done, all int)
}

func (r *restoring) file(root *os.Root, format Format, want File) error {
	f, size, err := openFile(root, want.Name)
	if err != nil {
		return err
	}
	defer f.Close()
	if sum, err := digestOf(f); err != nil || sum != want.SHA256 {
		return errors.Join(err, fmt.Errorf("%w: the file is not what was written", ErrNotDataset))
	}
	if _, err := f.Seek(0, 0); err != nil {
		return err
	}
	before := r.all.Claims
	switch format {
	case WebDataset:
		err = readShard(f, r.take)
	case Parquet:
		err = readTable(r.ctx, f, size, r.take)
	default:
		err = readLines(root, f, r.take)
	}
	if n := r.all.Claims - before; err == nil && n != want.Claims {
		err = fmt.Errorf("%w: %d claims where %d were written", ErrNotDataset, n, want.Claims)
	}
	return err
}

func (r *restoring) take(e *Entry) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	k, err := e.kept()
	if err != nil {
		return fmt.Errorf("claim %.12q: %w: %w", e.ID, ErrNotDataset, err)
	}
	r.pending, r.bytes = append(r.pending, k), r.bytes+len(k.File)
	for _, text := range k.Results {
		r.bytes += len(text)
	}
	r.all.Claims++
	r.all.Missing += max(0, e.Verdicts-len(k.Results))
	if len(r.pending) < restoreClaims && r.bytes < restoreBytes {
		return nil
	}
	return r.flush()
}

func (r *restoring) flush() error {
	a, err := r.to.Restore(r.ctx, r.pending...)
	if err != nil {
		return err
	}
	t := &r.all.Added
	t.Pictures, t.Files, t.Claims = t.Pictures+a.Pictures, t.Files+a.Files, t.Claims+a.Claims
	t.Postings, t.Known = t.Postings+a.Postings, t.Known+a.Known
	r.pending, r.bytes = nil, 0
	if r.tell != nil {
		r.tell(r.all.Claims, r.all.Manifest.Counts.Claims)
	}
	return nil
}
