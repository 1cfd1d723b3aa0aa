package metadata

import (
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// origin names the kind of writer that the file's build points to. A
// screenshot function's marks count only where no editor's mark and no broken
// table speaks against them.
func origin(f *Facts, programs []program) []Finding {
	edited := len(namesOf(programs, editor))+len(namesOf(programs, generator)) > 0
	if by := captureMark(f, programs); by != "" && !edited && !f.brokenTable() {
		return []Finding{{Key: KeyDirectCapture, Software: by,
			Sentence: "The file carries the marks of a screenshot taken by " + by + ", and none of an editor. Such marks can be written by hand."}}
	}
	switch {
	case edited:
		return nil
	case chromePNG(f):
		return []Finding{{Key: KeyBrowserEncoder,
			Sentence: "The file is built as Chrome's own screenshot command builds it, as mirror services and archiving tools use it; a screenshot function of a phone or desktop writes otherwise."}}
	case windowsPNG(f):
		return []Finding{{Key: KeyWindowsEncoder,
			Sentence: "The file is built by the picture encoder of Windows, which the Snipping Tool, Paint and many other programs use."}}
	case messengerJPEG(f):
		return []Finding{{Key: KeyReencoded,
			Sentence: "The file is built as messengers and social networks build the pictures that pass through them, which explains that it says nothing of its origin."}}
	}
	return nil
}

func (f *Facts) brokenTable() bool {
	return f.PNG != nil && f.PNG.AppleOffsets != "" && f.PNG.AppleOffsets != "fit"
}

// captureMark names the screenshot function whose marks the file has, or "".
// Sources: Apple's UserComment, MichaelLedger/Shell-Collection; Android's,
// ImageExporter of AOSP SystemUI; the Snipping Tool's SnipMetadata, samples of
// Windows 11.
func captureMark(f *Facts, programs []program) string {
	isPNG := f.Format == string(picture.PNG)
	switch {
	case isPNG && (value(f.Tags, EXIF, "UserComment") == "Screenshot" || value(f.Tags, XMP, "exif:UserComment") == "Screenshot"):
		return "iOS or macOS"
	case value(f.Tags, Text, "SnipMetadata") != "":
		return "the Windows Snipping Tool"
	case strings.HasPrefix(value(f.Tags, EXIF, "Software"), "Android ") && value(f.Tags, EXIF, "ImageUniqueID") != "":
		return "Android"
	}
	if names := namesOf(programs, capturer); len(names) > 0 {
		return names[0]
	}
	return ""
}

// chromeIDAT is the length of the IDAT chunks of Chrome's screenshots, measured
// with Chromium 156.
const chromeIDAT = 4096

// chromePNG: IHDR, IDATs of one length, IEND, and nothing else.
func chromePNG(f *Facts) bool {
	return f.PNG != nil && len(f.PNG.Chunks) == 3 && f.PNG.Chunks[1].Name == "IDAT" &&
		f.PNG.Chunks[1].Count > 1 && f.PNG.Chunks[1].First == chromeIDAT && f.PNG.BitDepth == 8
}

// windowsPNG: sRGB, gAMA and pHYs in this order right after IHDR, then IDATs of
// just under 64 KiB.
func windowsPNG(f *Facts) bool {
	if f.PNG == nil || len(f.PNG.Chunks) < 5 {
		return false
	}
	var names []string
	for _, c := range f.PNG.Chunks {
		if c.Name == "IDAT" && c.Count > 1 && (c.First < 65_300 || c.First > 65_524) {
			return false
		}
		names = append(names, c.Name)
	}
	return slices.Equal(names[:4], []string{"IHDR", "sRGB", "gAMA", "pHYs"})
}

// messengerSides are the longest sides that Telegram (1280, 2560), WhatsApp
// (1600) and Facebook (960, 2048) scale larger pictures to; sources in their
// issue trackers and in theses on recompression, as of 2022 to 2025.
func messengerSides() []int { return []int{960, 1280, 1600, 2048, 2560} }

// messengerJPEG: JFIF and nothing more, standard tables, and one of the sides;
// or Facebook's own mark.
func messengerJPEG(f *Facts) bool {
	if f.JPEG == nil {
		return false
	}
	if strings.HasPrefix(value(f.Tags, IPTC, "SpecialInstructions"), "FBMD") {
		return true
	}
	return len(f.Tags) == 0 && f.JPEG.Tables == "standard" && f.JPEG.Density != "" && f.JPEG.Quality <= 95 &&
		slices.Contains(messengerSides(), max(f.Width, f.Height))
}

func endingsByFormat() map[string][]string {
	out := map[string][]string{"heic": {"heic", "heif"}, "avif": {"avif"}, "tiff": {"tif", "tiff"}}
	for _, f := range []picture.Format{picture.PNG, picture.JPEG, picture.GIF, picture.WebP, picture.BMP} {
		out[string(f)] = f.Extensions()
	}
	return out
}
