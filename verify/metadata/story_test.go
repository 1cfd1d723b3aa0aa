package metadata_test

import (
	"testing"

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
