package reading

import (
	"fmt"
	"image"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Word is one word as it was read.
type Word struct {
	Text       string
	Box        image.Rectangle // pixels of the picture
	Confidence float64         // Tesseract's, 0 to 100
	Line       int             // words of one line have the same number; lines count from 0 in reading order
}

const (
	maxWords = 40_000
	maxWord  = 400 // bytes; a longer one is a row of dots or dashes
	wordRow  = 5   // the level of a word in Tesseract's tables
	columns  = 12  // level page block par line word left top width height conf text
)

// parseTable reads the words of a table as Tesseract's tsv output has it. Boxes
// are cut to bounds. Errors wrap ErrMalformed.
func parseTable(table string, bounds image.Rectangle) ([]Word, error) {
	var words []Word
	line, last := -1, [4]int{-1}
	for n, row := range strings.Split(table, "\n") {
		row = strings.TrimSuffix(row, "\r")
		if row == "" || n == 0 && strings.HasPrefix(row, "level\t") {
			continue
		}
		w, at, ok, err := parseRow(row)
		if err != nil {
			return nil, fmt.Errorf("read line %d: %w: %w", n+1, ErrMalformed, err)
		}
		w.Box = w.Box.Intersect(bounds)
		if !ok || w.Box.Empty() {
			continue
		}
		if at != last {
			line, last = line+1, at
		}
		if len(words) == maxWords {
			return nil, fmt.Errorf("read line %d: %w: more than %d words", n+1, ErrMalformed, maxWords)
		}
		w.Line = line
		words = append(words, w)
	}
	return words, nil
}

// parseRow reads one row; ok says whether it is a word, and at is the line it
// stands in: page, block, paragraph, line.
func parseRow(row string) (w Word, at [4]int, ok bool, err error) {
	fields := strings.SplitN(row, "\t", columns)
	if len(fields) < columns-1 {
		return w, at, false, fmt.Errorf("%d columns", len(fields))
	}
	var v [10]int
	for i := range v {
		n, err := strconv.ParseInt(fields[i], 10, 32)
		if err != nil || n < 0 || n > math.MaxInt32/2 {
			return w, at, false, fmt.Errorf("column %d is no number", i+1)
		}
		v[i] = int(n)
	}
	conf, err := strconv.ParseFloat(fields[10], 64)
	if err != nil || math.IsNaN(conf) {
		return w, at, false, fmt.Errorf("column 11 is no number")
	}
	if v[0] != wordRow || len(fields) < columns {
		return w, at, false, nil
	}
	text := strings.TrimSpace(strings.ToValidUTF8(fields[11], string(utf8.RuneError)))
	w = Word{
		Text: text, Confidence: max(0, min(100, conf)),
		Box: image.Rect(v[6], v[7], v[6]+v[8], v[7]+v[9]),
	}
	return w, [4]int{v[1], v[2], v[3], v[4]}, text != "" && len(text) <= maxWord, nil
}
