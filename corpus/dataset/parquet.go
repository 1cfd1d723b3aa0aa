package dataset

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/defacecheck/defacecheck/corpus/rows"
)

// row is an entry as a row of a table: what one selects and learns by in columns of its
// own, and the whole entry as JSON.
type row struct {
	ID            string   `parquet:"id"`
	Split         string   `parquet:"split,dict"`
	Site          string   `parquet:"site"`
	Group         string   `parquet:"group"`
	Label         string   `parquet:"label,dict"`
	URL           string   `parquet:"url"`
	SHA256        string   `parquet:"sha256"`
	Format        string   `parquet:"format,dict"`
	Width         int64    `parquet:"width"`
	Height        int64    `parquet:"height"`
	Average       string   `parquet:"average"`
	Difference    string   `parquet:"difference"`
	Perception    string   `parquet:"perception"`
	Difference256 string   `parquet:"difference_256"`
	Informative   bool     `parquet:"informative"`
	Word          string   `parquet:"word,dict"`
	Answer        string   `parquet:"answer,dict"`
	Log10LR       *float64 `parquet:"log10_lr,optional"`
	Findings      []string `parquet:"findings,list"`
	Entry         string   `parquet:"entry"`
	Image         []byte   `parquet:"image,optional"`
}

func rowOf(e *Entry) (row, error) {
	whole, err := json.Marshal(e)
	if err != nil {
		return row{}, err
	}
	h := e.Picture.Hashes
	r := row{ID: e.ID, Split: string(e.Split), Site: e.Site, Group: e.Group, Label: string(e.Label),
		URL: strings.ToValidUTF8(string(e.Claim.URL), "\ufffd"), SHA256: e.Picture.SHA256, Format: e.Picture.Format,
		Width: int64(e.Picture.Width), Height: int64(e.Picture.Height),
		Average: h.Average, Difference: h.Difference, Perception: h.Perception, Difference256: h.Difference256, Informative: h.Informative,
		Entry: string(whole), Image: e.image}
	if f := e.Features; f != nil {
		r.Word, r.Answer, r.Log10LR = string(f.Word), string(f.Answer), &f.Log10LR
		for _, i := range f.Evidence {
			if i.Ran && i.Finding != "" {
				r.Findings = append(r.Findings, i.Finding)
			}
		}
	}
	return r, nil
}

// rowGroup is how many bytes a group of rows has before it is written, about.
const rowGroup = 32 << 20

// tables writes train.parquet and test.parquet.
type tables struct {
	dir  string
	open map[rows.Split]*tableFile
}

type tableFile struct {
	*output
	rows    *parquet.GenericWriter[row]
	pending int
}

func (t *tables) add(e *Entry) error {
	if t.open[e.Split] == nil {
		o, err := create(t.dir, string(e.Split)+".parquet", e.Split)
		if err != nil {
			return err
		}
		if t.open == nil {
			t.open = map[rows.Split]*tableFile{}
		}
		t.open[e.Split] = &tableFile{output: o, rows: parquet.NewGenericWriter[row](o,
			parquet.Compression(&zstd.Codec{}), parquet.CreatedBy("defacecheck", "", ""))}
	}
	r, err := rowOf(e)
	if err != nil {
		return err
	}
	f := t.open[e.Split]
	f.file.Claims++
	f.pending += len(r.Entry) + len(r.Image)
	if _, err := f.rows.Write([]row{r}); err != nil {
		return err
	}
	if f.pending < rowGroup {
		return nil
	}
	f.pending = 0
	return f.rows.Flush()
}

func (t *tables) close() ([]File, error) {
	var files []File
	var errs []error
	for _, split := range []rows.Split{rows.Train, rows.Test} {
		if f := t.open[split]; f != nil {
			errs = append(errs, f.rows.Close(), f.output.close())
			files = append(files, f.file)
		}
	}
	return files, errors.Join(errs...)
}

// readTable reads what tables wrote. The library is not made for hostile files: it may
// give up in a panic, which is an error here.
func readTable(ctx context.Context, f io.ReaderAt, size int64, give func(*Entry) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the table cannot be read: %v", ErrNotDataset, p)
		}
	}()
	file, err := parquet.OpenFile(f, size)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotDataset, err)
	}
	r := parquet.NewGenericReader[row](file)
	defer r.Close()
	buf := make([]row, 1)
	for ctx.Err() == nil {
		n, err := r.Read(buf)
		if n == 1 {
			e, err := parseEntry([]byte(buf[0].Entry))
			if err != nil {
				return err
			}
			if buf[0].Image != nil {
				e.image = append([]byte{}, buf[0].Image...)
			}
			if err := give(e); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotDataset, err)
		}
	}
	return ctx.Err()
}
