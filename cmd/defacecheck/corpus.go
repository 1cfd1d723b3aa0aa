package main

import (
	"context"

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

// precedents is what a judge may ask; nil when there is no corpus.
func (f *corpusFile) precedents() verify.Precedents {
	if f.store == nil {
		return nil // not a nil *Store in an interface
	}
	return f.store
}

func (f *corpusFile) record(ctx context.Context, r *verify.Result) error {
	if f.store == nil {
		return nil
	}
	return f.store.Record(ctx, r)
}

// close ends the use of the file. An empty one that this run made stays: another
// run may have opened it meanwhile, and its claims would go with the file.
func (f *corpusFile) close() error {
	if f.store == nil {
		return nil
	}
	return f.store.Close()
}
