package metadata

import (
	"encoding/binary"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// FlattenXMP reads one packet.
func FlattenXMP(packet []byte) *Facts {
	f := &Facts{}
	readXMP(f, packet)
	return f
}

// Structure walks a container without a child.
func Structure(data []byte) *Facts {
	f := &Facts{}
	if format, err := picture.Sniff(data); err == nil {
		structure(f, format, data)
	}
	return f
}

// Conclude draws from the facts of a child what the parent draws, for a file of
// a format.
func (f *Facts) Conclude(format string) error {
	f.Format = format
	return f.conclude()
}

// TimeOf reads one time.
func TimeOf(text, zone string) (Time, bool) { return parseTime(text, zone) }

// SatelliteTimes reads the satellites' day and time of day of EXIF.
func SatelliteTimes(day, clock string) []Time {
	return satelliteTimes([]Tag{{EXIF, gpsDay, day}, {EXIF, gpsClock, clock}})
}

// ReadStore reads a C2PA store as if it lay in the whole of a file.
func ReadStore(store, file []byte) *Facts {
	f := &Facts{}
	readC2PA(f, store, []span{{0, int64(len(file))}}, file)
	return f
}

// CheckCBOR says whether data begins with well-formed CBOR.
func CheckCBOR(data []byte) error {
	_, err := readCBOR(data)
	return err
}

// WithPreview are the facts of a file that says nothing but a preview.
func WithPreview(small []byte) *Facts {
	return &Facts{Thumbnails: []Thumbnail{{small: small}}}
}

// ProfileName reads an ICC profile.
func ProfileName(profile []byte) string { return iccDescription(profile) }

// EXIFBlocks finds the TIFF blocks of a file of a format.
func EXIFBlocks(f picture.Format, data []byte) [][]byte { return exifBlocks(f, data) }

// UndefinedText shows bytes without a type.
func UndefinedText(b []byte) string { return undefinedText(b) }

// RawProfile decodes a text of ImageMagick's.
func RawProfile(text []byte) (data []byte, whole, ok bool) { return rawProfile(text) }

// ProfileParts are what the readers of EXIF, XMP and IPTC are given of a profile.
func ProfileParts(data []byte) [][]byte {
	return [][]byte{profileEXIF(data), profileXMP(data), profileIPTC(data)}
}

// UserComment reads a text that begins with the name of its code.
func UserComment(b []byte) string { return userComment(b, binary.BigEndian) }

// WideText reads text of two bytes a letter.
func WideText(b []byte) string { return wideText(b, binary.LittleEndian) }
