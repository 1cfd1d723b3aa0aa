package main

import (
	"context"
	"os"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

// corpusFile is the corpus of --corpus, or none.
type corpusFile struct {
	store    *store.Store // nil when none was named
	path     string
	made     bool // by this run
	recorded bool
}

// openCorpus opens the corpus before the work begins, so that no work is done
// whose result could not be kept. "" is none.
func openCorpus(ctx context.Context, path string) (*corpusFile, error) {
	f := &corpusFile{path: path}
	if path == "" {
		return f, nil
	}
	_, err := os.Stat(path)
	f.made = os.IsNotExist(err)
	f.store, err = store.Open(ctx, path)
	return f, err
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
	err := f.store.Record(ctx, r)
	f.recorded = err == nil
	return err
}

// close ends the use of the file, and takes it back when this run made it and
// had nothing to keep in it.
func (f *corpusFile) close() error {
	if f.store == nil {
		return nil
	}
	err := f.store.Close()
	if f.made && !f.recorded {
		_ = os.Remove(f.path)
	}
	return err
}
