package rows

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// Limits bound what is read. A field that is 0 has the default of its name.
type Limits struct {
	Line     int // bytes of a line
	Rows     int
	Evidence int // items of a row
	Name     int // bytes of a name
}

// The default limits. A row of the program has a dozen items and two kilobytes; a
// corpus has thousands of claims.
const (
	DefaultLine     = 256 << 10
	DefaultRows     = 1_000_000
	DefaultEvidence = 200
	DefaultName     = 200
)

func (l Limits) orDefaults() Limits {
	for _, f := range []struct {
		field    *int
		standard int
	}{{&l.Line, DefaultLine}, {&l.Rows, DefaultRows}, {&l.Evidence, DefaultEvidence}, {&l.Name, DefaultName}} {
		if *f.field <= 0 {
			*f.field = f.standard
		}
	}
	return l
}

// Set is a file of rows.
type Set struct {
	Header
	Rows   []Row  // in the order of the file; at least one
	Digest string // SHA-256 of the file, hexadecimal
}

// Read reads a file of rows to its end. Errors about its content wrap ErrRows and
// name the line, counted from 1.
func Read(r io.Reader, limits Limits) (*Set, error) {
	l := limits.orDefaults()
	sum := sha256.New()
	lines := bufio.NewScanner(io.TeeReader(r, sum))
	lines.Buffer(make([]byte, 0, min(l.Line, 64<<10)), l.Line)
	set := &Set{}
	known := seen{claims: map[string]int{}, truths: map[string]Truth{}}
	n := 0
	for lines.Scan() {
		n++
		if err := set.take(lines.Bytes(), n, l, known); err != nil {
			return nil, fmt.Errorf("read rows: line %d: %w: %w", n, ErrRows, err)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("read rows: line %d: %w: it is longer than %d bytes", n+1, ErrRows, l.Line)
	} else if err != nil {
		return nil, fmt.Errorf("read rows: after line %d: %w", n, err)
	}
	if len(set.Rows) == 0 {
		return nil, fmt.Errorf("read rows: %w: there are none", ErrRows)
	}
	set.Digest = hex.EncodeToString(sum.Sum(nil))
	return set, nil
}

// seen is what earlier lines said.
type seen struct {
	claims map[string]int   // the line of each claim
	truths map[string]Truth // of each class
}

// take reads line n into the set.
func (s *Set) take(line []byte, n int, l Limits, known seen) error {
	if n == 1 {
		return s.takeHeader(line)
	}
	if len(s.Rows) == l.Rows {
		return fmt.Errorf("more than %d rows", l.Rows)
	}
	var row Row
	if err := strictly(line, &row); err != nil {
		return err
	}
	if err := row.check(l); err != nil {
		return err
	}
	if at := known.claims[row.Claim]; at != 0 {
		return fmt.Errorf("claim %s stands on line %d already", row.Claim, at)
	}
	if t, ok := known.truths[row.Class]; ok && t != row.Truth {
		return fmt.Errorf("claim %s of class %s is %s, earlier ones are %s", row.Claim, row.Class, row.Truth, t)
	}
	known.claims[row.Claim], known.truths[row.Class] = n, row.Truth
	s.Rows = append(s.Rows, row)
	return nil
}

func (s *Set) takeHeader(line []byte) error {
	if err := strictly(line, &s.Header); err != nil {
		return fmt.Errorf("header: %w", err)
	}
	if s.Schema != Schema {
		return fmt.Errorf("header: the schema is %.40q and not %q", s.Schema, Schema)
	}
	if !isSHA256(s.Corpus) {
		return errors.New("header: corpus is not a SHA-256 in hexadecimal")
	}
	return nil
}

func isSHA256(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size
}
