package metadata

import (
	"fmt"
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
	if edited || f.Encoder == nil {
		return nil
	}
	return encoderFinding(f.Encoder)
}

// encoderFinding says what the build points to, where that tells a reader
// something: that a common library wrote a file does not.
func encoderFinding(e *Encoder) []Finding {
	key, sentence := KeyEncoder, "The file is built as %s builds it. Other programs can build files alike."
	switch e.Class {
	case ClassLibrary:
		return nil
	case ClassBrowser:
		key, sentence = KeyBrowserEncoder, "The file is built as by %s, as mirror services and archiving tools use it; a screenshot function of a phone or desktop writes otherwise."
	case ClassWindows:
		key, sentence = KeyWindowsEncoder, "The file is built by %s, which the Snipping Tool, Paint and many other programs use, those of servers too."
	case ClassMessenger:
		key, sentence = KeyReencoded, "The file is built as by %s; if that is so, it explains that the file says nothing of its origin."
	}
	return []Finding{{Key: key, Software: e.Names[0], Sentence: fmt.Sprintf(sentence, e.Writer)}}
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

// markTags are the tags besides programs and times by which a file's writer is
// told.
func markTags() map[Source][]string {
	return map[Source][]string{
		EXIF: {"UserComment", "ImageUniqueID"},
		XMP:  {"exif:UserComment", extendedName},
		Text: {"SnipMetadata"},
		IPTC: {"SpecialInstructions"},
	}
}

func endingsByFormat() map[string][]string {
	out := map[string][]string{"heic": {"heic", "heif"}, "avif": {"avif"}, "tiff": {"tif", "tiff"}}
	for _, f := range []picture.Format{picture.PNG, picture.JPEG, picture.GIF, picture.WebP, picture.BMP} {
		out[string(f)] = f.Extensions()
	}
	return out
}
