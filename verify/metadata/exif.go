package metadata

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/rwcarlsen/goexif/exif"
	"github.com/rwcarlsen/goexif/tiff"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// readEXIF reads the EXIF blocks with goexif. A file should have one; where it
// has several, programs differ in which they read, so what each says is told.
func readEXIF(f *Facts, format picture.Format, data []byte) {
	for i, block := range exifBlocks(format, data) {
		if i == maxBlocks {
			f.note("The file has more blocks of EXIF than are read.")
			return
		}
		next := &Facts{}
		guard(next, "EXIF", func() { readBlock(next, block) })
		f.merge(next)
	}
}

// maxBlocks is how many blocks of EXIF are read of a file.
const maxBlocks = 4

// readBlock reads one block.
func readBlock(f *Facts, block []byte) {
	x, err := exif.Decode(bytes.NewReader(block))
	if err != nil {
		f.note(fmt.Sprintf("EXIF could not be read in full: %v.", err))
	}
	if x == nil {
		return
	}
	loadMore(x)
	var tags []Tag
	_ = x.Walk(walker(func(name exif.FieldName, tag *tiff.Tag) {
		tags = append(tags, Tag{EXIF, standardName(string(name)), exifText(string(name), tag, x.Tiff.Order)})
	}))
	slices.SortFunc(tags, func(a, b Tag) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	for _, t := range tags {
		f.tag(t.Source, t.Name, t.Value)
	}
	if small, err := x.JpegThumbnail(); err == nil && len(small) > 0 {
		f.addPreview(thumbnail(inEXIF, small))
	}
}

type walker func(exif.FieldName, *tiff.Tag)

func (w walker) Walk(name exif.FieldName, tag *tiff.Tag) error {
	w(name, tag)
	return nil
}

// loadMore adds the time zones of EXIF 2.31 and the version of the rules of
// exchange, which goexif does not know.
func loadMore(x *exif.Exif) {
	loadDirectory(x, exif.ExifIFDPointer, map[uint16]exif.FieldName{
		0x9010: "OffsetTime", 0x9011: "OffsetTimeOriginal", 0x9012: "OffsetTimeDigitized",
	})
	loadDirectory(x, exif.InteroperabilityIFDPointer, map[uint16]exif.FieldName{2: "InteroperabilityVersion"})
}

// loadDirectory adds names to those that goexif reads of the directory to which a
// tag points.
func loadDirectory(x *exif.Exif, pointer exif.FieldName, names map[uint16]exif.FieldName) {
	tag, err := x.Get(pointer)
	if err != nil {
		return
	}
	at, err := tag.Int64(0)
	if err != nil || at < 0 || at >= int64(len(x.Raw)) {
		return
	}
	r := bytes.NewReader(x.Raw)
	if _, err := r.Seek(at, 0); err != nil {
		return
	}
	dir, _, err := tiff.DecodeDir(r, x.Tiff.Order)
	if err != nil {
		return
	}
	x.LoadTags(dir, names, false)
}

const (
	// maxBinary is the length up to which undefined bytes are shown as text.
	maxBinary = 200
	// maxNumbers is the length up to which they are shown as numbers.
	maxNumbers = 16
)

// undefinedText shows bytes of which the standard says no type: as text where
// they are that, few of them as numbers, and otherwise how many there are.
func undefinedText(b []byte) string {
	text := bytes.TrimRight(b, "\x00")
	isText := len(text) > 0 && len(text) <= maxBinary && !bytes.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
	switch {
	case isText:
		return string(text)
	case len(b) <= maxNumbers:
		return strings.Trim(fmt.Sprint(b), "[]")
	}
	return fmt.Sprintf("(%d bytes)", len(b))
}

// exifText is a value as text: strings as they are, UserComment without its
// character code, long binary values by their length.
func exifText(name string, tag *tiff.Tag, order binary.ByteOrder) string {
	if s, err := tag.StringVal(); err == nil {
		return latin1([]byte(s))
	}
	switch {
	case name == string(exif.UserComment), name == string(exif.GPSProcessingMethod), name == string(exif.GPSAreaInformation):
		return userComment(tag.Val, order)
	case strings.HasPrefix(name, "XP") && tag.Type == tiff.DTByte:
		return wideText(tag.Val, binary.LittleEndian) // what Windows writes for title, author and the like
	}
	if tag.Format() == tiff.UndefVal || tag.Format() == tiff.OtherVal || tag.Count > maxBinary {
		return undefinedText(tag.Val)
	}
	return strings.Trim(tag.String(), `"`) // goexif shows values as JSON
}

// wideText reads text of two bytes a letter.
func wideText(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, min(len(b)/2, maxValue))
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}

// userComment reads the 8 bytes that name the character code, then the text.
// Of the codes that the standard names, JIS is shown as the bytes that it is.
func userComment(b []byte, order binary.ByteOrder) string {
	if len(b) < 8 {
		return ""
	}
	if bytes.HasPrefix(b, []byte("UNICODE\x00")) {
		return strings.Trim(wideText(markedOrder(b[8:], order)), " \x00")
	}
	return latin1(bytes.Trim(b[8:], " \x00"))
}

// markedOrder is the order of the bytes of a text, and the text without the mark
// that may say so. EXIF leaves the order open, and Windows writes its own
// whatever the file's; that is taken which makes more letters of living scripts.
func markedOrder(b []byte, file binary.ByteOrder) ([]byte, binary.ByteOrder) {
	var swapped binary.ByteOrder = binary.BigEndian
	if file == binary.BigEndian {
		swapped = binary.LittleEndian
	}
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return b[2:], binary.LittleEndian
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return b[2:], binary.BigEndian
	case letters(b, swapped) > letters(b, file):
		return b, swapped
	}
	return b, file
}

// letters says how much a text of two bytes a letter looks like one. The letters
// of Latin count twice, since with their bytes exchanged they are Chinese.
func letters(b []byte, order binary.ByteOrder) (n int) {
	for ; len(b) >= 2; b = b[2:] {
		switch c := rune(order.Uint16(b)); {
		case len(b) >= 4 && utf16.DecodeRune(c, rune(order.Uint16(b[2:]))) != unicode.ReplacementChar:
			n, b = n+2, b[2:] // two halves of one letter
		case c >= ' ' && c <= unicode.MaxLatin1:
			n += 2
		case unicode.In(c, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Devanagari, unicode.Thai,
			unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), c >= 0x3000 && c <= 0x303f, c >= 0xff00 && c <= 0xff65:
			n++
		}
	}
	return n
}

// exifBlocks finds the TIFF blocks of a file that hold something.
func exifBlocks(format picture.Format, data []byte) (blocks [][]byte) {
	find, ok := map[picture.Format]func([]byte) iter.Seq[[]byte]{
		picture.PNG: pngEXIF, picture.WebP: webpEXIF, picture.JPEG: jpegEXIF,
	}[format]
	if !ok {
		return nil
	}
	for block := range find(data) {
		if len(blocks) <= maxBlocks && !emptyBlock(block) {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// emptyBlock says that a block has neither a tag nor a directory behind the
// first. What is no TIFF is not empty: the reader says what is wrong with it.
func emptyBlock(b []byte) bool {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(b, []byte("II")) {
		order = binary.LittleEndian
	}
	if len(b) < 8 {
		return false
	}
	at := uint64(order.Uint32(b[4:]))
	if at+6 > uint64(len(b)) {
		return false
	}
	return order.Uint16(b[at:]) == 0 && order.Uint32(b[at+2:]) == 0
}

var exifHead = []byte("Exif\x00\x00")

func jpegEXIF(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for at := 2; ; {
			m, next := nextMarker(data, at)
			if m < 0 || m == mSOS || m == mEOI || next+2 > len(data) {
				return
			}
			if m == mTEM || m >= mRST0 && m <= mSOI {
				at = next
				continue
			}
			n := int(binary.BigEndian.Uint16(data[next:]))
			if n < 2 || next+n > len(data) {
				return
			}
			body := data[next+2 : next+n]
			if m == mAPP1 && bytes.HasPrefix(body, exifHead) && !yield(body[len(exifHead):]) {
				return
			}
			at = next + n
		}
	}
}

// pngEXIF finds the blocks in their chunks or, where there is none, in a raw profile.
func pngEXIF(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		found := false
		for name, body := range pngChunks(data) {
			if name != "eXIf" {
				continue
			}
			found = true
			if !yield(bytes.TrimPrefix(body, exifHead)) {
				return
			}
		}
		if found {
			return
		}
		if block := firstProfile(data, profileEXIF); block != nil {
			yield(block)
		}
	}
}

func webpEXIF(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for b := data[12:]; len(b) >= 8; {
			n := int64(binary.LittleEndian.Uint32(b[4:]))
			if n > int64(len(b)-8) {
				return
			}
			if string(b[:4]) == "EXIF" && !yield(bytes.TrimPrefix(b[8:8+n], exifHead)) {
				return
			}
			b = b[min(int64(len(b)), 8+n+n&1):]
		}
	}
}
