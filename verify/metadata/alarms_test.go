package metadata_test

import (
	"encoding/csv"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// couldArise says for each finding that can weigh against a claim whether a file
// states what it is decided from, so that it could have been a false alarm.
func couldArise() map[string]func(*metadata.Facts, metadata.About) bool {
	says := func(names map[metadata.Source][]string) func(*metadata.Facts, metadata.About) bool {
		return func(f *metadata.Facts, _ metadata.About) bool {
			return slices.ContainsFunc(f.Tags, func(t metadata.Tag) bool { return names[t.Source] != nil && slices.Contains(names[t.Source], t.Name) })
		}
	}
	programs := says(map[metadata.Source][]string{
		metadata.EXIF: {"Software"}, metadata.XMP: {"xmp:CreatorTool", "stEvt:softwareAgent", "Iptc4xmpExt:DigitalSourceType"},
		metadata.Text: {"Software", "Comment", "Description", "Source", "Creator"}, metadata.Comment: {"COM", "GIF comment"},
	})
	hasXMP := func(f *metadata.Facts, _ metadata.About) bool {
		return slices.ContainsFunc(f.Tags, func(t metadata.Tag) bool { return t.Source == metadata.XMP })
	}
	kinds := func(f *metadata.Facts) map[metadata.TimeKind]bool {
		all := map[metadata.TimeKind]bool{}
		for _, t := range f.Times {
			all[t.Kind] = true
		}
		return all
	}
	return map[string]func(*metadata.Facts, metadata.About) bool{
		metadata.KeyEditor: programs, metadata.KeyGenerator: programs,
		metadata.KeyEditHistory: hasXMP, metadata.KeyComposed: hasXMP,
		metadata.KeyTimeImpossible: func(f *metadata.Facts, a metadata.About) bool { return len(f.Times) > 0 && !a.ReadAt.IsZero() },
		metadata.KeyTimeConflict: func(f *metadata.Facts, a metadata.About) bool {
			return (kinds(f)[metadata.Created] || kinds(f)[metadata.Modified]) && !a.Window.IsZero()
		},
		metadata.KeyTimeOrder: func(f *metadata.Facts, _ metadata.About) bool {
			return kinds(f)[metadata.Created] && kinds(f)[metadata.Modified]
		},
		metadata.KeyRewritten: func(f *metadata.Facts, _ metadata.About) bool { return f.PNG != nil && f.PNG.AppleOffsets != "" },
		metadata.KeyThumbnail: func(f *metadata.Facts, _ metadata.About) bool {
			return slices.ContainsFunc(f.Thumbnails, func(t metadata.Thumbnail) bool { return t.Compared })
		},
		metadata.KeyUnbound: func(f *metadata.Facts, _ metadata.About) bool {
			return f.C2PA != nil && f.C2PA.Binding != metadata.BindingUnknown
		},
		metadata.KeyMisfit: func(f *metadata.Facts, a metadata.About) bool { return a.Phone && f.Encoder != nil },
	}
}

// untouched are real files of which it is known that nobody edited them, with
// what is known of their time: screenshots by their makers, and a mirror's own
// pictures of the day of the claim.
func untouched(t *testing.T) map[string]metadata.About {
	t.Helper()
	readAt := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	all := map[string]metadata.About{}
	for _, dir := range []string{"meta/ios", "meta/macos", "meta/msedge", "meta/debian"} {
		for _, file := range realdata.Files(t, dir) {
			name := filepath.Base(file)
			// By the labels of the data: saved by an editor or saved again, or of
			// unknown making.
			if slices.ContainsFunc([]string{"TimeLimitedPermissions", "example-break-none", "example-rule-visibility", "apple.png", "gnome.png"},
				func(s string) bool { return strings.Contains(name, s) }) {
				continue
			}
			about := metadata.About{ReadAt: readAt, Phone: dir == "meta/ios"}
			if strings.HasPrefix(name, "Screen Shot 2019-07-30") { // the name that macOS gave it
				about.Window = wholeDay(t, "2019-07-30")
			}
			all[file] = about
		}
	}
	root := realdata.Dir(t, "")
	claims, err := os.Open(filepath.Join(root, "claims.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer claims.Close()
	rows, err := csv.NewReader(claims).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] { // image, url, claimed_at and more; the mirror files pictures by the day
		day := wholeDay(t, row[2])
		all[filepath.Join(root, row[0])] = metadata.About{ReadAt: readAt, Window: day, Posted: day}
	}
	return all
}

// wholeDay is a day in every time zone.
func wholeDay(t *testing.T, text string) metadata.Span {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return metadata.Span{From: day.Add(-14 * time.Hour), To: day.Add(36 * time.Hour)}
}

// TestFalseAlarmsOnUntouchedFiles counts every finding that can weigh against a
// claim on files which nobody edited, and in how many it could have arisen.
func TestFalseAlarmsOnUntouchedFiles(t *testing.T) {
	t.Parallel()
	could, alarms, possible := couldArise(), map[string]int{}, map[string]int{}
	files := untouched(t)
	for _, file := range slices.Sorted(maps.Keys(files)) {
		f, about := factsBeside(t, file), files[file]
		about.Name = filepath.Base(file)
		for key, can := range could {
			if can(f, about) {
				possible[key]++
			}
		}
		for _, found := range metadata.Findings(f, about) {
			if could[found.Key] != nil {
				alarms[found.Key]++
				t.Errorf("%s: %s", about.Name, found.Sentence)
			}
		}
	}
	n := len(files)
	for _, key := range slices.Sorted(maps.Keys(could)) {
		t.Logf("%-28s %d of %d files (at most %.1f %% at 95 %%); it could arise in %d", key, alarms[key], n, 100*(1-math.Pow(0.05, 1/float64(n))), possible[key])
	}
	if n < 28 || possible[metadata.KeyTimeImpossible] < 4 || possible[metadata.KeyEditor] < 2 || possible[metadata.KeyEditHistory] < 7 || possible[metadata.KeyRewritten] < 4 || possible[metadata.KeyMisfit] < 3 {
		t.Errorf("the count says little: %d files, %v", n, possible)
	}
}

// TestPreviewsOfRealFilesAreOfTheirPicture measures the previews that programs
// wrote to files that were not worked on since.
func TestPreviewsOfRealFilesAreOfTheirPicture(t *testing.T) {
	t.Parallel()
	const exchanged = "has-lens-info.jpg" // its preview shows a street, and the picture a garden
	files, previews, least := 0, 0, 1.0
	for _, file := range append(realdata.Files(t, "meta"), realdata.Files(t, "tamper/c2pa")...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := picture.Read(t.Context(), data)
		if err != nil {
			continue // what is not read is another test's matter
		}
		f := read(t, data)
		if err := f.CompareThumbnails(t.Context(), whole); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		_, told := find(metadata.Findings(f, metadata.About{}), metadata.KeyThumbnail)
		if told != (filepath.Base(file) == exchanged) {
			t.Errorf("%s: %+v, told %t", file, f.Thumbnails, told)
		}
		if len(f.Thumbnails) == 0 || told {
			continue
		}
		files++
		for _, p := range f.Thumbnails {
			if p.Compared {
				previews, least = previews+1, min(least, p.Agreement)
			}
		}
	}
	t.Logf("%d previews of %d files, the least agreement %.3f", previews, files, least)
	if files < 10 || previews < 16 || least < 0.9 {
		t.Errorf("%d previews of %d files, the least agreement %.3f", previews, files, least)
	}
}

// factsBeside reads a file as judging does: its previews are compared.
func factsBeside(t *testing.T, file string) *metadata.Facts {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f := read(t, data)
	whole, err := picture.Read(t.Context(), data)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if err := f.CompareThumbnails(t.Context(), whole); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return f
}
