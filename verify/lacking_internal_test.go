package verify

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

// lacking is a sighting whose page has nowhere n of sixty words read off the picture,
// one below the other, the first at a place where the page may have a picture.
func lacking(n int, s *Sighting) *Sighting {
	s.registration = align.At(1, 0, 0)
	s.words = &agree.Agreement{Words: 60, Page: 60, Found: 1 - float64(n)/30, Strange: n}
	for i := range n {
		s.words.Foreign = append(s.words.Foreign, agree.Stray{Word: fmt.Sprintf("owned%d", i), Box: image.Rect(1000, 500+30*i, 1080, 520+30*i)})
	}
	noteLacking(&Case{Sightings: []*Sighting{s}})
	return s
}

func TestACaptureWithoutThePicturesWordsDoesNotShowIt(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Sighting)
		want   bool
	}{
		"pixels leave it open":                    {func(*Sighting) {}, true},
		"as many as a line that varies has":       {func(s *Sighting) { s.words.Foreign = s.words.Foreign[:9] }, false},
		"one word over and over":                  {func(s *Sighting) { repeat(s.words.Foreign) }, false},
		"most words are there":                    {func(s *Sighting) { s.words.Found = 0.71 }, false},
		"few words were read":                     {func(s *Sighting) { s.words.Words = 19 }, false},
		"the page says little":                    {func(s *Sighting) { s.words.Page = 19 }, false},
		"the page is in letters not read":         {func(s *Sighting) { s.words.Unread = 0.2 }, false},
		"the page was drawn without its scripts":  {func(s *Sighting) { s.Capture.Settled.ScriptsOff = true }, false},
		"the page was seen in part":               {func(s *Sighting) { s.Capture.Clipped = true }, false},
		"a picture of the page may hold them":     {painted(capture.Box{X: 900, Y: 400, W: 400, H: 500}), false},
		"a picture of the page lies elsewhere":    {painted(capture.Box{X: 0, Y: 0, W: 400, H: 200}), true},
		"nobody knows where that picture lies":    {unplaced(painted(capture.Box{X: 0, Y: 0, W: 400, H: 200})), false},
		"that has no room for them":               {unplaced(painted(capture.Box{X: 0, Y: 0, W: 120, H: 60})), true},
		"it was not read":                         {func(s *Sighting) { s.words = nil }, false},
		"pixels show it":                          {func(s *Sighting) { s.State = Same }, false},
		"pixels show that a part of it is others": {func(s *Sighting) { s.State = Altered }, false},
	} {
		s := lacking(12, sighting("2026-03-10 11:30", Uninformative, "new"))
		if why := "; 12 words surely read off the picture stand nowhere on the page"; !s.usable() || s.shows() || !strings.Contains(s.Why, why) {
			t.Errorf("%s: usable %v, %q", name, s.usable(), s.Why)
		}
		tc.change(s)
		if s.lacksWords() != tc.want {
			t.Errorf("%s: %v", name, !tc.want)
		}
	}
}

func everywhere(s *Sighting) *Sighting {
	s.Capture.Pictures = []capture.Box{{W: 4000, H: 4000}}
	return s
}

func larger(s *Sighting) *Sighting {
	s.Match.Changed = 0.03
	return s
}

func repeat(all []agree.Stray) {
	for i := range all {
		all[i].Word = "owned"
	}
}

func painted(b capture.Box) func(*Sighting) {
	return func(s *Sighting) { s.Capture.Pictures = []capture.Box{b} }
}

func unplaced(change func(*Sighting)) func(*Sighting) {
	return func(s *Sighting) { change(s); s.registration.Located = false }
}

func TestACaptureOnAnotherGroundDoesNotShowThePicture(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Sighting)
		want   bool
	}{
		"a page with a part replaced, or another page": {func(*Sighting) {}, true},
		"letters differ, on the page's own ground":     {func(s *Sighting) { s.aligned.Fresh[0] = false }, false},
		"a small part":                         {func(s *Sighting) { s.aligned.LargestChanged = 0.09 }, false},
		"next to nothing agrees":               {func(s *Sighting) { s.aligned.Match = 11 }, false},
		"a window's frame may be there":        {func(s *Sighting) { s.aligned.OtherOrAltered = false }, false},
		"rendered for another window":          {func(s *Sighting) { s.account.consistent = false }, false},
		"most words are there":                 {func(s *Sighting) { s.words = &agree.Agreement{Words: 12, Found: 0.9} }, false},
		"few of the words are there":           {func(s *Sighting) { s.words = &agree.Agreement{Words: 12, Found: 0.8} }, true},
		"drawn without its scripts":            {func(s *Sighting) { s.Capture.Settled.ScriptsOff = true }, false},
		"seen in part":                         {func(s *Sighting) { s.Capture.Clipped = true }, false},
		"it is known to be this page, altered": {func(s *Sighting) { s.State = Altered }, false},
	} {
		s := sighting("2026-03-10 11:30", Uninformative, "new")
		s.account.consistent = true
		s.aligned = align.Comparison{OtherOrAltered: true, Match: 20, Fresh: []bool{true, false}, LargestChanged: 0.4}
		tc.change(s)
		if noteLacking(&Case{Sightings: []*Sighting{s}}); s.lacks != tc.want || tc.want != strings.Contains(s.Why, "another ground") {
			t.Errorf("%s: %v, %q", name, s.lacks, s.Why)
		}
	}
	shown, open := sighting("2026-03-10 11:00", Same, "new"), lacking(12, sighting("2026-03-10 11:30", Uninformative, "new"))
	open.lacks = false
	if noteLacking(&Case{Sightings: []*Sighting{shown, open}}); open.lacks {
		t.Error("asked where a capture shows the picture")
	}
}

func TestAChangeThatACaptureHasButForALittleIsSeen(t *testing.T) {
	t.Parallel()
	nearly := func(lacks int, s *Sighting) *Sighting {
		s.Match.Agreement, s.Match.Changed = 0.95, 0.01
		return lacking(lacks, s)
	}
	before, after := "2026-03-09 11:30", "2026-03-11 12:30"
	for name, tc := range map[string]struct {
		captures []*Sighting
		want     string
	}{
		"a line that varies differs": {[]*Sighting{lacking(12, sighting(before, Altered, "new")),
			nearly(3, sighting("2026-03-10 12:10", Altered, "new")), lacking(12, sighting(after, Altered, "new"))}, "witness.change_nearly"},
		"where a frame may be": {[]*Sighting{lacking(12, sighting(before, Altered, "new")),
			nearly(0, sighting("2026-03-10 12:10", Uninformative, "new")), lacking(12, sighting(after, Altered, "new"))}, "witness.change_nearly"},
		"as many of its words are foreign": {[]*Sighting{lacking(12, sighting(before, Altered, "new")),
			nearly(6, sighting("2026-03-10 12:10", Altered, "new")), lacking(12, sighting(after, Altered, "new"))}, "witness.not_seen"},
		"what it lacks may be painted in a picture of it": {[]*Sighting{lacking(12, sighting(before, Altered, "new")),
			everywhere(nearly(6, sighting("2026-03-10 12:10", Altered, "new"))), lacking(12, sighting(after, Altered, "new"))}, "witness.not_seen"},
		"the page before has the words": {[]*Sighting{lacking(2, sighting(before, Altered, "new")),
			nearly(0, sighting("2026-03-10 12:10", Altered, "new")), lacking(12, sighting(after, Altered, "new"))}, "witness.not_seen"},
		"the page is another afterwards": {[]*Sighting{lacking(12, sighting(before, Altered, "new")),
			nearly(0, sighting("2026-03-10 12:10", Altered, "new")), lacking(12, sighting(after, Altered, "newer"))}, "witness.not_seen"},
		"a month before the claimed time": {[]*Sighting{lacking(12, sighting("2024-03-09 11:30", Altered, "new")),
			nearly(0, sighting("2024-03-10 12:10", Altered, "new")), lacking(12, sighting(after, Altered, "new"))}, "witness.not_seen"},
		"a larger part differs": {[]*Sighting{lacking(12, sighting(before, Altered, "new")),
			larger(nearly(0, sighting("2026-03-10 12:10", Altered, "new"))), lacking(12, sighting(after, Altered, "new"))}, "witness.not_seen"},
	} {
		c := caseOf(t, "2026-03-10 12:00", tc.captures...)
		found, err := checkWitness(c)
		if err != nil || len(found) != 1 || found[0].key != tc.want {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
		if brackets, err := checkBrackets(c); tc.want == "witness.change_nearly" && (err != nil || brackets[0].key != "") {
			t.Errorf("%s: captures around it count against it: %+v, %v", name, brackets, err)
		}
	}
}
