package metadata

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// The places in a file that hold previews.
const (
	inEXIF      = "exif"
	inPhotoshop = "photoshop"
	inJFXX      = "jfxx"
	inXMP       = "xmp"
	inC2PA      = "c2pa"
)

const (
	// maxPreviewsOf is how many previews of one place are kept; the other places
	// hold one, and XMP may hold several sizes.
	maxPreviewsOf = 3
	// maxPreviewBytes bounds the bytes of all that are compared. In a JPEG, EXIF,
	// JFXX and Photoshop's part hold 64 KiB each.
	maxPreviewBytes = 1 << 20
)

// addPreview keeps a preview, with its bytes as far as there is room for them.
func (f *Facts) addPreview(t Thumbnail) {
	of, bytes := 0, len(t.Data)
	for _, had := range f.Thumbnails {
		bytes += len(had.Data)
		if had.Source == t.Source {
			of++
		}
	}
	if of == maxPreviewsOf {
		f.note("The file holds more previews than are read.")
		return
	}
	if bytes > maxPreviewBytes {
		f.note("The previews inside the file are longer than are compared.")
		t.Data = nil
	}
	f.Thumbnails = append(f.Thumbnails, t)
}

// thumbnail describes an embedded picture by its own header.
func thumbnail(source string, data []byte) Thumbnail {
	t := Thumbnail{Source: source, Bytes: len(data), Data: data}
	if h, err := picture.Check(data, picture.Limits{}); err == nil {
		t.Width, t.Height = h.Width, h.Height
	}
	return t
}

// jfxxHead announces JFIF's extension with a preview that is a JPEG (ITU-T T.871,
// section 10.2). Its other two forms, of plain pixels, are not read.
var jfxxHead = []byte("JFXX\x00\x10")

// jfxxPreview takes the preview of a JFXX segment.
func jfxxPreview(f *Facts, body []byte) {
	if data, ok := bytes.CutPrefix(body, jfxxHead); ok && len(data) > 0 {
		f.addPreview(thumbnail(inJFXX, data))
	}
}

// xmpPreviews gathers the previews of one packet.
type xmpPreviews struct {
	found []Thumbnail
	paged bool // the packet speaks of a document of pages
}

// take looks at a statement of a packet, and returns it as it is shown: a preview
// by its length. Those of documents that were pasted in or worked from (in
// xmpMM:Pantry and the like) are of other pictures by their nature.
func (x *xmpPreviews) take(open []string, name, value string) string {
	x.paged = x.paged || strings.HasPrefix(name, "xmpTPg:")
	if name != "xmpGImg:image" {
		return value
	}
	data, ok := unpacked(value)
	if !ok {
		return value
	}
	other := slices.ContainsFunc(open, func(e string) bool { return strings.HasPrefix(e, "xmpMM:") })
	if !other && slices.Contains(open, "xmp:Thumbnails") && len(x.found) <= maxPreviewsOf {
		x.found = append(x.found, thumbnail(inXMP, data))
	}
	return fmt.Sprintf("(%d bytes)", len(data))
}

// unpacked is a picture written in base64, lines broken anywhere.
func unpacked(text string) ([]byte, bool) {
	if len(text) > 2*maxPreviewBytes {
		return nil, false
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	return data, err == nil && len(data) > 0
}

// keep hands the previews on. Drawing programs, whose documents have pages, copy
// the preview of the document to pictures of parts of it, so that theirs tell
// nothing of the picture.
func (x *xmpPreviews) keep(f *Facts) {
	if x.paged {
		return
	}
	for _, t := range x.found {
		f.addPreview(t)
	}
}
