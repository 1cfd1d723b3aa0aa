package metadata

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/rwcarlsen/goexif/exif"
	"github.com/rwcarlsen/goexif/tiff"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// readEXIF reads the EXIF block with goexif.
func readEXIF(f *Facts, format picture.Format, data []byte) {
	block := exifBlock(format, data)
	if block == nil {
		return
	}
	x, err := exif.Decode(bytes.NewReader(block))
	if err != nil {
		f.note(fmt.Sprintf("EXIF could not be read in full: %v.", err))
	}
	if x == nil {
		return
	}
	loadOffsets(x)
	var tags []Tag
	_ = x.Walk(walker(func(name exif.FieldName, tag *tiff.Tag) {
		tags = append(tags, Tag{EXIF, string(name), exifText(string(name), tag, x.Tiff.Order)})
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

// loadOffsets adds the time zones of EXIF 2.31, which goexif does not know.
func loadOffsets(x *exif.Exif) {
	tag, err := x.Get(exif.ExifIFDPointer)
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
	x.LoadTags(dir, map[uint16]exif.FieldName{
		0x9010: "OffsetTime", 0x9011: "OffsetTimeOriginal", 0x9012: "OffsetTimeDigitized",
	}, false)
}

// maxBinary is the length up to which undefined bytes are shown as text.
const maxBinary = 200

// exifText is a value as text: strings as they are, UserComment without its
// character code, long binary values by their length.
func exifText(name string, tag *tiff.Tag, order binary.ByteOrder) string {
	if s, err := tag.StringVal(); err == nil {
		return latin1([]byte(s))
	}
	switch {
	case name == string(exif.UserComment):
		return userComment(tag.Val, order)
	case strings.HasPrefix(name, "XP") && tag.Type == tiff.DTByte:
		return wideText(tag.Val, binary.LittleEndian) // what Windows writes for title, author and the like
	}
	if tag.Format() == tiff.UndefVal || tag.Format() == tiff.OtherVal || tag.Count > maxBinary {
		return fmt.Sprintf("(%d bytes)", len(tag.Val))
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

// exifBlock finds the TIFF block of a file, nil when there is none.
func exifBlock(format picture.Format, data []byte) []byte {
	switch format {
	case picture.PNG:
		return pngEXIF(data)
	case picture.WebP:
		return webpEXIF(data)
	case picture.JPEG:
		return jpegEXIF(data)
	}
	return nil
}

var exifHead = []byte("Exif\x00\x00")

func jpegEXIF(data []byte) []byte {
	for at := 2; ; {
		m, next := nextMarker(data, at)
		if m < 0 || m == mSOS || m == mEOI || next+2 > len(data) {
			return nil
		}
		if m == mTEM || m >= mRST0 && m <= mSOI {
			at = next
			continue
		}
		n := int(binary.BigEndian.Uint16(data[next:]))
		if n < 2 || next+n > len(data) {
			return nil
		}
		if body := data[next+2 : next+n]; m == mAPP1 && bytes.HasPrefix(body, exifHead) {
			return body[len(exifHead):]
		}
		at = next + n
	}
}

// pngEXIF finds the block in its chunk or, where there is none, in a raw profile.
func pngEXIF(data []byte) []byte {
	for name, body := range pngChunks(data) {
		if name == "eXIf" {
			return bytes.TrimPrefix(body, exifHead)
		}
	}
	return firstProfile(data, profileEXIF)
}

func webpEXIF(data []byte) []byte {
	for b := data[12:]; len(b) >= 8; {
		n := int64(binary.LittleEndian.Uint32(b[4:]))
		if n > int64(len(b)-8) {
			return nil
		}
		if string(b[:4]) == "EXIF" {
			return bytes.TrimPrefix(b[8:8+n], exifHead)
		}
		b = b[min(int64(len(b)), 8+n+n&1):]
	}
	return nil
}
