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
// what a file lists there many times is counted where it is read. Of several
// blocks of EXIF it finds the first by itself and is handed the others, and of a PNG
// it is handed all: those may stand in raw profiles.
func readLibrary(f *Facts, format picture.Format, data []byte) {
	kind := map[picture.Format]imagemeta.ImageFormat{
		picture.JPEG: imagemeta.JPEG, picture.WebP: imagemeta.WebP,
	}[format]
	if format == picture.PNG {
		pngRecords(f, data)
	} else {
		decodeLibrary(f, kind, data, imagemeta.EXIF|imagemeta.IPTC)
	}
	blocks := exifBlocks(format, data)
	for i := 0; i < min(len(blocks), maxBlocks); i++ {
		if i > 0 || f.count(EXIF) == 0 { // where the first is empty it found none
			next := &Facts{}
			guard(next, "EXIF", func() { decodeLibrary(next, imagemeta.PNG, alone(blocks[i]), imagemeta.EXIF) })
			f.merge(next)
		}
	}
}

// alone is a PNG that holds nothing but a block of EXIF: of a bare one the library leaves
// out what is said of the preview. It looks at no checksum.
func alone(block []byte) []byte {
	b := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), uint32(len(block)))
	return append(append(append(b, "eXIf"...), block...), 0, 0, 0, 0)
}

// pngRecords lays IPTC of a PNG before the library in a file that holds nothing else:
// of raw profiles it reads one kind, and that by where a shorter header would end.
func pngRecords(f *Facts, data []byte) {
	records := firstProfile(data, profileIPTC)
	if len(records) > maxRecords {
		f.note("IPTC is longer than is read.")
		records = records[:maxRecords]
	}
	if len(records) > 0 {
		b := append(bytes.Clone(photoshopHead), "8BIM\x04\x04\x00\x00"...)
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(records))), records...)
		head := binary.BigEndian.AppendUint16([]byte{0xff, mSOI, 0xff, mAPP13}, uint16(len(b)+2))
		decodeLibrary(f, imagemeta.JPEG, append(head, b...), imagemeta.IPTC)
	}
}

// maxRecords is what a JPEG's segment holds of IPTC beside what announces it.
const maxRecords = 65_000

// decodeLibrary hands data to imagemeta.
func decodeLibrary(f *Facts, kind imagemeta.ImageFormat, data []byte, what imagemeta.Source) {
	seen := 0
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: kind,
		Sources:         what,
		LimitNumTags:    maxLibraryTags,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { seen++; return true },
		HandleTag: func(t imagemeta.TagInfo) error {
			switch t.Source {
			case imagemeta.IPTC:
				f.tag(IPTC, t.Tag, joinedValue(t.Value))
			case imagemeta.EXIF:
				if name := libraryName(t.Namespace, t.Tag); name != "" {
					f.tag(EXIF, name, joinedValue(t.Value))
				}
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

// joinedValue is a value as text, a list joined with commas or, of numbers, with
// spaces.
func joinedValue(v any) string {
	switch v := v.(type) {
	case []string:
		return strings.Join(v, ", ")
	case []byte:
		return undefinedText(v)
	case []any:
		return strings.Trim(fmt.Sprint(v), "[]")
	}
	return fmt.Sprint(v)
}

// libraryName is the standard's name for a tag of EXIF that imagemeta found in a
// directory. It takes the same names for all directories: the first of those that
// are the satellites' are others' elsewhere, or of no standard and, by the name,
// misread: these have no name.
func libraryName(directory, name string) string {
	if strings.HasPrefix(name, "GPS") && !strings.HasSuffix(directory, "GPSInfoIFD") {
		switch {
		case strings.HasSuffix(directory, "InteroperabilityIFD") && name == "GPSLatitudeRef":
			return "InteroperabilityIndex"
		case directory == "IFD0" && name == "GPSDOP":
			return "ProcessingSoftware"
		}
		return ""
	}
	name = standardName(name)
	if directory == "IFD1" {
		return "Thumb" + name
	}
	return name
}

// standardName is the EXIF standard's name for one that a reader gives.
func standardName(name string) string {
	other, ok := map[string]string{
		"CreateDate":              "DateTimeDigitized",
		"ExifImageHeight":         "PixelYDimension",
		"ExifImageWidth":          "PixelXDimension",
		"ExposureCompensation":    "ExposureBiasValue",
		"FocalLengthIn35mmFormat": "FocalLengthIn35mmFilm",
		"GPSSatelites":            "GPSSatellites",
		"ImageHeight":             "ImageLength",
		"ISO":                     "ISOSpeedRatings",
		"LensInfo":                "LensSpecification",
		"MakerNoteApple":          "MakerNote", // the first of all makers'
		"ModifyDate":              "DateTime",
		"Opto-ElectricConvFactor": "OECF",
		"OwnerName":               "CameraOwnerName",
		"SerialNumber":            "BodySerialNumber",
		"ThumbnailLength":         "JPEGInterchangeFormatLength",
		"ThumbnailOffset":         "JPEGInterchangeFormat",
	}[name]
	if ok {
		return other
	}
	return name
}
