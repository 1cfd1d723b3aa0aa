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
	t := tableRows{columns: columns, in: in}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		bytes.next()
		row, err := rows.Read()
		if err == io.EOF {
			return nil
		}
		m, err := t.message(row, err, rows)
		if err != nil {
			return err
		}
		if !to(m) {
			return errStopped
		}
	}
}

// tableRows makes messages of the rows of a table.
type tableRows struct {
	columns []string // the field of each; "" for one without use
	in      *source
	line    int  // on which the last row began
	strict  bool // a row was broken: only whole rows can be told from the rest of it
}

// message makes a message of what was read. A row within whose one line a quotation mark
// is out of place is left, and the next line is the next row; should that be the rest of
// a cell of several lines, it has hardly as many cells as there are columns, and from then on
// all rows must have. Where a quotation mark swallowed lines, nobody knows where rows
// begin, and the error says that the rest is not read.
func (t *tableRows) message(row []string, err error, rows *csv.Reader) (message, error) {
	var broken *csv.ParseError
	switch {
	case err == nil:
		t.line, _ = rows.FieldPos(0)
		return t.whole(row), nil
	case !errors.As(err, &broken):
		return message{}, fmt.Errorf("the entry behind that of line %d: %w", max(t.line, 1), err)
	case broken.StartLine != broken.Line:
		return message{}, fmt.Errorf("line %d: a quotation mark opens a cell there that does not end well up to line %d; nothing from line %d on is read: double the quotation marks within cells",
			broken.StartLine, broken.Line, broken.StartLine)
	}
	t.line, t.strict = broken.Line, true
	return badEntry(t.origin(), inWords(err)), nil
}

func (t *tableRows) origin() string { return fmt.Sprintf("%s line %d", t.in.name, t.line) }

// whole makes a message of a row that could be read.
func (t *tableRows) whole(row []string) message {
	extra := len(row) > len(t.columns) && strings.TrimSpace(strings.Join(row[len(t.columns):], "")) != ""
	if extra || t.strict && len(row) < len(t.columns) {
		return badEntry(t.origin(), fmt.Sprintf("%d cells under %d columns", len(row), len(t.columns)))
	}
	e := entry{}
	for i, cell := range row[:min(len(row), len(t.columns))] {
		if t.columns[i] != "" {
			e.add(t.columns[i], cell)
		}
	}
	return e.message(t.origin(), t.in.now)
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
	if broken := (*csv.ParseError)(nil); errors.As(err, &broken) {
		return nil, fmt.Errorf("line %d: %s", broken.Line, inWords(err))
	}
	if err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
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
