package picture

import (
	"bytes"
	"fmt"
	"slices"
)

// Format is a picture format as told by the content of the file.
type Format string

// The formats that are read.
const (
	PNG  Format = "png"
	JPEG Format = "jpeg"
	GIF  Format = "gif"
	WebP Format = "webp"
	BMP  Format = "bmp"
)

// Extensions are the usual file name endings of the format, lower case and
// without the dot.
func (f Format) Extensions() []string {
	switch f {
	case PNG:
		return []string{"png", "apng"}
	case JPEG:
		return []string{"jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp"}
	case GIF:
		return []string{"gif"}
	case WebP:
		return []string{"webp"}
	case BMP:
		return []string{"bmp", "dib"}
	}
	return nil
}

// Sniff tells the format of data by its first bytes. Errors wrap ErrNotPicture,
// or ErrUnsupported with the name of a format that is known and not read.
func Sniff(data []byte) (Format, error) {
	switch {
	case len(data) == 0:
		return "", fmt.Errorf("recognise picture: the file is empty: %w", ErrNotPicture)
	case bytes.HasPrefix(data, []byte(pngSignature)):
		return PNG, nil
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG, nil
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return GIF, nil
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return WebP, nil
	case len(data) >= 18 && string(data[:2]) == "BM" && data[15] == 0 && data[16] == 0 && data[17] == 0:
		return BMP, nil
	}
	if name := known(data); name != "" {
		return "", fmt.Errorf("recognise picture: %s: %w", name, ErrUnsupported)
	}
	return "", fmt.Errorf("recognise picture: %w", ErrNotPicture)
}

// known names a format that is recognised and not read, or "".
func known(data []byte) string {
	for _, f := range []struct{ magic, name string }{
		{"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"},
		{"\xff\x0a", "JPEG XL"}, {"\x00\x00\x00\x0cJXL ", "JPEG XL"},
		{"8BPS", "Photoshop document"}, {"%PDF-", "PDF"}, {"<svg", "SVG"},
	} {
		if bytes.HasPrefix(data, []byte(f.magic)) {
			return f.name
		}
	}
	if len(data) < 12 || string(data[4:8]) != "ftyp" {
		return ""
	}
	brand := string(data[8:12])
	switch {
	case slices.Contains([]string{"avif", "avis"}, brand):
		return "AVIF"
	case slices.Contains([]string{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}, brand):
		return "HEIC"
	}
	return "video"
}
