package metadata_test

import (
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

// exiftoolNames are ExifTool's names where they differ from the standards'.
func exiftoolNames() map[string]string {
	return map[string]string{
		"isospeedratings": "iso", "photographicsensitivity": "iso", "pixelxdimension": "exifimagewidth", "pixelydimension": "exifimageheight",
		"datetime": "modifydate", "datetimedigitized": "createdate", "exposurebiasvalue": "exposurecompensation",
		"focallengthin35mmfilm": "focallengthin35mmformat", "lensspecification": "lensinfo", "imagelength": "imageheight",
		"bodyserialnumber": "serialnumber", "xmptk": "xmptoolkit", "cameraownername": "ownername",
		"interoperabilityindex": "interopindex", "interoperabilityversion": "interopversion",
		"thumbjpeginterchangeformatlength": "thumbthumbnaillength",
		"ciemailwork":                      "creatorworkemail", "ciurlwork": "creatorworkurl", "temperature": "colortemperature",
		"iccprofile": "iccprofilename", "layername": "textlayername", "layertext": "textlayertext",
	}
}

func plainName(s string) string {
	s = strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ /:", r) {
			return -1
		}
		return r
	}, s))
	if other, ok := exiftoolNames()[s]; ok {
		return other
	}
	return s
}

// ourTags are a file's tags by source and plain name, a repeated one as a list.
func ourTags(f *metadata.Facts) map[string]string {
	out := map[string]string{}
	for _, t := range f.Tags {
		name := t.Name
		switch {
		case strings.HasPrefix(name, "stEvt:"):
			name = "History" + strings.TrimPrefix(name, "stEvt:")
		case strings.Contains(name, "/stRef:"):
			parent, field, _ := strings.Cut(name, "/stRef:")
			name = strings.TrimPrefix(parent, "xmpMM:") + field
		}
		group := string(t.Source)
		if i := strings.LastIndexByte(name, ':'); i >= 0 && t.Source == metadata.XMP {
			group, name = group+"-"+name[:i], name[i+1:]
		} else if t.Source == metadata.XMP { // history and references
			group += "-xmpMM"
		}
		key := group + ":" + plainName(name)
		had, ok := out[key]
		switch {
		case !ok:
			out[key] = t.Value
		case had != t.Value || strings.HasPrefix(t.Name, "stEvt:"):
			out[key] = had + ", " + t.Value
		}
	}
	return out
}

// ourKeys are the keys of ourTags under which one of ExifTool's tags can stand;
// none for a group that this package does not read.
func ourKeys(group, name string) []string {
	switch {
	case slices.Contains([]string{"IFD0", "ExifIFD", "GPS", "InteropIFD"}, group):
		return []string{"exif:" + plainName(name)}
	case group == "IFD1":
		return []string{"exif:" + plainName("Thumb"+name)}
	case group == "IPTC":
		return []string{"iptc:" + plainName(name)}
	case group == "PNG":
		return []string{"text:" + plainName(name)}
	case strings.HasPrefix(group, "XMP-"):
		return xmpKeys(strings.TrimPrefix(group, "XMP-"), name)
	case slices.Contains([]string{"File", "JFIF", "Adobe", "RIFF", "PNG-pHYs"}, group):
		return []string{""} // read as facts of the container, which compared lists
	case group == "ICC_Profile" && name == "ProfileDescription":
		return []string{""} // all that is read of a profile
	}
	return nil
}

// xmpKeys puts ExifTool's names for namespaces back. It sets the names of the
// structures around a field before the field's own, which stands alone here.
func xmpKeys(space, name string) []string {
	if other, ok := map[string]string{"iptcCore": "Iptc4xmpCore", "iptcExt": "Iptc4xmpExt", "getty": "GettyImagesGIFT"}[space]; ok {
		space = other
	}
	keys := []string{"xmp-" + space + ":" + plainName(name)}
	for _, around := range []string{"RetouchAreaMask", "RetouchArea", "Flash", "History"} {
		if field, ok := strings.CutPrefix(name, around); ok && field != "" {
			keys = append(keys, "xmp-"+space+":"+plainName(field))
		}
	}
	return keys
}

// leftOutOfComparison says why a tag of a group that is read is not compared, ""
// when it is.
func leftOutOfComparison(tag, want string) string {
	switch {
	case slices.Contains([]string{"File:FileTypeExtension", "File:MIMEType", "File:ExifByteOrder", "File:CurrentIPTCDigest"}, tag):
		return "ExifTool works it out"
	case tag == "IFD1:ThumbnailOffset":
		return "an offset, counted from another place"
	case tag == "PNG:Compression" || tag == "PNG:Filter":
		return "the standard has one value for it"
	case strings.HasPrefix(want, "(Binary data"):
		return "bytes that ExifTool does not show"
	case strings.Trim(want, " \t\r\n\x00") == "":
		return "empty, which is not told here"
	}
	return ""
}

// ours is what this package says of one of ExifTool's tags, and whether that
// is of all the structures in which ExifTool has it.
func ours(f *metadata.Facts, tags map[string]string, group, name string) (got string, several, ok bool) {
	keys := ourKeys(group, name)
	for _, c := range compared {
		if c.exiftool == group+":"+name {
			if got := c.ours(f); got != "" {
				return got, false, true
			}
		}
	}
	for i, key := range keys {
		if got, ok := tags[key]; ok {
			return got, i > 0, true
		}
	}
	return "", false, false
}

// sameField compares values; of the fields of several structures ExifTool shows
// one structure's.
func sameField(name, got, want string, several bool) bool {
	if sameValue(name, got, want) {
		return true
	}
	return several && slices.ContainsFunc(strings.Split(got, ", "), func(one string) bool { return sameValue(name, one, want) })
}

// TestOfAllTagsThatExifToolNamesAtLeast99PercentAgree compares every tag of the
// groups that this package reads, counts one that it does not name as one that
// differs, and lists what was left out of the comparison.
func TestOfAllTagsThatExifToolNamesAtLeast99PercentAgree(t *testing.T) {
	if os.Getenv("DEFACECHECK_CONFORMANCE") == "" {
		t.Skip("skipped: only in make conformance")
	}
	exiftool, err := exec.LookPath("exiftool")
	if err != nil {
		t.Skip("skipped: exiftool is not installed")
	}
	facts := map[string]*metadata.Facts{}
	for _, file := range realdata.Files(t, "meta") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if f, err := metadata.Read(t.Context(), data); err == nil {
			facts[file] = f
		}
	}
	agree, differ, missing, left, unread := 0, 0, 0, map[string]int{}, map[string]int{}
	theirs := askExifTool(t, exiftool, slices.Sorted(maps.Keys(facts)))
	for _, file := range slices.Sorted(maps.Keys(facts)) {
		tags := ourTags(facts[file])
		for _, tag := range slices.Sorted(maps.Keys(theirs[file])) {
			group, name, _ := strings.Cut(tag, ":")
			want := theirs[file][tag]
			if len(ourKeys(group, name)) == 0 {
				unread[group]++
				continue
			}
			if why := leftOutOfComparison(tag, want); why != "" {
				left[why]++
				continue
			}
			switch got, several, ok := ours(facts[file], tags, group, name); {
			case !ok:
				missing++
				t.Logf("only ExifTool names: %s: %s, %.60q", filepath.Base(file), tag, want)
			case strings.HasPrefix(got, "(") && strings.HasSuffix(got, "bytes)"):
				left["bytes that are told here by their length"]++
			case sameField(name, got, want, several):
				agree++
			default:
				differ++
				t.Logf("differs: %s: %s is %.60q here and %.60q there", filepath.Base(file), tag, got, want)
			}
		}
	}
	all := agree + differ + missing
	t.Logf("of %d tags of the groups that are read %d agree (%.1f %%), %d differ and %d only ExifTool names, in %d files",
		all, agree, 100*float64(agree)/float64(all), differ, missing, len(facts))
	t.Logf("left out: %v", left)
	t.Logf("groups that are not read: %v", unread)
	if agree < 400 || float64(agree) < 0.99*float64(all) {
		t.Errorf("of %d %d agree", all, agree)
	}
}

// sameValue compares values as texts, as times, and number by number; ExifTool
// shows shutter speed and aperture in seconds and f-numbers, and degrees, minutes
// and seconds as one number of degrees.
func sameValue(name, got, want string) bool {
	if plainTimes(got) == plainTimes(want) || strings.EqualFold(got, want) || got == "UTF-8" && want == "\x1b%G" || strings.Trim(got, " \x00") == strings.Trim(want, " \x00") {
		return true
	}
	a, ok1 := numbers(got)
	if name == "GPSTimeStamp" {
		want = strings.ReplaceAll(want, ":", " ")
	}
	b, ok2 := numbers(want)
	if (name == "GPSLatitude" || name == "GPSLongitude") && strings.HasPrefix(got, "[") && len(a) == 3 && len(b) == 1 {
		return math.Abs(a[0]+a[1]/60+a[2]/3600-b[0]) < 1e-6
	}
	if !ok1 || !ok2 || len(a) != len(b) {
		return false
	}
	for i := range a {
		v := a[i]
		switch name {
		case "ShutterSpeedValue":
			v = math.Pow(2, -v)
		case "ApertureValue", "MaxApertureValue":
			v = math.Pow(2, v/2)
		}
		if !near(v, b[i]) && !near(a[i], b[i]) {
			return false
		}
	}
	return true
}

// near says that two numbers are one, written with other digits; no number is
// near any, but two that are none are the same.
func near(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-3*math.Max(math.Abs(b), 1e-3)
}

// plainTimes is plainTime for each element of a list.
func plainTimes(s string) string {
	all := strings.Split(s, ", ")
	for i := range all {
		all[i] = plainTime(all[i])
	}
	return strings.Join(all, ", ")
}

// numbers reads a list of integers, decimals and fractions.
func numbers(s string) (out []float64, ok bool) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(` ,[]"`, r) }) {
		if word == "undef" || word == "0/0" {
			out = append(out, math.NaN())
			continue
		}
		top, bottom, fraction := strings.Cut(word, "/")
		v, err := strconv.ParseFloat(top, 64)
		if err != nil {
			return nil, false
		}
		if fraction {
			d, err := strconv.ParseFloat(bottom, 64)
			if err != nil || d == 0 {
				return nil, false
			}
			v /= d
		}
		out = append(out, v)
	}
	return out, len(out) > 0
}
