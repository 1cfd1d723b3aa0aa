package intake

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/defacecheck/defacecheck/corpus/store"
)

// Corpus is where postings are kept.
type Corpus interface {
	Add(ctx context.Context, items ...store.Item) (store.Added, error)
}

// DefaultJobs is how many pictures are decoded at once.
const DefaultJobs = 2

// Options say how a source is read. The zero value works.
type Options struct {
	Format   Format                             // Auto and "" find out
	Pairing  Pairing                            // "" is PairSure
	Channel  string                             // who posted, in place of what the source says
	Chats    []string                           // of a Telegram export: only these, by name, id or type
	Ignore   []string                           // hosts that are not victims, besides Ignored
	Keep     []string                           // hosts that are taken although they are Ignored
	Jobs     int                                // 0 is DefaultJobs
	Now      time.Time                          // zero is the clock's
	Progress func(done, all int64, what string) // in bytes of the file; of folders, in pictures until now
}

// Import reads the source at path, a file or a folder, and keeps its claims. The report
// says what was taken, also where an error ended the work: what was kept until then
// stays, and the same import again keeps nothing twice.
func Import(ctx context.Context, to Corpus, path string, o Options) (*Report, error) {
	fail := func(r *Report, err error) (*Report, error) {
		return r, fmt.Errorf("import %s: %w", filepath.Base(path), err)
	}
	root, name, size, err := openSource(path)
	if err != nil {
		return fail(NewReport(path, o.Format), err)
	}
	defer root.Close()
	if o.Format == "" {
		o.Format = Auto
	}
	name, format, err := find(root, name, o.Format)
	r := NewReport(path, format)
	if err != nil {
		return fail(r, err)
	}
	if size == 0 {
		if info, err := root.Stat(name); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	w := newWork(to, r, root, name, size, o)
	if err := w.run(ctx, readerOf(format)); err != nil {
		return fail(r, err)
	}
	r.Complete = true
	return r, nil
}

// openSource opens the folder of a source, and tells the name within it and, of a file,
// the size.
func openSource(path string) (*os.Root, string, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", 0, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(path)
		return root, ".", 0, err
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	return root, filepath.Base(path), info.Size(), err
}
