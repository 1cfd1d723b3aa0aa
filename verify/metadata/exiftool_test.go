package metadata_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

// compared lists what ExifTool and this package both name, by ExifTool's group
// and tag.
var compared = []struct {
	exiftool string
	ours     func(*metadata.Facts) string
}{
	{"PNG:Software", tag(metadata.Text, "Software")},
	{"PNG:SnipMetadata", tag(metadata.Text, "SnipMetadata")},
	{"PNG:CreationTime", tag(metadata.Text, "Creation Time")},
	{"PNG:ImageWidth", func(f *metadata.Facts) string { return fmt.Sprint(f.Width) }},
	{"PNG:ImageHeight", func(f *metadata.Facts) string { return fmt.Sprint(f.Height) }},
	{"PNG:BitDepth", func(f *metadata.Facts) string { return fmt.Sprint(f.PNG.BitDepth) }},
	{"PNG:ColorType", func(f *metadata.Facts) string { return fmt.Sprint(f.PNG.ColourType) }},
	{"PNG:Interlace", func(f *metadata.Facts) string { return map[bool]string{true: "1", false: "0"}[f.PNG.Interlaced] }},
	{"PNG:Gamma", func(f *metadata.Facts) string { return fmt.Sprintf("%.4g", 1e5/float64(f.PNG.Gamma)) }},
	{"PNG:SRGBRendering", func(f *metadata.Facts) string { return fmt.Sprint(f.PNG.Intent) }},
	{"PNG:SignificantBits", func(f *metadata.Facts) string { return strings.Trim(fmt.Sprint(f.PNG.Significant), "[]") }},
	{"ICC_Profile:ProfileDescription", func(f *metadata.Facts) string {
		if f.PNG != nil {
			return f.PNG.ICCDescribed
		} else if f.JPEG != nil {
			return f.JPEG.ICC
		}
		return f.WebP.ICC
	}},
	{"PNG:ProfileName", func(f *metadata.Facts) string { return f.PNG.ICCName }},
	{"PNG-pHYs:PixelsPerUnitX", func(f *metadata.Facts) string { return fmt.Sprint(f.PNG.PixelsPerUnit[0]) }},
	{"PNG-pHYs:PixelsPerUnitY", func(f *metadata.Facts) string { return fmt.Sprint(f.PNG.PixelsPerUnit[1]) }},
	{"PNG-pHYs:PixelUnits", func(f *metadata.Facts) string { return map[bool]string{true: "1", false: "0"}[f.PNG.PerMetre] }},
	{"File:ImageWidth", func(f *metadata.Facts) string { return fmt.Sprint(f.Width) }},
	{"File:ImageHeight", func(f *metadata.Facts) string { return fmt.Sprint(f.Height) }},
	{"File:FileType", fileType},
	{"File:BitsPerSample", func(f *metadata.Facts) string { return fmt.Sprint(f.JPEG.Bits) }},
	{"JFIF:JFIFVersion", func(f *metadata.Facts) string { return strings.Replace(f.JPEG.JFIF, ".", " ", 1) }},
	{"Adobe:DCTEncodeVersion", func(f *metadata.Facts) string { return fmt.Sprint(f.JPEG.Adobe[0]) }},
	{"Adobe:APP14Flags0", func(f *metadata.Facts) string { return fmt.Sprint(f.JPEG.Adobe[1]) }},
	{"Adobe:APP14Flags1", func(f *metadata.Facts) string { return fmt.Sprint(f.JPEG.Adobe[2]) }},
	{"PNG:BackgroundColor", func(f *metadata.Facts) string { return strings.Trim(fmt.Sprint(f.PNG.Background), "[]") }},
	{"File:EncodingProcess", func(f *metadata.Facts) string { return map[bool]string{true: "2", false: "0"}[f.JPEG.Progressive] }},
	{"JFIF:XResolution", density(0)},
	{"JFIF:YResolution", density(1)},
	{"JFIF:ResolutionUnit", density(2)},
	{"Adobe:ColorTransform", func(f *metadata.Facts) string { return fmt.Sprint(f.JPEG.AdobeColour) }},
	{"RIFF:ImageWidth", func(f *metadata.Facts) string { return fmt.Sprint(f.Width) }},
	{"RIFF:ImageHeight", func(f *metadata.Facts) string { return fmt.Sprint(f.Height) }},
	{"File:ColorComponents", func(f *metadata.Facts) string { return fmt.Sprint(f.JPEG.Components) }},
	{"File:Comment", tag(metadata.Comment, "COM")},
	{"File:YCbCrSubSampling", func(f *metadata.Facts) string {
		return map[string]string{"4:4:4": "1 1", "4:2:2": "2 1", "4:2:0": "2 2", "4:4:0": "1 2", "4:1:1": "4 1"}[f.JPEG.Subsampling]
	}},
	{"IFD0:Make", tag(metadata.EXIF, "Make")},
	{"IFD0:Model", tag(metadata.EXIF, "Model")},
	{"IFD0:Software", tag(metadata.EXIF, "Software")},
	{"IFD0:ModifyDate", tag(metadata.EXIF, "DateTime", "ModifyDate")},
	{"IFD0:Artist", tag(metadata.EXIF, "Artist")},
	{"IFD0:Orientation", tag(metadata.EXIF, "Orientation")},
	{"ExifIFD:DateTimeOriginal", tag(metadata.EXIF, "DateTimeOriginal")},
	{"ExifIFD:CreateDate", tag(metadata.EXIF, "DateTimeDigitized")},
	{"ExifIFD:OffsetTime", tag(metadata.EXIF, "OffsetTime")},
	{"ExifIFD:UserComment", tag(metadata.EXIF, "UserComment")},
	{"ExifIFD:ExifImageWidth", tag(metadata.EXIF, "PixelXDimension", "ExifImageWidth")},
	{"IFD1:ThumbnailLength", func(f *metadata.Facts) string { return fmt.Sprint(previewIn(f, "exif").Bytes) }},
	{"ICC_Profile:ProfileDescription", func(f *metadata.Facts) string {
		switch {
		case f.PNG != nil:
			return f.PNG.ICCDescribed
		case f.JPEG != nil:
			return f.JPEG.ICC
		}
		return f.WebP.ICC
	}},
	{"IPTC:OriginatingProgram", tag(metadata.IPTC, "OriginatingProgram")},
	{"XMP-x:XMPToolkit", tag(metadata.XMP, "x:xmptk")},
	{"XMP-xmp:CreatorTool", tag(metadata.XMP, "xmp:CreatorTool")},
	{"XMP-xmp:CreateDate", tag(metadata.XMP, "xmp:CreateDate")},
	{"XMP-xmp:ModifyDate", tag(metadata.XMP, "xmp:ModifyDate")},
	{"XMP-photoshop:DateCreated", tag(metadata.XMP, "photoshop:DateCreated")},
	{"XMP-exif:UserComment", tag(metadata.XMP, "exif:UserComment")},
	{"XMP-xmpMM:HistoryAction", all(metadata.XMP, "stEvt:action")},
	{"XMP-xmpMM:HistorySoftwareAgent", all(metadata.XMP, "stEvt:softwareAgent")},
	{"IPTC:By-line", tag(metadata.IPTC, "Byline", "By-line")},
	{"IPTC:Headline", tag(metadata.IPTC, "Headline")},
	{"IPTC:City", tag(metadata.IPTC, "City")},
	{"IPTC:CopyrightNotice", tag(metadata.IPTC, "CopyrightNotice")},
}

// fileType is ExifTool's word for a format.
func fileType(f *metadata.Facts) string {
	if f.WebP != nil && slices.Contains(f.WebP.Chunks, "VP8X") {
		return "Extended WEBP"
	}
	return strings.ToUpper(f.Format)
}

// density is one of across, down and unit of a JFIF header.
func density(which int) func(*metadata.Facts) string {
	return func(f *metadata.Facts) string {
		figures, unit, _ := strings.Cut(f.JPEG.Density, " ")
		across, down, _ := strings.Cut(figures, "x")
		return [3]string{across, down, map[string]string{"": "0", "dpi": "1", "per cm": "2"}[unit]}[which]
	}
}

// tag returns the first value of the first name that there is.
func tag(s metadata.Source, names ...string) func(*metadata.Facts) string {
	return func(f *metadata.Facts) string {
		for _, n := range names {
			for _, t := range f.Tags {
				if t.Source == s && t.Name == n {
					return t.Value
				}
			}
		}
		return ""
	}
}

// all joins the values of a tag as ExifTool prints lists.
func all(s metadata.Source, name string) func(*metadata.Facts) string {
	return func(f *metadata.Facts) string {
		var v []string
		for _, t := range f.Tags {
			if t.Source == s && t.Name == name {
				v = append(v, t.Value)
			}
		}
		return strings.Join(v, ", ")
	}
}

// plainTime removes what ExifTool changes in times of XMP.
func plainTime(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 10 && s[4] == '-' && s[7] == '-' {
		s = s[:4] + ":" + s[5:7] + ":" + s[8:]
		s = strings.Replace(strings.Replace(s, "T", " ", 1), " +", "+", 1)
	}
	return s
}

func TestTheFactsAgreeWithExifTool(t *testing.T) {
	t.Parallel()
	exiftool, err := exec.LookPath("exiftool")
	if err != nil {
		t.Skip("skipped: exiftool is not installed")
	}
	agree, differ := 0, 0
	ours := map[string]*metadata.Facts{}
	for _, file := range append(realdata.Files(t, "meta"), realdata.Files(t, "tamper")...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if facts, err := metadata.Read(t.Context(), data); err == nil {
			ours[file] = facts // what is not read is another test's matter
		}
	}
	theirs := askExifTool(t, exiftool, slices.Sorted(maps.Keys(ours)))
	for file, facts := range ours {
		for _, c := range compared {
			want, ok := theirs[file][c.exiftool]
			if !ok {
				continue
			}
			if got := c.ours(facts); plainTime(got) == plainTime(want) {
				agree++
			} else {
				differ++
				t.Errorf("%s: %s is %q here and %q there", filepath.Base(file), c.exiftool, got, want)
			}
		}
	}
	t.Logf("%d values of %d files agree with ExifTool, %d differ", agree, len(ours), differ)
	if agree < 200 {
		t.Errorf("only %d values were compared", agree)
	}
}

// askExifTool returns ExifTool's values by file, and by group and tag, as
// numbers where it would use words.
func askExifTool(t *testing.T, exiftool string, files []string) map[string]map[string]string {
	t.Helper()
	out, err := exec.Command(exiftool, append([]string{"-j", "-G1", "-n", "-s", "-fast0"}, files...)...).Output()
	if err != nil && len(out) == 0 {
		t.Fatalf("exiftool: %v", err)
	}
	var docs []map[string]any
	dec := json.NewDecoder(strings.NewReader(string(out)))
	dec.UseNumber()
	if err := dec.Decode(&docs); err != nil || len(docs) != len(files) {
		t.Fatalf("exiftool: %v", err)
	}
	all := map[string]map[string]string{}
	for _, doc := range docs {
		values := map[string]string{}
		for k, v := range doc {
			values[k] = flat(v)
		}
		all[values["SourceFile"]] = values
	}
	return all
}

// flat is a value as text, a list joined with commas.
func flat(v any) string {
	list, ok := v.([]any)
	if !ok {
		return fmt.Sprint(v)
	}
	var s []string
	for _, e := range list {
		s = append(s, fmt.Sprint(e))
	}
	return strings.Join(s, ", ")
}
