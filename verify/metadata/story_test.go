package metadata_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

func TestAPhonesScreenInAFileThatNoPhoneWroteIsTold(t *testing.T) {
	t.Parallel()
	for class, want := range map[metadata.Class]bool{
		metadata.ClassEditor: true, metadata.ClassDesktop: true, metadata.ClassWindows: false, metadata.ClassBrowser: false,
		metadata.ClassPhone: false, metadata.ClassApple: false, metadata.ClassLibrary: false, metadata.ClassMessenger: false, metadata.ClassTool: false,
	} {
		f := &metadata.Facts{Encoder: &metadata.Encoder{Writer: "a program", Names: []string{"P"}, Class: class}}
		for _, phone := range []bool{true, false} {
			_, got := find(metadata.Findings(f, metadata.About{Phone: phone}), metadata.KeyMisfit)
			if got != (want && phone) {
				t.Errorf("%s, phone %t: %t", class, phone, got)
			}
		}
	}
	if _, ok := find(metadata.Findings(&metadata.Facts{}, metadata.About{Phone: true}), metadata.KeyMisfit); ok {
		t.Error("an unknown writer counts against a phone")
	}
}

func TestAFileSavedBeforeItWasMadeIsTold(t *testing.T) {
	t.Parallel()
	for saved, want := range map[string]bool{
		"\x07\xe9\x03\x02\x0a\x0b\x0c": true,  // 2 March 2025
		"\x07\xe9\x03\x09\x0a\x0b\x0c": false, // 9 March: within what zones and clocks explain
		"\x07\xe9\x03\x0b\x0a\x0b\x0c": false, // 11 March
		"\x00\x01\x01\x01\x00\x00\x00": false, // a clock that was never set
	} {
		f := read(t, pngWith(t, chunk("tEXt", "Creation Time\x002025-03-10T12:00:00Z"), chunk("tIME", saved)))
		if _, got := find(metadata.Findings(f, metadata.About{}), metadata.KeyTimeOrder); got != want {
			t.Errorf("%x: %t", saved, got)
		}
	}
}

// TestTimesOfMakingThatLieApartAreTold: three days are more than zones and wrong
// clocks explain, a day is not.
func TestTimesOfMakingThatLieApartAreTold(t *testing.T) {
	t.Parallel()
	located := func(day string, clock ...uint32) exifDirs {
		d := exifDirs{exif: []entry{ascii(0x9003, "2025:03:10 12:00:00")}, gps: []entry{ascii(0x1d, day)}}
		if clock != nil {
			d.gps = append([]entry{fractions(0x07, clock...)}, d.gps...)
		}
		return d
	}
	described := func(attrs string) []byte {
		return withSegment(withEXIF(t, exifOf(exifDirs{exif: []entry{ascii(0x9003, "2025:03:10 12:00:00")}})), 0xe1,
			[]byte("http://ns.adobe.com/xap/1.0/\x00"+packet(attrs)))
	}
	for name, c := range map[string]struct {
		data []byte
		want bool
	}{
		"EXIF and XMP":                   {described("<xmp:CreateDate>2016-01-01</xmp:CreateDate>"), true},
		"EXIF and XMP, the same":         {described("<xmp:CreateDate>2025-03-10T11:00:00Z</xmp:CreateDate>"), false},
		"EXIF and XMP, a day apart":      {described("<xmp:CreateDate>2025-03-11T15:00:00Z</xmp:CreateDate>"), false},
		"EXIF and Photoshop's date":      {described(`<p:DateCreated xmlns:p="http://ns.adobe.com/photoshop/1.0/">2024-03-10</p:DateCreated>`), true},
		"a clock that was never set":     {described("<xmp:CreateDate>1970-01-01</xmp:CreateDate>"), false},
		"saved long after":               {described("<xmp:ModifyDate>2026-03-10</xmp:ModifyDate>"), false},
		"satellites' time":               {withEXIF(t, exifOf(located("2025:03:07", 23, 1, 59, 1, 30, 1))), true},
		"satellites' time of that day":   {withEXIF(t, exifOf(located("2025:03:10", 23, 1, 59, 1, 30, 1))), false},
		"satellites' day":                {withEXIF(t, exifOf(located("2025:03:07"))), true},
		"the day before, all of it":      {withEXIF(t, exifOf(located("2025:03:08"))), false},
		"satellites' day, no such clock": {withEXIF(t, exifOf(located("2025:03:08", 99, 1, 0, 0, 0, 1))), false},
	} {
		f := read(t, c.data)
		found := metadata.Findings(f, metadata.About{})
		if got, ok := find(found, metadata.KeyTimesDiffer); ok != c.want || !ok && len(found) > 0 {
			t.Errorf("%s: %+v, %+v", name, got, f.Times)
		}
	}
}

// TestWhereADeviceWasWeighsNothing: satellites' times are old where a device has
// had no sight of them, so only other times of making are held against them.
func TestWhereADeviceWasWeighsNothing(t *testing.T) {
	t.Parallel()
	f := read(t, withEXIF(t, exifOf(exifDirs{gps: []entry{fractions(0x07, 10, 1, 0, 1, 11, 2), ascii(0x1d, "2025:03:07")}})))
	if len(f.Times) != 1 || !f.Times[0].Zoned || f.Times[0].From.Format(time.DateTime) != "2025-03-07 10:00:05" {
		t.Fatalf("%+v", f.Times)
	}
	about := metadata.About{
		Window: metadata.Span{From: day("2025-04-10 00:00"), To: day("2025-04-10 23:59")},
		Posted: metadata.Span{From: day("2025-01-11 12:00"), To: day("2025-01-11 12:00")}, ReadAt: day("2025-02-01 00:00"),
	}
	if found := metadata.Findings(f, about); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

// TestTimesOfMakingInRealFilesLieTogether counts the files that name several
// times of their making.
func TestTimesOfMakingInRealFilesLieTogether(t *testing.T) {
	t.Parallel()
	several, apart, files := 0, 0, realdata.Files(t, "meta")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f, err := metadata.Read(t.Context(), data)
		if err != nil {
			continue // what is not read is another test's matter
		}
		made := 0
		for _, at := range f.Times {
			if at.Kind == metadata.Created || at.Kind == metadata.Located {
				made++
			}
		}
		if made > 1 {
			several++
		}
		if found, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyTimesDiffer); ok {
			apart++
			t.Logf("%s: %s", filepath.Base(file), found.Sentence)
		}
	}
	t.Logf("of %d files %d name several times of making, and in %d of them these lie apart", len(files), several, apart)
	if several < 10 {
		t.Errorf("%d files say little", several)
	}
}
