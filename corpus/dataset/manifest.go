package dataset

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/corpus/rows"
)

// Schema names the shape of a dataset: of its manifest and its entries.
const Schema = "defacecheck/dataset/1"

// ManifestName is the file by which a folder is known as a dataset.
const ManifestName = "dataset.json"

// Format is the form of a dataset's files.
type Format string

// The formats.
const (
	WebDataset Format = "webdataset"
	Parquet    Format = "parquet"
	JSONL      Format = "jsonl"
)

// Formats are all formats, for help texts.
func Formats() []Format { return []Format{WebDataset, Parquet, JSONL} }

// Manifest says what a dataset is made of.
type Manifest struct {
	Schema  string    `json:"schema"`
	Program string    `json:"program"`
	MadeAt  time.Time `json:"made_at"`
	Name    string    `json:"name"`
	Creator string    `json:"creator"` // who publishes it
	License string    `json:"license"`
	Format  Format    `json:"format"`
	Images  bool      `json:"images"` // pictures and results are in it
	Counts  Counts    `json:"counts"`
	Files   []File    `json:"files"`
}

// File is one file with entries.
type File struct {
	Name   string     `json:"name"`
	Split  rows.Split `json:"split"`
	Claims int        `json:"claims"`
	Bytes  int64      `json:"bytes"`
	SHA256 string     `json:"sha256"`
}

// ErrNotDataset says that a folder is no dataset of this program, or not a whole one.
var ErrNotDataset = errors.New("not a whole dataset; export it again")

// maxManifest bounds a manifest, in bytes: a line for each of some thousand shards.
const maxManifest = 16 << 20

// readManifest reads and checks the manifest of a folder.
func readManifest(root *os.Root) (*Manifest, error) {
	f, _, err := openFile(root, ManifestName)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxManifest))
	if err != nil {
		return nil, err
	}
	m := new(Manifest)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrNotDataset, ManifestName, err)
	}
	if m.Schema != Schema {
		return nil, fmt.Errorf("%w: its schema is %.40q and not %q", ErrNotDataset, m.Schema, Schema)
	}
	if !slices.Contains(Formats(), m.Format) {
		return nil, fmt.Errorf("%w: no format is called %.40q", ErrNotDataset, m.Format)
	}
	return m, nil
}
