package hearing

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/synth/casebook"
)

// ErrAnother is wrapped where the file of rows is not one that can be continued.
var ErrAnother = errors.New("the file holds other rows")

// open opens the file of rows for continuing and says whose rows it has. A last line
// that was not finished is cut off.
func open(o Options, c *casebook.Corpus) (f *os.File, done map[string]bool, err error) {
	manifest, err := os.ReadFile(filepath.Join(c.Dir, casebook.ManifestName))
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(manifest)
	head, err := json.Marshal(rows.Header{Schema: rows.Schema, Corpus: hex.EncodeToString(sum[:])})
	if err != nil {
		return nil, nil, err
	}
	if f, err = os.OpenFile(o.Out, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("continue %s: %w", o.Out, err), f.Close())
		}
	}()
	data, err := io.ReadAll(f)
	if err != nil {
		return f, nil, err
	}
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	if len(whole) == 0 && len(data) > 0 && !bytes.HasPrefix(head, data) {
		return f, nil, fmt.Errorf("%w: it is no file of rows", ErrAnother)
	}
	if len(whole) > 0 {
		if done, err = rowsOf(whole, head, o.Program); err != nil {
			return f, nil, err
		}
	}
	if err = f.Truncate(int64(len(whole))); err != nil {
		return f, nil, err
	}
	if _, err = f.Seek(0, io.SeekEnd); err == nil && len(whole) == 0 {
		_, err = f.Write(append(head, '\n'))
	}
	return f, done, err
}

// rowsOf holds the header and the program against ours and lists the claims.
func rowsOf(whole, head []byte, program string) (map[string]bool, error) {
	lines := bytes.Split(bytes.TrimSuffix(whole, []byte("\n")), []byte("\n"))
	if !bytes.Equal(lines[0], head) {
		return nil, fmt.Errorf("%w: they are of another corpus", ErrAnother)
	}
	done := map[string]bool{}
	if len(lines) == 1 {
		return done, nil
	}
	set, err := rows.Read(bytes.NewReader(whole), rows.Limits{})
	if err != nil {
		return nil, err
	}
	for _, r := range set.Rows {
		if r.Program != program {
			return nil, fmt.Errorf("%w: %s judged %s, and this is %s", ErrAnother, r.Program, r.Claim, program)
		}
		done[r.Claim] = true
	}
	return done, nil
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
