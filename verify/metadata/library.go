package metadata

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/bep/imagemeta"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// maxLibraryTags ends the library's walk, which says nothing of it.
const maxLibraryTags = 5_000

// readLibrary reads IPTC and EXIF with imagemeta. XMP it is not asked for:
// what a file lists there many times is counted where it is read.
func readLibrary(f *Facts, format picture.Format, data []byte) {
	kind := map[picture.Format]imagemeta.ImageFormat{
		picture.JPEG: imagemeta.JPEG, picture.WebP: imagemeta.WebP,
	}[format]
	if format == picture.PNG {
		pngLibrary(f, data)
		return
	}
	askLibrary(f, kind, imagemeta.EXIF|imagemeta.IPTC, data)
}

// pngLibrary lays EXIF and IPTC of a PNG before the library in files that hold
// nothing else: of raw profiles it reads one kind, and that by where a shorter
// header would end.
func pngLibrary(f *Facts, data []byte) {
	if block := pngEXIF(data); block != nil {
		b := binary.BigEndian.AppendUint32(bytes.Clone(data[:8]), uint32(len(block)))
		b = append(append(b, "eXIf"...), block...)
		askLibrary(f, imagemeta.PNG, imagemeta.EXIF, append(b, 0, 0, 0, 0)) // it looks at no checksum
	}
	records := firstProfile(data, profileIPTC)
	if len(records) > maxRecords {
		f.note("IPTC is longer than is read.")
		records = records[:maxRecords]
	}
	if len(records) > 0 {
		b := append(bytes.Clone(photoshopHead), "8BIM\x04\x04\x00\x00"...)
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(records))), records...)
		head := binary.BigEndian.AppendUint16([]byte{0xff, mSOI, 0xff, mAPP13}, uint16(len(b)+2))
		askLibrary(f, imagemeta.JPEG, imagemeta.IPTC, append(head, b...))
	}
}

// maxRecords is what a JPEG's segment holds of IPTC beside what announces it.
const maxRecords = 65_000

// askLibrary reads some sources of a file.
func askLibrary(f *Facts, kind imagemeta.ImageFormat, which imagemeta.Source, data []byte) {
	seen := 0
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: kind,
		Sources:         which,
		LimitNumTags:    maxLibraryTags,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { seen++; return true },
		HandleTag: func(t imagemeta.TagInfo) error {
			if s, ok := sources()[t.Source]; ok {
				f.tag(s, t.Tag, joinedValue(t.Value))
			}
			return nil
		},
	})
	if err != nil {
		f.note(fmt.Sprintf("Metadata could not be read in full: %v.", err))
	}
	if seen == maxLibraryTags {
		f.note("The file makes more statements in EXIF and IPTC than are read.")
	}
}

// joinedValue is a value as text, a list joined with commas.
func joinedValue(v any) string {
	if list, ok := v.([]string); ok {
		return strings.Join(list, ", ")
	}
	return fmt.Sprint(v)
}

func sources() map[imagemeta.Source]Source {
	return map[imagemeta.Source]Source{imagemeta.EXIF: EXIF, imagemeta.IPTC: IPTC}
}
