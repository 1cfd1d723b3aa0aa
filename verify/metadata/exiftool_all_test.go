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
		"bodyserialnumber": "serialnumber", "xmptk": "xmptoolkit", "datetimeoriginal": "datetimeoriginal",
		"gpsimgdirection": "gpsimgdirection", "cameraownername": "ownername",
	}
}

func plainName(s string) string {
	s = strings.ToLower(strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' || r == '/' {
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

// sourceOf is our source for one of ExifTool's groups, "" for others.
func sourceOf(group string) metadata.Source {
	switch {
	case group == "IFD0" || group == "ExifIFD":
		return metadata.EXIF
	case strings.HasPrefix(group, "XMP-"):
		return metadata.XMP
	case group == "IPTC":
		return metadata.IPTC
	case group == "PNG":
		return metadata.Text
	}
	return ""
}

// TestOfAllTagsThatExifToolNamesAtLeast99PercentAgree compares every tag that
// both name, and lists those that differ and those that only ExifTool has.
func TestOfAllTagsThatExifToolNamesAtLeast99PercentAgree(t *testing.T) {
	if os.Getenv("DEFACECHECK_CONFORMANCE") == "" {
		t.Skip("skipped: only in make conformance")
	}
	exiftool, err := exec.LookPath("exiftool")
	if err != nil {
		t.Skip("skipped: exiftool is not installed")
	}
	ours := map[string]map[string]string{}
	for _, file := range realdata.Files(t, "meta") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if facts, err := metadata.Read(t.Context(), data); err == nil {
			ours[file] = ourTags(facts)
		}
	}
	agree, differ, missing := 0, 0, map[string]int{}
	theirs := askExifTool(t, exiftool, slices.Sorted(maps.Keys(ours)))
	for _, file := range slices.Sorted(maps.Keys(ours)) {
		for _, tag := range slices.Sorted(maps.Keys(theirs[file])) {
			group, name, _ := strings.Cut(tag, ":")
			source := sourceOf(group)
			key := string(source)
			if source == metadata.XMP {
				key = "xmp" + strings.Replace(strings.TrimPrefix(group, "XMP"), "-iptc", "-Iptc4xmp", 1)
			}
			got, ok := ours[file][key+":"+plainName(name)]
			switch want := theirs[file][tag]; {
			case source == "" || strings.HasPrefix(want, "(Binary data"):
			case !ok:
				missing[tag]++
			case strings.HasPrefix(got, "(") && strings.Contains(got, "bytes"): // shown by its length on purpose
			case sameValue(name, got, want):
				agree++
			default:
				differ++
				t.Logf("differs: %s: %s is %.60q here and %.60q there", filepath.Base(file), tag, got, want)
			}
		}
	}
	t.Logf("of %d tags that both name %d agree (%.1f %%), in %d files", agree+differ, agree, 100*float64(agree)/float64(agree+differ), len(ours))
	t.Logf("only ExifTool names: %v", missing)
	if agree < 400 || float64(agree) < 0.99*float64(agree+differ) {
		t.Errorf("%d agree and %d differ", agree, differ)
	}
}

// sameValue compares values as texts, as times, and number by number; ExifTool
// shows shutter speed and aperture in seconds and f-numbers.
func sameValue(name, got, want string) bool {
	if plainTimes(got) == plainTimes(want) || strings.EqualFold(got, want) || got == "UTF-8" && want == "\x1b%G" || strings.Trim(got, " \x00") == strings.Trim(want, " \x00") {
		return true
	}
	a, ok1 := numbers(got)
	b, ok2 := numbers(want)
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
		if math.Abs(v-b[i]) > 1e-3*math.Max(math.Abs(b[i]), 1e-3) && math.Abs(a[i]-b[i]) > 1e-3*math.Max(math.Abs(b[i]), 1e-3) {
			return false
		}
	}
	return true
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
