package metadata_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// TestRealFilesGiveTheFindingsThatTheirMakersImply knows from the data's own
// manifest how each file was made.
func TestRealFilesGiveTheFindingsThatTheirMakersImply(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]struct{ key, software string }{
		"meta/ios/IMG_0004.PNG":                                    {metadata.KeyDirectCapture, "iOS or macOS"},
		"meta/macos/vue-cal.png":                                   {metadata.KeyDirectCapture, "iOS or macOS"},
		"meta/debian/firefox.png":                                  {metadata.KeyDirectCapture, "gnome-screenshot"},
		"meta/msedge/WritingSuggestions__medium-draft.png":         {metadata.KeyDirectCapture, "the Windows Snipping Tool"},
		"meta/msedge/WebModelContext__screenshot.png":              {metadata.KeyWindowsEncoder, "Windows"},
		"meta/msedge/TimeLimitedPermissions__prompt.png":           {metadata.KeyEditor, "Adobe ImageReady or Save for Web"},
		"meta/imagemeta/metadata-extractor/adobeJpeg1.jpg":         {metadata.KeyEditor, "Adobe Photoshop"},
		"meta/imagemeta/metadata-extractor/withIptcPhotoshop6.jpg": {metadata.KeyEditor, "Adobe Photoshop"},
		"meta/imagemeta/bep/sunrise.webp":                          {metadata.KeyEditor, "Adobe Lightroom"},
		"meta/imagemeta/bep/sunrise.jpg":                           {metadata.KeyEditHistory, ""},
		"meta/imagemeta/corrupt/infinite_loop_exif.jpg":            {metadata.KeyEditor, "Adobe Photoshop"},
	} {
		found := findingsOf(t, filepath.Join(realdata.Dir(t, ""), file), metadata.About{})
		i := slices.IndexFunc(found, func(f metadata.Finding) bool { return f.Key == want.key })
		if i < 0 || found[i].Software != want.software {
			t.Errorf("%s: want %v, got %+v", file, want, found)
		}
	}
}

// TestNoScreenshotIsCalledEdited: the untouched screenshots must not carry an
// editor's or a contradiction's finding.
func TestNoScreenshotIsCalledEdited(t *testing.T) {
	t.Parallel()
	against := []string{metadata.KeyEditor, metadata.KeyGenerator, metadata.KeyRewritten, metadata.KeyTimeImpossible, metadata.KeyTrailingData}
	for _, dir := range []string{"meta/ios", "meta/macos", "meta/msedge"} {
		for _, file := range realdata.Files(t, dir) {
			if strings.Contains(file, "TimeLimitedPermissions") { // saved by an editor
				continue
			}
			for _, f := range findingsOf(t, file, metadata.About{ReadAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}) {
				if slices.Contains(against, f.Key) {
					t.Errorf("%s: %s", filepath.Base(file), f.Sentence)
				}
			}
		}
	}
}

func findingsOf(t *testing.T, file string, about metadata.About) []metadata.Finding {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := metadata.Read(t.Context(), data)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	about.Name = filepath.Base(file)
	return metadata.Findings(facts, about)
}

var mutants = flag.Int("mutants", 1, "how many mutants of each real file are read")

// TestMutantsOfRealFilesLoseTheirPartAndNotTheParent changes bytes at random, most
// of them of the metadata, from a fixed seed. The parent must go on, and what the
// picture's header says must survive.
func TestMutantsOfRealFilesLoseTheirPartAndNotTheParent(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	noted, whole, read := 0, 0, 0
	for _, name := range slices.Concat(realdata.Files(t, "meta"), realdata.Files(t, "tamper"), realdata.Files(t, "defacement"), realdata.Files(t, "robust")) {
		seed, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := picture.Sniff(seed); err != nil || len(seed) < 100 {
			continue // no picture, or so short that little but its header could be hit
		}
		for i := range *mutants {
			data := slices.Clone(seed)
			reach := 12_000
			if i%4 == 3 {
				reach = len(data)
			}
			for range 1 + r.IntN(8) {
				data[24+r.IntN(min(len(data), reach)-24)] = byte(r.Uint32())
			}
			facts, err := metadata.Read(t.Context(), data)
			if err != nil {
				whole++ // the header itself was hit
				continue
			}
			read++
			if len(facts.Notes) > 0 {
				noted++
			}
			if facts.Width < 1 || facts.Format == "" {
				t.Errorf("a mutant of %s lost its header: %+v", filepath.Base(name), facts)
			}
			metadata.Findings(facts, metadata.About{Name: name, ReadAt: time.Unix(1_800_000_000, 0)})
		}
	}
	t.Logf("%d mutants read, %d of them with a note, %d refused by their header", read, noted, whole)
	if read < 50 || noted < 5 {
		t.Errorf("the mutants tested nothing: %d read, %d with a note", read, noted)
	}
}

// TestAFileThatKillsGoexifStillGivesTheRest: only the child's limit ends it.
func TestAFileThatKillsGoexifStillGivesTheRest(t *testing.T) {
	t.Parallel()
	facts, err := metadata.Read(t.Context(), greedyEXIF(t))
	if err != nil {
		t.Fatal(err)
	}
	if facts.JPEG == nil || facts.JPEG.Quality != 75 || facts.Width != 16 {
		t.Errorf("the structure is lost: %+v", facts)
	}
	if !slices.ContainsFunc(facts.Notes, func(n string) bool {
		return strings.HasPrefix(n, "Reading EXIF failed") || strings.HasPrefix(n, "EXIF could not")
	}) {
		t.Errorf("no note says what befell EXIF: %q", facts.Notes)
	}
}

func TestAProgramWithoutTheJobsIsTold(t *testing.T) {
	t.Parallel()
	if _, err := confine.Run(t.Context(), "metadata.unknown", nil, confine.Limits{}); err == nil {
		t.Error("an unknown job ran")
	}
}
