package metadata

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// jpegWalk holds what is gathered over several segments.
type jpegWalk struct {
	tables  [4][]uint16
	profile []byte // of APP2; a file's own size bounds it
	codes   int    // Huffman tables seen
	own     bool   // one of them is not the standard's
	boxes   boxParts
	xmp     xmpParts
}

// iccHead announces a part of an ICC profile; two bytes follow, the part's
// number and how many there are.
var iccHead = []byte("ICC_PROFILE\x00")

// finish writes what the segments together say.
func (w *jpegWalk) finish(f *Facts, data []byte) {
	j := f.JPEG
	j.Quality, j.Tables = quality(w.tables)
	j.NearQuality = nearest(w.tables[0])
	j.Quant = asText(w.tables)
	j.ICC = iccDescription(w.profile)
	guard(f, "extended XMP", func() { w.xmp.readExtended(f) })
	stores, at := w.boxes.join()
	for i := range stores {
		if f.C2PA == nil {
			readC2PA(f, stores[i], at[i], data)
		}
	}
	switch {
	case w.codes == 0:
		j.Huffman = "none"
	case w.own:
		j.Huffman = "own"
	default:
		j.Huffman = "standard"
	}
}

// huffman compares the tables of a DHT segment with those of ITU T.81, annex
// K.3, by digest. Encoders that optimise write tables of their own; a
// progressive file always has such.
func (w *jpegWalk) huffman(b []byte) {
	known := standardCodes()
	for len(b) >= 17 {
		n := 0
		for _, c := range b[1:17] {
			n += int(c)
		}
		if 17+n > len(b) {
			return
		}
		sum := sha256.Sum256(b[:17+n])
		w.codes++
		w.own = w.own || !known[hex.EncodeToString(sum[:4])]
		b = b[17+n:]
	}
}

// standardCodes are digests of the four example tables, each with the byte of
// class and number before it.
func standardCodes() map[string]bool {
	return map[string]bool{"9fb04cb1": true, "f27ce9b7": true, "af48d4f6": true, "8cf60aa8": true}
}

// componentIDs lists the names that a frame header gives its components.
func componentIDs(b []byte) string {
	ids := make([]string, b[5])
	for i := range ids {
		ids[i] = strconv.Itoa(int(b[6+3*i]))
	}
	return strings.Join(ids, " ")
}
