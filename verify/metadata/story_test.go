package metadata_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

func TestAPhonesScreenInAFileThatNoPhoneWroteIsTold(t *testing.T) {
	t.Parallel()
	for class, want := range map[metadata.Class]bool{
		metadata.ClassWindows: true, metadata.ClassEditor: true, metadata.ClassDesktop: true, metadata.ClassBrowser: true,
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

// TestFalseAlarmsOnUntouchedFiles counts every finding that weighs against a
// claim on files which nobody edited: real screenshots, and pictures of a real
// mirror. Each rate's upper bound is 3 divided by the number of files (95 %).
func TestFalseAlarmsOnUntouchedFiles(t *testing.T) {
	t.Parallel()
	against := []string{metadata.KeyEditor, metadata.KeyGenerator, metadata.KeyEditHistory, metadata.KeyComposed, metadata.KeyTimeImpossible,
		metadata.KeyTimeConflict, metadata.KeyTimeOrder, metadata.KeyRewritten, metadata.KeyThumbnail, metadata.KeyUnbound}
	files := append(realdata.Files(t, "meta/ios"), append(realdata.Files(t, "meta/macos"), realdata.Files(t, "meta/msedge")...)...)
	mirror, err := filepath.Glob(filepath.Join(realdata.Dir(t, ""), "defacement/*/screenshot.png"))
	if err != nil {
		t.Fatal(err)
	}
	counts, n, alarms := map[string]int{}, 0, []string{}
	for _, file := range append(files, mirror...) {
		if strings.Contains(file, "TimeLimitedPermissions") { // saved by an editor, which it names
			continue
		}
		n++
		for _, f := range findingsOf(t, file, metadata.About{}) {
			counts[f.Key]++
			if slices.Contains(against, f.Key) {
				alarms = append(alarms, fmt.Sprintf("%s: %s", strings.TrimPrefix(file, realdata.Dir(t, "")+string(os.PathSeparator)), f.Sentence))
			}
		}
	}
	t.Logf("%d files, findings: %v", n, counts)
	if len(alarms) > 0 || n < 25 {
		t.Errorf("%d files, false alarms:\n%s", n, strings.Join(alarms, "\n"))
	}
}
