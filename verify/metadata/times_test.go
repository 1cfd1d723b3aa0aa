package metadata_test

import (
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify/metadata"
)

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// TestTimesAreHeldAgainstTheClaim: claimed for all of 10 March 2025, posted on
// the 11th at noon, read in June.
func TestTimesAreHeldAgainstTheClaim(t *testing.T) {
	t.Parallel()
	about := metadata.About{
		Window: metadata.Span{From: day("2025-03-10 00:00"), To: day("2025-03-10 23:59")},
		Posted: metadata.Span{From: day("2025-03-11 12:00"), To: day("2025-03-11 12:00")},
		ReadAt: day("2025-06-01 00:00"),
	}
	for _, c := range []struct {
		name, chunk, want string
	}{
		{"on the day, no zone", "Creation Time\x002025:03:10 10:00:00", metadata.KeyTimeAgrees},
		{"on the day, with zone", "Creation Time\x00Mon, 10 Mar 2025 10:00:00 +0100", metadata.KeyTimeAgrees},
		{"two days before, no zone: can be within a day of it", "Creation Time\x002025:03:08 20:00:00", metadata.KeyTimeAgrees},
		{"a week before", "Creation Time\x002025:03:03 10:00:00", metadata.KeyTimeConflict},
		{"a day of a year before", "Creation Time\x002024-03-10", metadata.KeyTimeConflict},
		{"after the posting in every zone", "Creation Time\x002025:03:13 10:00:00", metadata.KeyTimeImpossible},
		{"after the posting in some zones only", "Creation Time\x002025:03:11 20:00:00", metadata.KeyTimeAgrees},
		{"in the future of the reading", "Creation Time\x002026:03:10 10:00:00", metadata.KeyTimeImpossible},
		{"a file time of the future", "date:create\x002026-03-10T10:00:00+00:00", metadata.KeyTimeImpossible},
		{"a file time of before says nothing", "date:create\x002024-03-10T10:00:00+00:00", ""},
		{"a clock that was never set", "Creation Time\x001970:01:01 00:00:00", ""},
		{"no time at all", "Creation Time\x00yesterday", ""},
		{"a zero date", "Creation Time\x000000:00:00 00:00:00", ""},
	} {
		found := metadata.Findings(read(t, pngWith(t, chunk("tEXt", c.chunk))), about)
		got := ""
		if len(found) > 0 {
			got = found[0].Key
		}
		if got != c.want || len(found) > 1 {
			t.Errorf("%s: got %+v, want %q", c.name, found, c.want)
		}
	}
}

func TestALaterSaveIsNoContradiction(t *testing.T) {
	t.Parallel()
	about := metadata.About{Posted: metadata.Span{From: day("2025-03-11 12:00"), To: day("2025-03-11 12:00")}, ReadAt: day("2025-06-01 00:00")}
	f := read(t, pngWith(t, chunk("tIME", "\x07\xe9\x04\x02\x0a\x0b\x0c")))
	found := metadata.Findings(f, about)
	if len(found) != 1 || found[0].Key != metadata.KeyResavedLater {
		t.Errorf("got %+v", found)
	}
}

func TestWithoutKnownTimesThereIsNothingToSay(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t, chunk("tEXt", "Creation Time\x002025:03:10 10:00:00")))
	if found := metadata.Findings(f, metadata.About{}); len(found) != 0 {
		t.Errorf("got %+v", found)
	}
}

func TestATimeWithoutZoneCoversEveryZone(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t, chunk("tEXt", "Creation Time\x002025:03:10 10:00:00")))
	if len(f.Times) != 1 || !f.Times[0].From.Equal(day("2025-03-09 20:00")) || !f.Times[0].To.Equal(day("2025-03-10 22:00")) || f.Times[0].Zoned {
		t.Errorf("got %+v", f.Times)
	}
}
