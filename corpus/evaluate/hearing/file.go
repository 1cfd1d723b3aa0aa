package hearing

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/synth/casebook"
)

// ErrAnother is wrapped where the file of rows is not one that can be continued.
var ErrAnother = errors.New("the file holds other rows")

// open opens the file of rows for continuing and says whose rows it has. A last line
// that was not finished is cut off. Where the corpus has grown since, the rows of the
// claims that are still as they were are kept.
func open(o Options, c *casebook.Corpus) (f *os.File, done map[string]bool, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("continue %s: %w", o.Out, err)
		}
	}()
	manifest, err := os.ReadFile(filepath.Join(c.Dir, casebook.ManifestName))
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(manifest)
	head, err := json.Marshal(rows.Header{Schema: rows.Schema, Corpus: hex.EncodeToString(sum[:])})
	if err != nil {
		return nil, nil, err
	}
	data, err := os.ReadFile(o.Out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	if len(whole) == 0 && len(data) > 0 && !bytes.HasPrefix(head, data) {
		return nil, nil, fmt.Errorf("%w: it is no file of rows", ErrAnother)
	}
	kept, done, err := keep(whole, head, o.Program, c.Manifest)
	if err != nil {
		return nil, nil, err
	}
	if !bytes.Equal(kept, data) {
		if err := renameio.WriteFile(o.Out, kept, 0o644, renameio.WithTempDir(filepath.Dir(o.Out))); err != nil {
			return nil, nil, err
		}
	}
	f, err = os.OpenFile(o.Out, os.O_WRONLY|os.O_APPEND, 0)
	return f, done, err
}

// keep is what stays of a file of whole lines, under our header, and the claims that
// it has rows of.
func keep(whole, head []byte, program string, m casebook.Manifest) (kept []byte, done map[string]bool, err error) {
	kept, done = append(slices.Clone(head), '\n'), map[string]bool{}
	if first, more, _ := bytes.Cut(whole, []byte("\n")); len(more) == 0 && (len(first) == 0 || bytes.HasPrefix(first, head[:bytes.IndexByte(head, ',')])) {
		return kept, done, nil // no claim was judged yet
	}
	set, err := rows.Read(bytes.NewReader(whole), rows.Limits{})
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrAnother, err)
	}
	sums := map[string]string{}
	for _, e := range m.Claims {
		sums[e.Name] = e.SHA256
	}
	leftOut := func(name string) bool {
		return slices.ContainsFunc(m.LeftOut, func(l casebook.LeftOut) bool { return l.Claim == name })
	}
	_, lines, _ := bytes.Cut(whole, []byte("\n"))
	for _, r := range set.Rows {
		var line []byte
		line, lines, _ = bytes.Cut(lines, []byte("\n"))
		sum, ok := sums[r.Claim]
		switch {
		case r.Program != program:
			return nil, nil, fmt.Errorf("%w: %s judged %s, and this is %s", ErrAnother, r.Program, r.Claim, program)
		case ok && r.SHA256 == sum:
			kept, done[r.Claim] = append(append(kept, line...), '\n'), true
		case !leftOut(r.Claim): // else it resembles a claim of the other side that came since
			return nil, nil, fmt.Errorf("%w: they are of a corpus in which %s is another claim, or a larger one", ErrAnother, r.Claim)
		}
	}
	return kept, done, nil
}

// add appends a row in one write.
func add(f *os.File, row rows.Row) error {
	line, err := json.Marshal(row)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return err
}
