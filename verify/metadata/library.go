package metadata

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/bep/imagemeta"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// maxXMP is above any XMP packet that a segment or chunk is made for.
const maxXMP = 1 << 20

// readLibrary reads IPTC, XMP and EXIF with imagemeta.
func readLibrary(f *Facts, format picture.Format, data []byte) {
	kind := map[picture.Format]imagemeta.ImageFormat{
		picture.JPEG: imagemeta.JPEG, picture.PNG: imagemeta.PNG, picture.WebP: imagemeta.WebP,
	}[format]
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: kind,
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		LimitNumTags:    maxTags,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag: func(t imagemeta.TagInfo) error {
			if s, ok := sources()[t.Source]; ok {
				f.tag(s, t.Tag, listed(t.Value))
			}
			return nil
		},
		HandleXMP: func(r io.Reader) error {
			packet, err := io.ReadAll(io.LimitReader(r, maxXMP))
			if err != nil {
				return err
			}
			readXMP(f, packet)
			_, err = io.Copy(io.Discard, r)
			return err
		},
	})
	if err != nil {
		f.note(fmt.Sprintf("Metadata could not be read in full: %v.", err))
	}
}

// listed is a value as text, a list joined with commas.
func listed(v any) string {
	if list, ok := v.([]string); ok {
		return strings.Join(list, ", ")
	}
	return fmt.Sprint(v)
}

func sources() map[imagemeta.Source]Source {
	return map[imagemeta.Source]Source{imagemeta.EXIF: EXIF, imagemeta.IPTC: IPTC}
}
