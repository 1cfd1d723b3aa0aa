package verify

import (
	"image"
	"math"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestSevenPlacesOfOneMindTellVersionsApartAndSixDoNot(t *testing.T) {
	for _, c := range []struct {
		k, n int
		want float64
	}{{7, 7, 1.0 / 128}, {6, 6, 1.0 / 64}, {0, 0, 1}, {0, 5, 1}, {9, 10, 11.0 / 1024}} {
		if got := atLeast(c.k, c.n); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d of %d: %v, want %v", c.k, c.n, got, c.want)
		}
	}
	if atLeast(7, 7) > clearChance || atLeast(6, 6) <= clearChance {
		t.Error("the limit does not lie between six and seven")
	}
}

func TestNeighbouringTilesAreOnePlace(t *testing.T) {
	var line []Rect
	for i := range 4 {
		line = append(line, Rect{X: 32 * i, Y: 0, W: 32, H: 32}, Rect{X: 32 * i, Y: 32, W: 32, H: 32})
	}
	if n := places(line, 32); n != 1 {
		t.Errorf("a line of text counts as %d places", n)
	}
	if n := places([]Rect{{X: 0, W: 32, H: 32}, {X: 128, W: 32, H: 32}, {X: -32, W: 32, H: 32}}, 32); n != 3 {
		t.Errorf("three squares count as %d places", n)
	}
}

func TestAMessageInAPartThatVariesIsCountedAsUnseen(t *testing.T) {
	s := sighting("2026-03-10 12:00", Same, "new")
	for i := range 10 {
		s.Tiles[i].State = TileMasked
	}
	s.Match.SetAside = setAside(s.Tiles, 100*32*32)
	if a := s.Match.SetAside; a.Tiles != 10 || len(a.Rects) != 1 || a.Rects[0].W != 320 || math.Abs(a.Share-0.1) > 1e-9 {
		t.Fatalf("set aside: %+v", a)
	}
	other := sighting("2026-03-11 12:00", Altered, "new")
	for i := 4; i < 10; i++ {
		other.Tiles[i].State = TileMismatch
	}
	s.noteUnseen([]func(Rect) TileState{other.states()}, 100*32*32)
	if s.unseen != 6 || math.Abs(s.Match.SetAside.Unseen-0.06) > 1e-9 {
		t.Errorf("unseen: %d tiles, %+v", s.unseen, s.Match.SetAside)
	}
	if !inPart([]*Sighting{s}) || inPart([]*Sighting{s, sighting("2026-03-12 12:00", Same, "new")}) {
		t.Error("a run is in part the same where one of its captures is wholly so, or not where none is")
	}
}

func TestAPartlySamePictureIsNeitherSupportedNorTheOrdinaryPage(t *testing.T) {
	var run []*Sighting
	for _, when := range []string{"2026-01-10 15:00", "2026-03-11 10:00", "2026-05-13 10:00"} {
		s := sighting(when, Same, "new")
		s.unseen, s.Match.SetAside = 6, &Aside{Share: 0.1, Unseen: 0.06}
		run = append(run, s)
	}
	found, err := checkWitness(caseOf(t, "2026-03-12 12:00", run...))
	if err != nil || found[0].key != "witness.same_in_part" || found[0].answer != "" {
		t.Errorf("%+v %v", found, err)
	}
}

func TestACaptureThatShowsTheGreaterPartOfAChangeIsAWitnessDespiteASmallPartThatVaries(t *testing.T) {
	ordinary := func(when string, differing int) *Sighting {
		s := sighting(when, Altered, "old")
		for i := range s.Tiles {
			s.Tiles[i].State = TileMatch
			if i >= len(s.Tiles)-differing {
				s.Tiles[i].State = TileMismatch
			}
		}
		return s
	}
	for _, c := range []struct {
		name    string
		claimed string
		before  bool // a capture of the ordinary page from before
		apart   int  // tiles in which the ordinary page differs
		want    string
	}{
		{"both sides, much", "2026-03-12 12:00", true, 30, "witness.change_seen"},
		{"one side, much", "2026-03-12 12:00", false, 30, "witness.change_seen_alone"},
		{"both sides, much, but long after", "2026-04-30 12:00", true, 30, "witness.same_in_part"},
		{"both sides, thrice what is open", "2026-03-12 12:00", true, 18, "witness.change_seen"},
		{"one side, thrice what is open", "2026-03-12 12:00", false, 18, "witness.same_in_part"},
		{"both sides, hardly more than what is open", "2026-03-12 12:00", true, 11, "witness.same_in_part"},
		{"both sides, nothing but what is open", "2026-03-12 12:00", true, 0, "witness.same_in_part"},
	} {
		shown := sighting("2026-03-12 10:00", Same, "new")
		shown.unseen, shown.Match.SetAside = 6, &Aside{Share: 0.1, Unseen: 0.06}
		all := []*Sighting{shown, ordinary("2026-05-13 10:00", c.apart)}
		if c.before {
			all = append(all, ordinary("2026-01-10 15:00", c.apart))
		}
		found, err := checkWitness(caseOf(t, c.claimed, all...))
		if err != nil || found[0].key != c.want {
			t.Errorf("%s: %+v %v", c.name, found, err)
		}
	}
}

func TestALineThatVariesForTheMostPartVariesAsAWhole(t *testing.T) {
	line := image.Rect(100, 100, 500, 120)
	var tiles []image.Rectangle
	for x := 96; x < 320; x += 32 {
		tiles = append(tiles, image.Rect(x, 96, x+32, 128))
	}
	if !mostlyIn(line, tiles) {
		t.Error("a line of which more than half varies does not vary")
	}
	if mostlyIn(line, tiles[:3]) {
		t.Error("a line varies as a whole where a few letters do")
	}
	if n := inTiles([]image.Rectangle{line, line.Inset(2)}); n != 13 {
		t.Errorf("a line takes %d tiles", n)
	}
}

func TestOnlyAQuestionWithAButtonIsTakenForOneForConsent(t *testing.T) {
	about := capture.TextBox{Box: capture.Box{Y: 600, W: 400, H: 20}, Text: "We use cookies to count visitors."}
	answer := capture.TextBox{Box: capture.Box{Y: 610, W: 80, H: 20}, Text: "Accept all"}
	far := capture.TextBox{Box: capture.Box{Y: 4000, W: 80, H: 20}, Text: "Accept all"}
	for name, c := range map[string]struct {
		text []capture.TextBox
		want bool
	}{
		"a question and a button":         {[]capture.TextBox{about, answer}, true},
		"an article on cookies":           {[]capture.TextBox{about}, false},
		"a button of something else":      {[]capture.TextBox{answer}, false},
		"a button at the end of the page": {[]capture.TextBox{about, far}, false},
	} {
		s := sighting("2026-03-10 12:00", Altered, "new")
		s.Capture.Text = c.text
		s.Match.Regions = []Rect{{X: 0, Y: 580, W: 800, H: 80}, {X: 0, Y: 0, W: 800, H: 200}}
		got := (&observer{}).covered(s)
		if (len(got) > 0) != c.want {
			t.Errorf("%s: %v", name, got)
		}
		for _, r := range got {
			if r.Min.Y < 500 {
				t.Errorf("%s: a region elsewhere is covered as well: %v", name, r)
			}
		}
	}
}

func TestManyTilesAreLookedUpByPlace(t *testing.T) {
	l := newLookup([]Rect{{X: 0, Y: 0, W: 32, H: 32}, {X: 32, Y: 0, W: 50, H: 32}, {X: -32, Y: 0, W: 32, H: 32}})
	for i, r := range []Rect{{X: 10, Y: 10, W: 4, H: 4}, {X: 70, Y: 10, W: 4, H: 4}, {X: -10, Y: 10, W: 4, H: 4}} {
		if got := l.find(r); got != i {
			t.Errorf("%+v is found in %d, want %d", r, got, i)
		}
	}
	if l.has(Rect{X: 500, Y: 500, W: 2, H: 2}) {
		t.Error("a place outside is found")
	}
}
