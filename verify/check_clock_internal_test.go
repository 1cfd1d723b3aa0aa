package verify

import (
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

func TestTheClockInTheFrameIsHeldAgainstTheClaimedTime(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		read, claimed, posted string
		want, sentence        string
	}{
		"the claimed day":              {"2026-03-10", "2026-03-10 12:00", "", "clock.agrees", "shows 10 March 2026, which can lie"},
		"day and month either way":     {"10/3/2026", "2026-03-10 12:00", "", "clock.agrees", "shows 10 March 2026 or 3 October 2026"},
		"no year":                      {"Mar 10", "2026-03-10 12:00", "", "clock.agrees", "10 March, without a year"},
		"three days before":            {"2026-03-07", "2026-03-10 12:00", "", "clock.near", "misremember"},
		"in summer of the year before": {"2025-07-22", "2026-03-10 12:00", "", "clock.contradicts", "at least 8 months from the claimed time"},
		"after it was posted":          {"2026-05-24", "2026-03-10 12:00", "2026-03-10 14:00", "clock.impossible", "after the picture was posted"},
		"without a claimed time":       {"2026-05-24", "", "", "clock.uncompared", "No time was claimed"},
		"no date":                      {"11:45", "2026-03-10 12:00", "", "clock.alone", "shows 11:45 and no date"},
		"nothing":                      {"ENG", "2026-03-10 12:00", "", "clock.nothing", "could be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := pictured(caseOf(t, tc.claimed, sighting("2026-03-10 15:00", Same, "new")))
			if tc.posted != "" {
				c.Claim.PostedAt = Span{at(tc.posted), at(tc.posted)}
			}
			c.Frame = frame.Frame{Kind: frame.Desktop, Content: image.Rect(0, 80, 600, 360), Clock: image.Rect(500, 365, 590, 395)}
			if err := read(t.Context(), c, Options{Reader: fakeReader{clock: readingtest.Words(93, tc.read)}}); err != nil {
				t.Fatal(err)
			}
			found, err := checkClock(c)
			if err != nil || len(found) != 1 || found[0].key != tc.want || !strings.Contains(found[0].sentence, tc.sentence) {
				t.Fatalf("%+v, %v, want %s", found, err, tc.want)
			}
			if !slices.Equal(found[0].at, []Rect{{X: 500, Y: 365, W: 90, H: 30}}) {
				t.Errorf("at %v", found[0].at)
			}
			w, err := c.Model.Weight(groupFrame, tc.want)
			if err != nil || w <= c.Model.Bands.LeansFalse || w >= c.Model.Bands.LeansGenuine {
				t.Errorf("a clock alone weighs %v, %v", w, err)
			}
		})
	}
}

func TestWithoutAClockNothingIsSaidOfIt(t *testing.T) {
	t.Parallel()
	c := pictured(caseOf(t, "", sighting("2026-03-10 15:00", Same, "new")))
	if err := read(t.Context(), c, Options{Reader: fakeReader{}}); err != nil {
		t.Fatal(err)
	}
	if found, err := checkClock(c); err != nil || len(found) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
}
