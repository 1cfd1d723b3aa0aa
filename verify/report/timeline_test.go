package report

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

func TestTheAxisKeepsTheOrderOfTimes(t *testing.T) {
	t.Parallel()
	lo, hi := at("1996-01-01 00:00"), at("2026-11-01 00:00")
	span := int64(hi.Sub(lo) / time.Minute)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) time.Time {
			return lo.Add(time.Duration(rapid.Int64Range(0, span).Draw(t, name)) * time.Minute)
		}
		from := draw("from")
		anchor := verify.Span{From: from, To: from.Add(time.Duration(rapid.Int64Range(0, 5000).Draw(t, "length")) * time.Minute)}
		if rapid.Bool().Draw(t, "no anchor") {
			anchor = verify.Span{}
		}
		end := hi
		if anchor.To.After(end) {
			end = anchor.To
		}
		a := newAxis(anchor, lo, end)
		x, y := draw("x"), draw("y")
		if y.Before(x) {
			x, y = y, x
		}
		px, py := a.at(x), a.at(y)
		if px > py+1e-9 || px < 0 || py > 100 || math.IsNaN(px) || math.IsNaN(py) {
			t.Fatalf("%v stands at %v, and the later %v at %v", x, px, y, py)
		}
	})
}

func TestHoursBesideTheClaimAndDecadesAwayBothHaveRoom(t *testing.T) {
	t.Parallel()
	a := newAxis(*day("2025-05-12"), at("2009-01-01 00:00"), at("2025-06-02 00:00"))
	for _, c := range []struct{ from, to string }{
		{"2009-01-01 00:00", "2014-01-01 00:00"}, {"2025-05-11 00:00", "2025-05-11 18:00"}, {"2025-05-13 06:00", "2025-05-14 06:00"},
	} {
		if d := a.at(at(c.to)) - a.at(at(c.from)); d < 2 {
			t.Errorf("%s to %s takes %.1f %% of the width", c.from, c.to, d)
		}
	}
}

func TestLabelsOfTheAxisStandApart(t *testing.T) {
	t.Parallel()
	for _, lo := range []string{"2025-05-10 00:00", "2024-05-10 00:00", "1999-05-10 00:00"} {
		for _, hi := range []string{"2025-05-13 12:00", "2025-09-01 00:00", "2040-01-01 00:00"} {
			a := newAxis(*day("2025-05-12"), at(lo), at(hi))
			var xs []float64
			for _, l := range a.labels() {
				x, err := strconv.ParseFloat(strings.TrimSuffix(l.X, "%"), 64)
				if err != nil {
					t.Fatal(err)
				}
				if crowded(xs, x) {
					t.Errorf("from %s to %s: label %s at %s touches another", lo, hi, l.Text, l.X)
				}
				xs = append(xs, x)
			}
		}
	}
}

func TestEachStateHasAShapeOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range []verify.State{verify.Same, verify.Altered, verify.Other, verify.Uninformative} {
		seen[shape(verify.CaptureView{Validity: capture.OK, State: s})] = true
	}
	for _, v := range []capture.Validity{capture.Blank, capture.Unreachable, capture.Incomplete} {
		seen[shape(verify.CaptureView{Validity: v, State: verify.Same})] = true
	}
	if len(seen) != 5 || !seen["m-blind"] {
		t.Errorf("shapes are %v", seen)
	}
}

func TestCapturesOfOneMomentAreStackedAndCounted(t *testing.T) {
	t.Parallel()
	var cs []verify.CaptureView
	for range 9 {
		cs = append(cs, verify.CaptureView{SeenAt: at("2025-05-12 03:10"), Validity: capture.OK})
	}
	got := marks(newAxis(*day("2025-05-12"), at("2024-01-01 00:00"), at("2026-01-01 00:00")), cs)
	if len(got) != maxStack || got[maxStack-1].More != "+5" {
		t.Errorf("nine captures give %d marks, the last with %q", len(got), got[len(got)-1].More)
	}
}

func TestManyListedCapturesStayOnePicture(t *testing.T) {
	t.Parallel()
	r := sampleResult()
	for i := range 150_000 {
		r.TimeLine = append(r.TimeLine, verify.TimePoint{At: at("2010-01-01 00:00").Add(time.Duration(i) * time.Hour)})
	}
	if n := len(newTimeLine(r).Bars); n > 130 {
		t.Errorf("%d bars", n)
	}
}

func TestTheTimeLineSaysInWordsWhatBracketsTheClaim(t *testing.T) {
	t.Parallel()
	text := strings.Join(newTimeLine(sampleResult()).Summary, "\n")
	for _, want := range []string{"before the claimed time: 9 May 2025, 22:00 UTC", "within the claimed time: 12 May 2025, 03:10 UTC",
		"after the claimed time: 14 May 2025, 11:30 UTC"} { // the robot wall of 13 May is not a sight of the page
		if !strings.Contains(text, want) {
			t.Errorf("summary lacks %q:\n%s", want, text)
		}
	}
	if newTimeLine(&verify.Result{}) != nil {
		t.Error("a result without captures has a time line")
	}
}

func TestOutlinesGoRoundAnAreaAndNotThroughIt(t *testing.T) {
	t.Parallel()
	tile := func(x, y int) verify.Tile {
		return verify.Tile{Rect: verify.Rect{X: x, Y: y, W: 8, H: 8}, State: verify.TileMismatch}
	}
	o := newOverlay([]verify.Tile{tile(0, 0), tile(8, 0), tile(0, 8), tile(8, 8)}, nil)
	if n := strings.Count(o.Edge, "M"); n != 8 {
		t.Errorf("a square of four tiles has %d outer sides: %s", n, o.Edge)
	}
	if strings.Contains(o.Edge, "M8 0L8 8") || strings.Count(o.Mismatch, "z") != 4 {
		t.Errorf("outline %s, area %s", o.Edge, o.Mismatch)
	}
	m := &verify.Match{Outlines: []verify.Shape{{{X: 0, Y: 0}, {X: 20, Y: 2}, {X: 18, Y: 16}}}}
	if o := newOverlay([]verify.Tile{tile(0, 0)}, m); o.Edge != "M0 0L20 2L18 16z" {
		t.Errorf("a changed region is outlined by %s", o.Edge)
	}
	if o := newOverlay(make([]verify.Tile, maxTiles+1), nil); o != (overlay{}) {
		t.Error("too many tiles are drawn")
	}
}

func TestEmbeddedPicturesAreEncodedAnewAndBounded(t *testing.T) {
	t.Parallel()
	for _, c := range [][4]int{{1, 1, 1, 1}, {800, 600, 800, 600}, {2400, 1200, 1200, 600}, {100, 60_000, 70, 42_426}, {65_000, 3, 1200, 1}} {
		if w, h := shrink(c[0], c[1]); w != c[2] || h != c[3] || w*h > maxImagePixels {
			t.Errorf("%d by %d is embedded as %d by %d", c[0], c[1], w, h)
		}
	}
}

func TestProbabilitiesNeverSayNeverAndNeverSayCertain(t *testing.T) {
	t.Parallel()
	for p, want := range map[float64]string{0: "below 0.001", 1: "above 0.999", 0.5: "0.50", 0.9976: "0.998", 0.0041: "0.004", 0.9766: "0.98"} {
		if got := probability(p); got != want {
			t.Errorf("%v is printed as %s, want %s", p, got, want)
		}
	}
	for x, want := range map[float64]string{1.62: "+1.62", -0.004: "0.00", -0.35: "-0.35"} {
		if got := signed(x); got != want {
			t.Errorf("%v is printed as %s, want %s", x, got, want)
		}
	}
	for x, want := range map[float64]string{0: "as probable", 1.62: "about 42 times more probable if the claim is true", -0.35: "about 2.2 times more probable if the claim is not true", 3: "about 1000 times"} {
		if got := ratioText(x); !strings.Contains(got, want) {
			t.Errorf("%v is put as %q", x, got)
		}
	}
}
