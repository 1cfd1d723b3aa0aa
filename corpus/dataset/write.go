package dataset

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// Source is a corpus that can be read.
type Source interface {
	Records(ctx context.Context, f store.Filter) iter.Seq2[*corpus.Record, error]
	Keep(ctx context.Context, r *corpus.Record) (store.Kept, error)
}

// Options say what a dataset is made like.
type Options struct {
	Format   Format
	Images   bool         // pictures and results go in
	Filter   store.Filter // which claims
	Name     string       // "" is DefaultName
	Creator  string       // who publishes it; "" is DefaultCreator
	License  string       // "" is DefaultLicense
	Program  string       // version, for the manifest
	Now      time.Time
	Progress func(done, all int)
}

// The defaults of what a dataset says of itself.
const (
	DefaultName    = "defacement-claims"
	DefaultCreator = "not named"
	DefaultLicense = "none: pictures, texts and pages belong to those who made them"
)

// Write writes a dataset into dir, which is there and empty: a reader of it must not see
// it before Write returns. Claims that the corpus learns of meanwhile may be missing.
func Write(ctx context.Context, from Source, dir string, o Options) (*Manifest, error) {
	m := &Manifest{Schema: Schema, Program: o.Program, MadeAt: o.Now.UTC(), Format: o.Format, Images: o.Images,
		Name: cmp.Or(o.Name, DefaultName), Creator: cmp.Or(o.Creator, DefaultCreator), License: cmp.Or(o.License, DefaultLicense)}
	groups, all, err := group(ctx, from, o.Filter)
	if err == nil {
		err = m.writeEntries(ctx, from, dir, o, groups, all)
	}
	if err == nil {
		err = m.writeAbout(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("write dataset: %w", err)
	}
	return m, nil
}

// group reads all claims once, to know which belong together.
func group(ctx context.Context, from Source, f store.Filter) (*splitter, int, error) {
	s, n := new(splitter), 0
	for r, err := range from.Records(ctx, f) {
		if err != nil {
			return nil, 0, err
		}
		s.add(r)
		n++
	}
	return s, n, nil
}

// sink writes entries of one format.
type sink interface {
	add(*Entry) error
	// close ends the work and tells the files; after an error it only lets go of them.
	close() ([]File, error)
}

func newSink(dir string, f Format) (sink, error) {
	switch f {
	case WebDataset:
		return &shards{dir: dir}, nil
	case Parquet:
		return &tables{dir: dir}, nil
	case JSONL:
		return &lines{dir: dir, pictures: map[string]bool{}}, nil
	}
	return nil, fmt.Errorf("no format is called %.40q", f)
}

func (m *Manifest) writeEntries(ctx context.Context, from Source, dir string, o Options, groups *splitter, all int) error {
	out, err := newSink(dir, o.Format)
	if err != nil {
		return err
	}
	counts := newCounts()
	err = each(ctx, from, o.Filter, groups, func(k store.Kept, p placed) error {
		counts.add(k.Record, p, o.Images && k.File != nil)
		if o.Progress != nil {
			o.Progress(min(counts.Claims, all), all)
		}
		return out.add(entryOf(k, p, o.Images))
	})
	files, closed := out.close()
	m.Counts, m.Files = *counts, files
	return errors.Join(err, closed)
}

// each hands over the claims that were grouped.
func each(ctx context.Context, from Source, f store.Filter, groups *splitter, do func(store.Kept, placed) error) error {
	for r, err := range from.Records(ctx, f) {
		if err != nil {
			return err
		}
		if !groups.has(r) { // came while the groups were made
			continue
		}
		k, err := from.Keep(ctx, r)
		if err != nil {
			return err
		}
		if err := do(k, groups.place(r)); err != nil {
			return err
		}
	}
	return nil
}

// writeAbout writes what tells of the dataset.
func (m *Manifest) writeAbout(dir string) error {
	about, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	metadata, err := croissant(m)
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{ManifestName: about, "croissant.json": metadata, "README.md": []byte(datasheet(m))} {
		if err := os.WriteFile(filepath.Join(dir, name), append(data, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}
