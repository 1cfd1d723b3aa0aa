package intake

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrNoColumns says that a table has no column of pictures, or none of addresses or texts.
var ErrNoColumns = errors.New("the first line must name the columns, of which one is picture and one is url or text")

// table reads CSV: a line with the names of the columns, then an entry a line.
func table(ctx context.Context, from io.Reader, in *source, to give) error {
	bytes := newBounded(decoded(from), in.read)
	r := bufio.NewReader(bytes)
	rows := csv.NewReader(r)
	rows.Comma, rows.FieldsPerRecord = separator(r), -1
	columns, err := header(rows, in)
	if err != nil {
		return err
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		bytes.next()
		row, err := rows.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err // csv names the line
		}
		line, _ := rows.FieldPos(0)
		if !to(rowMessage(columns, row, fmt.Sprintf("%s line %d", in.name, line), in)) {
			return errStopped
		}
	}
}

// decoded reads UTF-8 with or without a byte order mark, and UTF-16 with one, as
// spreadsheets write them.
func decoded(from io.Reader) io.Reader {
	return transform.NewReader(from, unicode.BOMOverride(transform.Nop))
}

// separator is what the first line has most of: commas, semicolons or tabs.
func separator(r *bufio.Reader) rune {
	line, _ := r.Peek(4096)
	line, _, _ = bytes.Cut(line, []byte("\n"))
	best, most := ',', 0
	for _, c := range ",;\t" {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// header reads the names of the columns; the field of each, "" for one without use.
func header(rows *csv.Reader, in *source) ([]string, error) {
	row, err := rows.Read()
	if err == io.EOF {
		return nil, ErrNoColumns
	}
	if err != nil {
		return nil, err
	}
	names, has, unused := fieldNames(), map[string]bool{}, []string(nil)
	columns := make([]string, len(row))
	for i, name := range row {
		columns[i] = field(names, name)
		has[columns[i]] = true
		if columns[i] == "" {
			unused = append(unused, name)
		}
	}
	if !has[fieldPicture] || !has[fieldURL] && !has[fieldText] {
		return nil, ErrNoColumns
	}
	if len(unused) > 0 {
		in.note(fmt.Sprintf("columns without use: %s", strings.Join(unused, ", ")))
	}
	return columns, nil
}

func rowMessage(columns, row []string, origin string, in *source) message {
	e := entry{}
	for i, cell := range row {
		if i >= len(columns) {
			if strings.TrimSpace(cell) == "" {
				continue
			}
			m := message{}
			m.posting.Origin = origin
			m.left = []Left{m.where(BadEntry, fmt.Sprintf("%d cells under %d columns", len(row), len(columns)))}
			return m
		}
		if columns[i] != "" {
			e.add(columns[i], cell)
		}
	}
	return e.message(origin, in.now)
}
