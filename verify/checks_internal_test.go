package verify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
	"github.com/defacecheck/defacecheck/verify/score"
)

func at(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// look is a page with the words of one design: looks of the same name are
// alike, others share nothing.
func look(design string) Look {
	l := Look{Words: map[string]int{}}
	for i := range 40 {
		l.Words[fmt.Sprintf("%s%d", design, i)]++
		l.Count++
	}
	return l
}

// tiles are n textured tiles of which the first agree share match.
func tiles(n int, agree float64) []Tile {
	all := make([]Tile, n)
	for i := range all {
		all[i] = Tile{Rect{X: 32 * i, Y: 0, W: 32, H: 32}, TileMismatch}
		if float64(i) < agree*float64(n) {
			all[i].State = TileMatch
		}
	}
	return all
}

func sighting(when string, state State, design string) *Sighting {
	t := at(when)
	agreement := map[State]float64{Same: 1, Altered: 0.7, Other: 0.02, Uninformative: 0.5}[state]
	s := &Sighting{
		Capture: &capture.Capture{ID: when, Origin: capture.Origin{Kind: capture.Archive, Name: "testarchive"}, SeenAt: t, Validity: capture.OK},
		Memento: &capture.Memento{At: t}, State: state, Look: look(design),
		Tiles: tiles(100, agreement), Match: &Match{Agreement: agreement, Located: state != Other, Scale: 1},
		full: true,
	}
	for i := range 40 {
		s.Capture.Text = append(s.Capture.Text, capture.TextBox{Box: capture.Box{X: float64(32 * i), W: 32, H: 32}, Text: fmt.Sprintf("%s%d", design, i)})
	}
	if state == Altered {
		s.Match.Regions = []Rect{{X: 32 * 70, W: 32 * 30, H: 32}}
	}
	return s
}

func live(s *Sighting) *Sighting {
	s.Memento, s.Capture.Origin = nil, capture.Origin{Kind: capture.Live, Name: "live web"}
	return s
}

// more is a sighting that shows nearly all of the picture.
func more(s *Sighting) *Sighting {
	s.Match.Agreement, s.Tiles = 0.93, tiles(100, 0.93)
	return s
}

// little is a sighting with as many tiles that agree as others, of far fewer.
func little(s *Sighting) *Sighting {
	s.Match.Agreement, s.Match.Changed, s.Tiles = 0.95, 0.01, tiles(73, 0.95)
	return s
}

// below is a sighting in which a fifth of the picture lies above the page.
func below(s *Sighting) *Sighting {
	s.Match.Agreement, s.Tiles = 0.93, tiles(80, 0.93)
	return s
}

// reads is a sighting whose text has so much of the picture's.
func reads(share float64, s *Sighting) *Sighting {
	s.words = &agree.Agreement{Words: 100, Found: share}
	return s
}

// scattered is a sighting in which most of the picture was found.
func scattered(s *Sighting) *Sighting {
	s.Match.Agreement = 0.8
	return s
}

func unseen(s *Sighting) *Sighting {
	s.Capture.Validity, s.Capture.Reason, s.State = capture.Unreachable, "the host name does not resolve", NotCompared
	return s
}

func caseOf(t *testing.T, claimed string, all ...*Sighting) *Case {
	t.Helper()
	m, err := score.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	c := &Case{Claim: Claim{Name: "p.png", URL: "http://town.example/", ReadAt: at("2026-06-01 00:00")}, Model: m, Sightings: all, AskedLive: true}
	if claimed != "" {
		moment := at(claimed)
		c.Claim.ClaimedAt = Span{moment, moment}
	}
	byTime(c.Sightings)
	return c
}

func TestFindingsFollowFromTheStatesOfTheCaptures(t *testing.T) {
	for name, tc := range map[string]struct {
		claimed  string
		captures []*Sighting
		want     string // findings that carry weight or an answer, in order of the checks
	}{
		"a full replacement that an archive saw": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-09 10:00", Other, "new"), sighting("2026-03-10 15:00", Same, "defaced"), sighting("2026-03-11 10:00", Other, "new")},
			"witness.archive_same"},
		"a partial replacement that an archive saw": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-09 10:00", Altered, "new"), sighting("2026-03-10 15:00", Same, "new"), sighting("2026-03-11 10:00", Altered, "new")},
			"witness.archive_same"},
		"still there": {"2026-05-30 12:00", []*Sighting{
			sighting("2026-05-20 10:00", Other, "new"), live(sighting("2026-06-01 00:00", Same, "defaced"))},
			"witness.live_same"},
		"still there and no archive": {"2026-05-30 12:00", []*Sighting{live(sighting("2026-06-01 00:00", Same, "defaced"))},
			"witness.live_same_alone"},
		"the claimed time was a day off": {"2026-03-12 12:00", []*Sighting{
			sighting("2026-03-10 15:00", Same, "defaced"), sighting("2026-03-11 10:00", Other, "new")},
			"witness.archive_same"},
		"a defacement of last year claimed again": {"2026-03-12 12:00", []*Sighting{
			sighting("2025-03-10 15:00", Same, "defaced"), sighting("2025-09-11 10:00", Other, "new"), sighting("2026-03-13 10:00", Other, "new")},
			"witness.other_time"},
		"the ordinary page": {"2026-03-12 12:00", []*Sighting{
			sighting("2026-01-10 15:00", Same, "new"), sighting("2026-03-11 10:00", Same, "new"), sighting("2026-05-13 10:00", Same, "new")},
			"witness.ordinary_page"},
		"the ordinary page, though it was redesigned once": {"2026-03-12 12:00", []*Sighting{
			sighting("2024-01-10 15:00", Other, "old"), sighting("2025-11-10 15:00", Same, "new"), live(sighting("2026-06-01 00:00", Same, "new"))},
			"witness.ordinary_page"},
		"a look that began when the page had had another, which may be a defacement that nobody repaired": {"2026-03-12 12:00", []*Sighting{
			sighting("2024-01-10 15:00", Other, "old"), sighting("2026-03-01 15:00", Same, "new"), live(sighting("2026-06-01 00:00", Same, "new"))},
			"witness.archive_same"},
		"the ordinary page, seen for months before the time and not since": {"2026-03-12 12:00", []*Sighting{
			sighting("2025-11-10 15:00", Same, "new"), sighting("2026-01-10 15:00", Same, "new"), sighting("2026-03-11 10:00", Same, "new")},
			"witness.ordinary_page"},
		"defaced two days before the claimed time and still so the day before": {"2026-03-12 12:00", []*Sighting{
			sighting("2026-03-01 15:00", Other, "new"), sighting("2026-03-10 15:00", Same, "defaced"), sighting("2026-03-11 10:00", Same, "defaced")},
			"witness.archive_same"},
		"defaced and never repaired": {"2026-03-12 12:00", []*Sighting{
			sighting("2026-03-01 15:00", Other, "new"), sighting("2026-03-13 15:00", Same, "defaced"), live(sighting("2026-06-01 00:00", Same, "defaced"))},
			"witness.archive_same"},
		"a paste between two looks an hour apart": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Altered, "new"), sighting("2026-03-10 12:30", Altered, "new")},
			"witness.not_seen brackets.ordinary version.nearest"},
		"a capture in the claimed time that shows more of the picture than its neighbours": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Altered, "new"), more(sighting("2026-03-10 12:00", Altered, "new")), sighting("2026-03-10 12:30", Altered, "new")},
			"witness.not_seen version.nearest"},
		"the capture after the time shows more of the picture than the one before": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Altered, "new"), more(sighting("2026-03-10 12:30", Altered, "new"))},
			"witness.not_seen version.nearest"},
		"a block pushed the page down, and the captures without it agree in what is left": {"2026-03-10 12:00", []*Sighting{
			below(sighting("2026-03-10 11:30", Altered, "new")), more(sighting("2026-03-10 12:30", Altered, "new"))},
			"witness.not_seen version.nearest"},
		"a capture two days later that looks otherwise": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Altered, "new"), sighting("2026-03-10 12:30", Altered, "new"), sighting("2026-03-12 12:00", Uninformative, "new"), sighting("2026-03-20 12:00", Altered, "new")},
			"witness.not_seen version.nearest"},
		"a capture of a month before that tells nothing": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-02-01 12:00", Altered, "new"), sighting("2026-02-08 12:00", Uninformative, "new"), sighting("2026-03-10 11:30", Altered, "new"), sighting("2026-03-10 12:30", Altered, "new")},
			"witness.not_seen brackets.ordinary version.nearest"},
		"the capture after the time has more of the picture's words than the one before": {"2026-03-10 12:00", []*Sighting{
			reads(0.8, sighting("2026-03-10 11:30", Altered, "new")), reads(0.98, sighting("2026-03-10 12:30", Altered, "new"))},
			"witness.not_seen version.nearest"},
		"captures on both sides have as many of the picture's words": {"2026-03-10 12:00", []*Sighting{
			reads(0.8, sighting("2026-03-10 11:30", Altered, "new")), reads(0.85, sighting("2026-03-10 12:30", Altered, "new"))},
			"witness.not_seen brackets.ordinary version.nearest"},
		"pixels leave open what captures on both sides show, but they lack the picture's words": {"2026-03-10 12:00", []*Sighting{
			lacking(12, sighting("2026-03-10 11:30", Uninformative, "new")), lacking(12, sighting("2026-03-10 12:30", Uninformative, "new"))},
			"witness.not_seen brackets.ordinary"},
		"the capture after the time differs from the picture in no more than a page does by itself": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Altered, "new"), little(sighting("2026-03-10 12:30", Altered, "new"))},
			"witness.not_seen version.nearest"},
		"captures on both sides differ in no more than a page does by itself": {"2026-03-10 12:00", []*Sighting{
			little(sighting("2026-03-10 11:30", Altered, "new")), little(sighting("2026-03-10 12:30", Altered, "new"))},
			"witness.not_seen brackets.ordinary version.nearest"},
		"looks that differ from each other bracket nothing": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Other, "new"), sighting("2026-03-10 12:30", Other, "defaced otherwise")},
			"witness.not_seen"},
		"a defaced page painted by another browser": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Other, "new"), sighting("2026-03-10 12:10", Altered, "defaced"), sighting("2026-03-10 12:30", Other, "new")},
			"witness.resembles"},
		"the same with differences scattered over it": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Other, "new"), scattered(sighting("2026-03-10 12:10", Uninformative, "defaced")), sighting("2026-03-10 12:30", Other, "new")},
			"witness.resembles"},
		"a defaced page that does not agree with the picture": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Other, "new"), sighting("2026-03-10 12:10", Other, "defaced"), sighting("2026-03-10 12:30", Other, "new")},
			"witness.not_seen"},
		"too little to tell between two looks": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-10 11:30", Other, "new"), sighting("2026-03-10 12:10", Uninformative, "defaced"), sighting("2026-03-10 12:30", Other, "new")},
			"witness.not_seen"},
		"an old copy": {"2026-03-10 12:00", []*Sighting{
			sighting("2024-02-01 10:00", Altered, "old"), sighting("2026-02-10 10:00", Other, "new"), sighting("2026-04-10 10:00", Other, "new")},
			"witness.not_seen brackets.ordinary version.old_copy"},
		"an old copy, but the words are still those of today": {"2026-03-10 12:00", []*Sighting{
			sighting("2024-02-01 10:00", Altered, "new"), sighting("2026-02-10 10:00", Other, "new"), sighting("2026-04-10 10:00", Other, "new")},
			"witness.not_seen brackets.ordinary version.nearest"},
		"an old copy, but the page around the time is not known": {"2026-03-10 12:00", []*Sighting{
			sighting("2024-02-01 10:00", Altered, "old"), sighting("2026-04-10 10:00", Other, "new")},
			"witness.not_seen"},
		"an old copy, between two versions that differ from each other": {"2026-03-10 12:00", []*Sighting{
			sighting("2024-02-01 10:00", Altered, "old"), sighting("2026-02-10 10:00", Other, "newer"), sighting("2026-04-10 10:00", Other, "newest")},
			"witness.not_seen version.old_copy"},
		"a page that had gone to another version and back before": {"2026-03-10 12:00", []*Sighting{
			sighting("2022-02-01 10:00", Altered, "old"), sighting("2023-02-01 10:00", Other, "new"), sighting("2024-02-01 10:00", Altered, "old"),
			sighting("2026-02-10 10:00", Other, "new"), sighting("2026-04-10 10:00", Other, "new")},
			"witness.not_seen brackets.ordinary version.nearest"},
		"an old copy, and a capture close to the time that tells nothing": {"2026-03-10 12:00", []*Sighting{
			sighting("2024-02-01 10:00", Altered, "old"), sighting("2026-02-10 10:00", Other, "new"),
			sighting("2026-03-01 10:00", Uninformative, "something"), sighting("2026-04-10 10:00", Other, "new")},
			"witness.not_seen version.nearest"},
		"nothing but an ordinary live page": {"2026-03-10 12:00", []*Sighting{live(sighting("2026-06-01 00:00", Altered, "new"))},
			"witness.not_seen"},
		"the page could not be seen": {"2026-03-10 12:00", []*Sighting{unseen(sighting("2026-03-11 10:00", Other, "new"))}, ""},
		"too little to tell": {"2026-03-10 12:00", []*Sighting{
			sighting("2026-03-09 10:00", Uninformative, "new"), sighting("2026-03-11 10:00", Uninformative, "new")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := caseOf(t, tc.claimed, tc.captures...)
			var got []string
			for _, k := range []func(*Case) ([]finding, error){checkWitness, checkBrackets, checkVersion} {
				found, err := k(c)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range found {
					if f.sentence == "" {
						t.Error("a finding has no sentence")
					}
					if f.key != "" && f.key != "version.nearest" || f.key == "version.nearest" && strings.Contains(tc.want, f.key) {
						got = append(got, f.key)
					}
				}
			}
			if s := strings.Join(got, " "); s != tc.want {
				t.Errorf("found %q, want %q", s, tc.want)
			}
		})
	}
}

func TestWithoutAClaimedTimeNothingCountsAgainstTheClaim(t *testing.T) {
	c := caseOf(t, "", sighting("2026-03-09 10:00", Altered, "new"), sighting("2026-03-11 10:00", Altered, "new"))
	for _, k := range []func(*Case) ([]finding, error){checkWitness, checkBrackets, checkVersion} {
		found, _ := k(c)
		for _, f := range found {
			if f.key == "brackets.ordinary" || strings.HasPrefix(f.key, "version.old") || f.key == "witness.other_time" {
				t.Errorf("found %s", f.key)
			}
		}
	}
}

func TestAnInvalidCaptureIsNoWitnessWhateverItLooksLike(t *testing.T) {
	for _, v := range []capture.Validity{capture.Blank, capture.Challenge, capture.Blocked, capture.ErrorPage, capture.Parked, capture.Incomplete} {
		before, after := sighting("2026-03-10 11:59", Altered, "new"), sighting("2026-03-10 12:01", Altered, "new")
		before.Capture.Validity, after.Capture.Validity = v, v
		found, err := checkBrackets(caseOf(t, "2026-03-10 12:00", before, after))
		if err != nil || found[0].key != "" {
			t.Errorf("captures that are %s count: %+v %v", v, found, err)
		}
	}
}

func TestALookThatStayedForWeeksIsShownAndNotCalledExceptional(t *testing.T) {
	for name, c := range map[string]struct {
		last string
		want Answer
	}{
		"a day":   {"2026-03-13 10:00", ""},
		"a month": {"2026-04-10 10:00", Shown},
	} {
		found, err := checkWitness(caseOf(t, "2026-03-12 12:00",
			sighting("2026-01-10 15:00", Other, "old"), sighting("2026-03-12 10:00", Same, "new"),
			sighting(c.last, Same, "new"), sighting("2026-05-10 10:00", Other, "old")))
		if err != nil || found[0].key != "witness.archive_same" || found[0].answer != c.want {
			t.Errorf("%s: %+v %v", name, found, err)
		}
	}
}
