package reading_test

import (
	"image/color"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

// TestColouredLettersAreReadThroughJPEG draws letters in the colours of
// defacements, whose colours JPEG keeps at half the size.
func TestColouredLettersAreReadThroughJPEG(t *testing.T) {
	e := readingtest.Engine(t)
	const text = "Your security is a joke admin\nPatch your system before somebody else does\nGreetings to all members of the crew\nNo files were deleted from this server"
	found, all := 0, 0
	for _, ink := range []color.NRGBA{{230, 0, 0, 255}, {200, 0, 200, 255}, {60, 60, 255, 255}} {
		for _, saved := range []string{"JPEG 75", "reduced to 2/3, JPEG 80"} {
			s := newSheet(600, 200, color.Black)
			for i, l := range strings.Split(text, "\n") {
				s.write(t, 20, 40+i*36, 14, ink, l)
			}
			img := saveAs(t, s.NRGBA, saved)
			got, err := e.Page(t.Context(), img, img.Rect)
			if err != nil {
				t.Fatal(err)
			}
			have := map[string]bool{}
			for _, w := range got.Words {
				have[w.Text] = true
			}
			for _, w := range strings.Fields(text) {
				if all++; have[w] {
					found++
				}
			}
		}
	}
	t.Logf("%d of %d words", found, all)
	if found < 145 { // 157 were read when this was written, and 132 by the channel that differs most
		t.Errorf("%d of %d words were read", found, all)
	}
}
