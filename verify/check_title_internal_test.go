package verify

import (
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

func TestTheTitleInTheTabIsHeldAgainstThoseOfTheCaptures(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		read, want, sentence string
	}{
		"an ordinary title": {"B The town of Mirebr x", "title.agrees", "as the page has in the capture of 9 March 2026"},
		"the other one":     {"Hacked by nobody", "title.agrees", "as the page has in the capture of 10 March 2026"},
		"a third":           {"Winter sports on the hill", "title.differs", "weighs nothing"},
		"half of one":       {"The town of Hillside", "title.unsure", "not read surely"},
		"nothing":           {"~", "title.nothing", "No title"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, during, blind := sighting("2026-03-09 10:00", Other, "new"), sighting("2026-03-10 15:00", Same, "defaced"), unseen(sighting("2026-03-11 10:00", Other, "new"))
			before.Capture.Title, during.Capture.Title, blind.Capture.Title = "The town of Mirebrook", "Hacked by Nobody", "Winter sports on the hill"
			c := pictured(caseOf(t, "2026-03-10 12:00", before, during, blind))
			c.Frame = frame.Frame{Kind: frame.Browser, Content: image.Rect(0, 80, 600, 400), Tab: image.Rect(40, 6, 280, 40)}
			if err := read(t.Context(), c, Options{Reader: fakeReader{clock: readingtest.Words(93, tc.read)}}); err != nil {
				t.Fatal(err)
			}
			found, err := checkTitle(c)
			if err != nil || len(found) != 1 || found[0].key != tc.want || !strings.Contains(found[0].sentence, tc.sentence) {
				t.Fatalf("%+v, %v, want %s", found, err, tc.want)
			}
			if !slices.Equal(found[0].at, []Rect{{X: 40, Y: 6, W: 240, H: 34}}) {
				t.Errorf("at %v", found[0].at)
			}
			if w, err := c.Model.Weight(groupFrame, tc.want); err != nil || w < 0 || w >= c.Model.Bands.LeansGenuine {
				t.Errorf("a title alone weighs %v, %v", w, err)
			}
		})
	}
}

func TestWithoutATabNothingIsSaidOfIt(t *testing.T) {
	t.Parallel()
	c := pictured(caseOf(t, "", sighting("2026-03-10 15:00", Same, "new")))
	if err := read(t.Context(), c, Options{Reader: fakeReader{}}); err != nil {
		t.Fatal(err)
	}
	if found, err := checkTitle(c); err != nil || len(found) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
}
