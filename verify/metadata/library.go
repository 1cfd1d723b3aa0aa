package metadata

import (
	"bytes"
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
		picture.JPEG: imagemeta.JPEG, picture.PNG: imagemeta.PNG, picture.WebP: imagemeta.WebP,
	}[format]
	seen := 0
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: kind,
		Sources:         imagemeta.EXIF | imagemeta.IPTC,
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
