package main

import (
	"context"
	"database/sql"

	"github.com/defacecheck/defacecheck/corpus/reuse"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
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
func (f *corpusFile) precedents(ctx context.Context, told reuse.Progress) (verify.Precedents, error) {
	if f.store == nil {
		return nil, nil
	}
	return reuse.Open(ctx, f.store, told)
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
