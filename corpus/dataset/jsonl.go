package dataset

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"github.com/defacecheck/defacecheck/corpus/rows"
)

// pictureDir is where the pictures of JSON Lines are, by their SHA-256.
const pictureDir = "pictures"

// lines writes train.jsonl and test.jsonl, an entry a line, and the pictures beside them.
type lines struct {
	dir      string
	out      map[rows.Split]*output
	pictures map[string]bool // that are there
}

func (l *lines) add(e *Entry) error {
	if e.image != nil {
		e.Picture.File = path.Join(pictureDir, e.Picture.SHA256[:2], e.Picture.SHA256+"."+e.extension())
		if err := l.picture(e); err != nil {
			return err
		}
	}
	if l.out[e.Split] == nil {
		o, err := create(l.dir, string(e.Split)+".jsonl", e.Split)
		if err != nil {
			return err
		}
		if l.out == nil {
			l.out = map[rows.Split]*output{}
		}
		l.out[e.Split] = o
	}
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	o := l.out[e.Split]
	o.file.Claims++
	_, err = o.Write(append(line, '\n'))
	return err
}

func (l *lines) picture(e *Entry) error {
	if l.pictures[e.Picture.SHA256] {
		return nil
	}
	l.pictures[e.Picture.SHA256] = true
	name := filepath.Join(l.dir, filepath.FromSlash(e.Picture.File))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, e.image, 0o644)
}

func (l *lines) close() ([]File, error) {
	var files []File
	var errs []error
	for _, split := range []rows.Split{rows.Train, rows.Test} {
		if o := l.out[split]; o != nil {
			errs = append(errs, o.close())
			files = append(files, o.file)
		}
	}
	return files, errors.Join(errs...)
}

// MaxEntry bounds an entry that is read, in bytes: some hundred verdicts.
const MaxEntry = 64 << 20

// readLines reads what lines wrote.
func readLines(root *os.Root, f io.Reader, give func(*Entry) error) error {
	scan := bufio.NewScanner(f)
	scan.Buffer(make([]byte, 0, 64<<10), MaxEntry)
	for n := 1; scan.Scan(); n++ {
		e, err := parseEntry(scan.Bytes())
		if err == nil && e.Picture.File != "" {
			e.image, err = readPicture(root, e.Picture.File)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if err := give(e); err != nil {
			return err
		}
	}
	return scan.Err()
}

func readPicture(root *os.Root, name string) ([]byte, error) {
	f, _, err := openFile(root, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxEntry))
}

// parseEntry reads an entry.
func parseEntry(data []byte) (*Entry, error) {
	e := new(Entry)
	if err := json.Unmarshal(data, e); err != nil {
		return nil, fmt.Errorf("%w: read entry: %w", ErrNotDataset, err)
	}
	return e, nil
}
