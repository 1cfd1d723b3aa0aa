package verify

import (
	"errors"
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/reading"
)

func TestTheClaimsOwnNameAndWordsAreLookedForInThePicture(t *testing.T) {
	t.Parallel()
	page := reading.Text{Words: []reading.Word{
		{Text: "Hacked", Box: image.Rect(10, 10, 90, 30)}, {Text: "by", Box: image.Rect(95, 10, 120, 30)},
		{Text: "Nob0dy", Box: image.Rect(10, 40, 90, 60), Line: 1}, {Text: "greets", Box: image.Rect(100, 40, 180, 60), Line: 1},
	}}
	for name, tc := range map[string]struct {
		notifier, words string
		err             error
		want            []string
		at              []Rect
	}{
		"neither":               {},
		"the name":              {notifier: "nobody", want: []string{"mention.notifier"}, at: []Rect{{X: 10, Y: 40, W: 80, H: 20}}},
		"words over two lines":  {words: "by nobody", want: []string{"mention.words"}, at: []Rect{{X: 95, Y: 10, W: 25, H: 20}, {X: 10, Y: 40, W: 80, H: 20}}},
		"absent":                {notifier: "somebody", words: "your security is a joke", want: []string{"mention.notifier_absent", "mention.words_absent"}},
		"too short":             {notifier: "x", want: []string{""}},
		"the text was not read": {notifier: "nobody", err: errors.New("broken"), want: []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// The capture shows the picture, so that its text is read for the claim's words alone.
			c := pictured(caseOf(t, "2026-03-10 12:00", sighting("2026-03-10 15:00", Same, "new")))
			c.Claim.Notifier, c.Claim.Words = tc.notifier, tc.words
			asked := []string{}
			if err := read(t.Context(), c, Options{Reader: fakeReader{text: page, err: tc.err, asked: &asked}}); err != nil {
				t.Fatal(err)
			}
			if c.Readout.page != nil || (len(asked) > 0) != (tc.want != nil) {
				t.Errorf("the page was read for %q and compared: %v", asked, c.Readout.page != nil)
			}
			found, err := checkMention(c)
			var keys []string
			var places []Rect
			for _, f := range found {
				keys, places = append(keys, f.key), append(places, f.at...)
				if w, err := c.Model.Weight(groupFrame, f.key); f.key != "" && (err != nil || w != 0) {
					t.Errorf("%s weighs %v, %v", f.key, w, err)
				}
				if !strings.HasSuffix(f.sentence, ".") {
					t.Errorf("sentence %q", f.sentence)
				}
			}
			if err != nil || !slices.Equal(keys, tc.want) || !slices.Equal(places, tc.at) {
				t.Errorf("%q at %v, %v", keys, places, err)
			}
		})
	}
}
