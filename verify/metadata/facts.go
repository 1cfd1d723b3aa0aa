package metadata

import (
	"image"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Facts are what a file says of itself. Strings are as in the file, cut to
// maxValue bytes; they are a stranger's words.
type Facts struct {
	Format      string      `json:"format"`
	Width       int         `json:"width"`  // as stored
	Height      int         `json:"height"` // as stored
	Frames      int         `json:"frames"`
	Bytes       int64       `json:"bytes"`
	Tags        []Tag       `json:"tags"`
	LeftOut     []LeftOut   `json:"left_out"` // statements beyond the bounds on tags
	Times       []Time      `json:"times"`
	PNG         *PNG        `json:"png,omitempty"`
	JPEG        *JPEG       `json:"jpeg,omitempty"`
	WebP        *WebP       `json:"webp,omitempty"`
	GIF         *GIF        `json:"gif,omitempty"`
	Encoder     *Encoder    `json:"encoder,omitempty"`    // what the build points to; absent when nothing known fits
	Lineage     *Lineage    `json:"lineage,omitempty"`    // what XMP says of how the file came to be
	Thumbnails  []Thumbnail `json:"thumbnails,omitempty"` // every preview that was read
	C2PA        *Provenance `json:"c2pa,omitempty"`       // a C2PA manifest is there
	Trailing    int64       `json:"trailing_bytes"`       // after the end of the picture
	TrailingEnd bool        `json:"trailing_end"`         // those bytes end like another picture
	// TrailingLike is the kind of file that those bytes begin like, a picture's
	// format, "zip", "mp4", "pdf", "rar", "7z", "gzip", "html" or "php"; "" when
	// they are like none of these.
	TrailingLike string   `json:"trailing_like"`
	Notes        []string `json:"notes"` // what could not be read, and why

	keeper *keeper // counts the tags that were kept
}

// Source says which part of the file a tag comes from.
type Source string

// The sources of tags.
const (
	EXIF    Source = "exif"
	XMP     Source = "xmp"
	IPTC    Source = "iptc"
	Text    Source = "text"    // PNG tEXt, zTXt, iTXt
	Comment Source = "comment" // JPEG COM, GIF comment
	C2PA    Source = "c2pa"    // the active manifest
)

// Tag is one statement of a file: a name as its standard has it (XMP names with
// their usual prefix) and the value as text.
type Tag struct {
	Source Source `json:"source"`
	Name   string `json:"name"`
	Value  string `json:"value"`
}

// PNG is how a PNG file is built.
type PNG struct {
	Chunks        []Chunk  `json:"chunks"` // runs of equal names are one entry
	BitDepth      int      `json:"bit_depth"`
	ColourType    int      `json:"colour_type"` // as in IHDR: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA
	Interlaced    bool     `json:"interlaced"`
	PixelsPerUnit [2]int   `json:"pixels_per_unit"`           // pHYs, 0 when absent
	PerMetre      bool     `json:"per_metre"`                 // the unit of PixelsPerUnit
	SRGB          bool     `json:"srgb"`                      // an sRGB chunk is there
	Intent        int      `json:"srgb_intent"`               // as that chunk has it, 0 without one
	Significant   []int    `json:"significant_bits"`          // sBIT, of each channel
	Background    []int    `json:"background"`                // bKGD, a palette's entry or a colour
	Gamma         int      `json:"gamma"`                     // gAMA, a hundred thousand times; 0 when absent
	ICCName       string   `json:"icc_name,omitempty"`        // as the chunk names the profile
	ICCDescribed  string   `json:"icc_description,omitempty"` // as the profile names itself
	Profiles      []string `json:"raw_profiles,omitempty"`    // kinds of those that texts hold, ImageMagick's way
	Stream        *Stream  `json:"stream,omitempty"`
	AppleOffsets  string   `json:"apple_offsets,omitempty"` // iDOT against the file: "fit", or what does not
	BadChecksums  int      `json:"bad_checksums"`
}

// Chunk is a run of PNG chunks of one name.
type Chunk struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
	First int64  `json:"first_bytes"` // length of the first
	Last  int64  `json:"last_bytes"`  // and of the last
	Bytes int64  `json:"bytes"`       // of all
}

// JPEG is how a JPEG file is built.
type JPEG struct {
	Segments    []string `json:"segments"` // marker names in order, APPn with their identifier
	Progressive bool     `json:"progressive"`
	Components  int      `json:"components"`
	Bits        int      `json:"bits_per_sample"`
	Subsampling string   `json:"subsampling"`      // "4:4:4", "4:2:0", ...; "" for one component
	ComponentID string   `json:"component_ids"`    // of the frame header, "1 2 3"
	Quality     int      `json:"quality"`          // 1 to 100 when the tables are those of the standard, scaled; else 0
	NearQuality int      `json:"near_quality"`     // the quality whose tables differ least, 0 without tables
	Tables      string   `json:"tables"`           // "standard", "not standard", "mixed", "none"
	Quant       []string `json:"quantisation"`     // the tables' 64 values as stored, in zigzag order
	Huffman     string   `json:"huffman"`          // "standard", "own" or "none"
	Restart     int      `json:"restart_interval"` // 0 without one
	ICC         string   `json:"icc_description,omitempty"`
	Density     string   `json:"jfif_density"`           // "72x72 dpi", "" without JFIF
	JFIF        string   `json:"jfif_version"`           // "1.1", "" without JFIF
	Photoshop   []int    `json:"photoshop_resources"`    // ids of 8BIM resources
	Adobe       []int    `json:"adobe_version_flags"`    // of APP14: the version and two words of flags
	AdobeColour int      `json:"adobe_colour_transform"` // of APP14, -1 without it
}

// WebP is how a WebP file is built.
type WebP struct {
	Chunks []string `json:"chunks"`
	ICC    string   `json:"icc_description,omitempty"` // as the profile names itself
}

// GIF is how a GIF file is built.
type GIF struct {
	Version      string   `json:"version"`
	Applications []string `json:"applications"` // identifiers of application extensions
}

// Thumbnail is a small picture within the metadata, a preview of the whole.
type Thumbnail struct {
	Source    string  `json:"source"` // "exif", "photoshop", "jfxx" or "xmp"
	Bytes     int     `json:"bytes"`
	Width     int     `json:"width"`     // 0 when its header cannot be read
	Height    int     `json:"height"`    // 0 when its header cannot be read
	Compared  bool    `json:"compared"`  // with the picture, which must show enough for it
	Agreement float64 `json:"agreement"` // -1 to 1, when compared

	Data  []byte `json:"data,omitempty"` // only on the way from the child
	small []byte
	shown *image.NRGBA // as decoded, reduced to what is shown
}

// Time is a moment that the file names. From and To hold every moment in UTC
// that the text can mean: without a time zone that is 26 hours, for a date
// alone a day more.
type Time struct {
	Source Source    `json:"source"`
	Name   string    `json:"name"`
	Text   string    `json:"text"`
	Kind   TimeKind  `json:"kind"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Zoned  bool      `json:"zoned"` // the text says its time zone
}

// TimeKind is what a time says about the picture.
type TimeKind string

// The kinds of time.
const (
	Created  TimeKind = "created"  // when the picture was taken or drawn
	Modified TimeKind = "modified" // when the file was last saved by a program
	FileTime TimeKind = "file"     // the file system's time that a converter copied in; says little
	Located  TimeKind = "located"  // when satellites last told the device where it was; a device keeps that for long
)

const (
	// maxValue keeps whole any field that names a program or a time.
	maxValue = 1000
	// maxName is longer than any name in the standards.
	maxName = 100
	// maxEntries bounds lists of chunks, segments and resources.
	maxEntries = 200
)

// note adds a sentence about something that could not be read, once.
func (f *Facts) note(s string) {
	if s = cut(s, maxValue); len(f.Notes) < maxEntries && !slices.Contains(f.Notes, s) {
		f.Notes = append(f.Notes, s)
	}
}

// cut shortens s to at most n bytes of valid UTF-8.
func cut(s string, n int) string {
	if len(s) > n {
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// latin1 reads bytes that should be ISO 8859-1 and often are UTF-8.
func latin1(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return string(r)
}
