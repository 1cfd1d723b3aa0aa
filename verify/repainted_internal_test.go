package verify

import (
	"image"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

// The tiles from 70 on differ: 2240 px and more to the right.
func TestWhatAnotherBrowserPaintsOtherwiseIsNoAlteration(t *testing.T) {
	t.Parallel()
	differing := image.Rect(2240, 8, 3200, 24)
	half := image.Rect(2240, 8, 2700, 24)
	rest := capture.Box{X: 2700, Y: 8, W: 500, H: 16}
	for name, c := range map[string]struct {
		change func(s *Sighting)
		want   State
	}{
		"the page's words in their place": {func(s *Sighting) { s.words.Standing = []image.Rectangle{differing} }, Uninformative},
		"something without words":         {func(*Sighting) {}, Altered},
		"something beside words":          {func(s *Sighting) { s.words.Standing = []image.Rectangle{half} }, Altered},
		"other words": {func(s *Sighting) {
			s.words.Standing, s.words.Elsewhere = []image.Rectangle{differing}, []image.Rectangle{image.Rect(2500, 8, 2540, 24)}
		}, Altered},
		"words and a player": {func(s *Sighting) {
			s.words.Standing, s.words.Elsewhere = []image.Rectangle{half}, []image.Rectangle{image.Rect(2900, 8, 2940, 24)}
			s.Capture.Controls = []capture.Box{rest}
		}, Uninformative},
		"words and a script that is not read": {func(s *Sighting) {
			s.words.Standing = []image.Rectangle{half}
			s.Capture.Text = append(s.Capture.Text, capture.TextBox{Box: rest, Text: "私はあなたを愛しています"})
		}, Uninformative},
		"a script that is not read, in a picture that holds other words": {func(s *Sighting) {
			s.words.Standing, s.words.Strange = []image.Rectangle{half}, 12
			s.Capture.Text = append(s.Capture.Text, capture.TextBox{Box: rest, Text: "私はあなたを愛しています"})
		}, Altered},
		"words of a page that is mostly not read": {func(s *Sighting) {
			s.words.Standing, s.words.Unread = []image.Rectangle{differing}, 0.7
		}, Altered},
	} {
		s := worded(sighting("2026-03-10 15:00", Altered, "new"), 0.98)
		c.change(s)
		claim := caseOf(t, "2026-03-10 12:00", s)
		claim.Readout.page = &agree.Seen{Languages: []string{"eng"}}
		noteRepainted(claim)
		if s.State != c.want {
			t.Errorf("%s: %s, want %s", name, s.State, c.want)
		}
		if (s.State == Uninformative) != (s.Why != "") {
			t.Errorf("%s: why %q", name, s.Why)
		}
	}
}
