package metadata

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
)

// Stream is how the pixels of a PNG are packed, by which encoders with the same
// chunks still differ.
type Stream struct {
	Header  string `json:"zlib_header"` // the two bytes of RFC 1950 in hexadecimal; the second tells the level's class
	Rows    int    `json:"rows_seen"`   // 0 when the picture is interlaced or the data cannot be unpacked
	Filters [5]int `json:"filters"`     // how many of those rows use None, Sub, Up, Average, Paeth
}

// maxStream is how much of a picture's unpacked rows is looked at: encoders do
// not change their habits on the way, and 8 MiB are unpacked in some 50 ms.
const maxStream = 8 << 20

// pngStream reads the packed pixels, which lie in parts.
func pngStream(p *PNG, width int, parts [][]byte) *Stream {
	readers := make([]io.Reader, len(parts))
	for i, part := range parts {
		readers[i] = bytes.NewReader(part)
	}
	head := make([]byte, 2)
	all := io.MultiReader(readers...)
	if _, err := io.ReadFull(all, head); err != nil {
		return nil
	}
	s := &Stream{Header: hex.EncodeToString(head)}
	if p.Interlaced {
		return s
	}
	z, err := zlib.NewReader(io.MultiReader(bytes.NewReader(head), all))
	if err != nil {
		return s
	}
	defer z.Close()
	s.countFilters(z, p.rowBytes(width))
	return s
}

// countFilters reads the byte that begins each row (RFC 2083, section 6).
func (s *Stream) countFilters(z io.Reader, row int64) {
	z = io.LimitReader(z, maxStream)
	b := make([]byte, 1)
	for row > 0 {
		if _, err := io.ReadFull(z, b); err != nil || b[0] > 4 {
			return
		}
		s.Filters[b[0]]++
		s.Rows++
		if n, err := io.CopyN(io.Discard, z, row); err != nil || n < row {
			return
		}
	}
}

// rowBytes is the length of a row without its filter byte, 0 for a header that
// makes no sense.
func (p *PNG) rowBytes(width int) int64 {
	channels := map[int]int{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[p.ColourType]
	return (int64(width)*int64(channels)*int64(p.BitDepth) + 7) / 8
}

// filterWord is the habit of a picture's rows: the name of the only filter in
// use, "mixed" for several, "" when there are too few rows to tell.
func (s *Stream) filterWord() string {
	if s == nil || s.Rows < minFilterRows {
		return ""
	}
	word := ""
	for i, n := range s.Filters {
		switch {
		case n == 0:
		case word != "":
			return "mixed"
		default:
			word = [5]string{"none", "sub", "up", "average", "paeth"}[i]
		}
	}
	return word
}

// minFilterRows is how many rows show a habit.
const minFilterRows = 16
