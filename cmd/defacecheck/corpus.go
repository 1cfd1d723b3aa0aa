package main

import (
	"context"
	"database/sql"

	"github.com/defacecheck/defacecheck/corpus/reuse"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// corpusFile is the corpus of --corpus, or none.
type corpusFile struct {
	store *store.Store // nil when none was named
}

// openCorpus opens the corpus before the work begins, so that no work is done
// whose result could not be kept. "" is none.
func openCorpus(ctx context.Context, path string) (*corpusFile, error) {
	if path == "" {
		return &corpusFile{}, nil
	}
	s, err := store.Open(ctx, path)
	return &corpusFile{store: s}, err
}

// precedents is what a judge may ask; nil when there is no corpus. Pictures that were taken in
// since are made ready for searching first.
func (p *program) precedents(ctx context.Context, f *corpusFile) (verify.Precedents, error) {
	if f.store == nil {
		return nil, nil
	}
	earlier, err := p.earlier(ctx, f.store)
	if err != nil {
		return nil, err // and not a nil Finder in an interface
	}
	return earlier, nil
}

// earlier makes the pictures of a corpus ready for searching, and tells of those that
// cannot be read.
func (p *program) earlier(ctx context.Context, s *store.Store) (*reuse.Finder, error) {
	f, err := reuse.Open(ctx, s, p.preparing())
	if err != nil {
		return nil, err
	}
	p.tellUnreadable(f)
	return f, nil
}

// maxUnreadable bounds how many pictures that cannot be read are told of one by one.
const maxUnreadable = 10

// tellUnreadable says which pictures of a corpus are compared with none, and why.
func (p *program) tellUnreadable(f *reuse.Finder) {
	all := f.Unreadable()
	for _, u := range all[:min(len(all), maxUnreadable)] {
		p.say("compared with no other: %s", plain.Text(u.Err.Error(), maxStep))
	}
	if n := len(all) - maxUnreadable; n > 0 {
		p.say("compared with no other, either: %s", counted(n, "more picture"))
	}
}

// record keeps a verdict and the picture that it is about.
func (f *corpusFile) record(ctx context.Context, r *verify.Result, picture []byte) error {
	if f.store == nil {
		return nil
	}
	return f.store.Do(ctx, func(tx *sql.Tx) error {
		if err := f.store.RecordTx(ctx, tx, r); err != nil {
			return err
		}
		return f.store.KeepTx(ctx, tx, picture)
	})
}

// close ends the use of the file. An empty one that this run made stays: another
// run may have opened it meanwhile, and its claims would go with the file.
func (f *corpusFile) close() error {
	if f.store == nil {
		return nil
	}
	return f.store.Close()
}
